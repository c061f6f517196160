/**
 * What was done to the signed header fields, where it can be proven: a field taken out, or put back as it was likely to be before, and the
 * signature holds. And whether the published key is the one that signed at all, which the padding of an RSA signature tells.
 */

import { constants, createHash, type KeyObject, publicDecrypt, verify } from "node:crypto";
import { type Message, valueOf } from "./message.ts";

/** - `added`: the field was added after signing although the signature lists it (oversigned). - `tag`: a tag such as "[list]" was put before the subject. - `rewritten`: the field had another value, which the message still tells. */
export interface HeaderChange {
  readonly how: "added" | "tag" | "rewritten";
  /** Lower case. */
  readonly fields: readonly string[];
}

export interface SignedHeader {
  /** The canonical header that was hashed: the signed fields, then the signature without its value; one character for each octet. */
  readonly canonical: string;
  readonly relaxed: boolean;
  readonly key: KeyObject;
  readonly signature: Buffer;
}

/** RFC 8463 section 3: Ed25519 signs the SHA-256 of what RSA signs. */
export function holds({ key, signature }: SignedHeader, canonical: string): boolean {
  const octets = Buffer.from(canonical, "latin1");
  try {
    return key.asymmetricKeyType === "rsa" ? verify("sha256", octets, key, signature) : verify(null, createHash("sha256").update(octets).digest(), key, signature);
  } catch {
    return false;
  }
}

/** True where the signature cannot have been made with this key's partner: its padding comes out wrong (RFC 8017 section 9.2). Null where that cannot be told: Ed25519. */
export function isOtherKey({ key, signature }: Pick<SignedHeader, "key" | "signature">): boolean | null {
  if (key.asymmetricKeyType !== "rsa") return null;
  try {
    publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
    return false;
  } catch {
    return true;
  }
}

/** An RSA verification takes some hundredths of a millisecond. */
const TRIES_MAX = 600;
const FIELDS_MAX = 60;

interface Candidate extends HeaderChange {
  readonly index: number;
  /** Null: the field is not there. */
  readonly line: string | null;
}

/** Null where no change that we know explains the difference: one, or two at once. */
export function changedFields(header: SignedHeader, message: Message): HeaderChange | null {
  const lines = header.canonical.split(/\r\n(?![ \t])/);
  const candidates = lines.slice(0, Math.min(lines.length - 1, FIELDS_MAX)).flatMap((line, index) => candidatesOf(line, index, header.relaxed, message));
  let tries = 0;
  const fits = (...changes: readonly Candidate[]): boolean => {
    tries += 1;
    const byIndex = new Map(changes.map((change) => [change.index, change.line]));
    return holds(header, lines.flatMap((line, index) => (byIndex.has(index) ? (byIndex.get(index) ?? []) : line)).join("\r\n"));
  };
  for (const one of candidates) {
    if (fits(one)) return { how: one.how, fields: one.fields };
    if (tries >= TRIES_MAX) return null;
  }
  for (const [at, one] of candidates.entries()) {
    for (const other of candidates.slice(at + 1)) {
      if (one.index === other.index) continue;
      if (fits(one, other)) return { how: one.how === other.how ? one.how : "rewritten", fields: [...one.fields, ...other.fields] };
      if (tries >= TRIES_MAX) return null;
    }
  }
  return null;
}

/** Where a gateway or list keeps the value that it replaced. */
const KEPT_AS = ["x-original-", "x-google-original-", "original-", "old-"] as const;
const ENCODINGS = ["7bit", "8bit", "quoted-printable", "base64"] as const;
/** "[list] ", "Re: [list] ", "*** SPAM *** ", "(External) ", "EXTERNAL: " */
const TAG = /^((?:re|fwd?|aw|sv): ?)?(?:\[[^\]]{1,60}\]|\*{2,5}[^*]{1,40}\*{2,5}|\((?:ext|external|spam|bulk)[^)]{0,20}\)|external:|caution:|spam:) ?/i;

function candidatesOf(line: string, index: number, relaxed: boolean, message: Message): readonly Candidate[] {
  const colon = line.indexOf(":");
  const name = line.slice(0, colon).trim().toLowerCase();
  const value = line.slice(colon + 1);
  const head = line.slice(0, colon + 1);
  const fields = [name];
  const space = relaxed ? "" : (/^[ \t]*/.exec(value)?.[0] ?? "");
  const put = (text: string): string => `${head}${space}${relaxed ? text.replace(/[ \t]+/g, " ").trim() : text}`;
  const others = message.fields.filter((field) => field.name === name || KEPT_AS.some((prefix) => field.name === `${prefix}${name}`)).map(valueOf);
  const from = name === "from" ? message.fields.filter((field) => field.name === "reply-to" || field.name === "x-original-sender").map(valueOf) : [];
  const encodings = name === "content-transfer-encoding" ? ENCODINGS : [];
  const rewritten = [...new Set([...others, ...from, ...encodings].map(put))].filter((text) => text !== line);
  return [
    ...(name === "subject" ? untagged(value.trim()).map((text): Candidate => ({ how: "tag", fields, index, line: put(text) })) : []),
    { how: "added", fields, index, line: null },
    ...rewritten.map((text): Candidate => ({ how: "rewritten", fields, index, line: text })),
  ];
}

function untagged(subject: string): readonly string[] {
  const found: string[] = [];
  for (let text = subject; found.length < 3; ) {
    const tag = TAG.exec(text);
    if (tag === null) break;
    text = (tag[1] ?? "") + text.slice(tag[0].length);
    found.push(text);
  }
  return found;
}
