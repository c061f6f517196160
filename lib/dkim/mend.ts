/**
 * A damaged key record put right, where there is only one way to do it. The octets of a key tell where they end and whether they are a
 * key, so that a mended record can be proven; what cannot be proven is not offered, and the key's owner has to be asked again.
 */

import { X509Certificate } from "node:crypto";
import { parseKeyRecord } from "./key-record.ts";

/** RFC 1035 section 3.3: a character-string holds 255 octets; a 2048-bit key needs two. */
const STRING_MAX = 255;
const TEXT_MAX = 8192;
const PARTS_MAX = 4;

export function characterStrings(record: string): readonly string[] {
  return Array.from({ length: Math.ceil(record.length / STRING_MAX) }, (_, index) => record.slice(index * STRING_MAX, (index + 1) * STRING_MAX));
}

/** Null for a record that is good, and for one that cannot be mended with certainty. A private key is never published again, not even its public half. */
export function mendKeyRecord(text: string): string | null {
  const parsed = parseKeyRecord(text);
  if (parsed.ok || parsed.error.code === "private-key" || parsed.error.code === "not-for-email" || text.length > TEXT_MAX) return null;
  const clean = cleaned(text);
  // As it is; then with "+" where a web form has made it a blank.
  for (const blank of ["", "+"]) {
    const tags = tagsOf(clean, blank);
    const written = tags === null ? null : record(tags);
    const read = written === null ? null : parseKeyRecord(written);
    if (read?.ok === true && !read.record.revoked) return written;
  }
  return null;
}

/** One key put into several TXT records at a name, or its strings in the wrong order: null unless exactly one order gives a whole key. */
export function joinKeyRecord(parts: readonly string[]): string | null {
  if (parts.length < 2 || parts.length > PARTS_MAX || parts.join("").length > TEXT_MAX || !parts.every(isPiece)) return null;
  const whole = new Set(
    orders(parts).flatMap((order) => {
      const text = order.join("");
      if (!/^["\s]*(?:v\s*=|k\s*=|p\s*=)/.test(text)) return [];
      const parsed = parseKeyRecord(text);
      return parsed.ok && !parsed.record.revoked ? [text] : (mendKeyRecord(text) ?? []);
    }),
  );
  return whole.size === 1 ? ([...whole][0] ?? null) : null;
}

/** The beginning of a key record, or nothing but digits of a key. */
function isPiece(part: string): boolean {
  const bare = part.replace(/[\s";]/g, "");
  return /^(?:v=DKIM1|[kp]=)/.test(bare) || /^[A-Za-z\d+/]+={0,2}$/.test(bare);
}

function orders(parts: readonly string[]): readonly (readonly string[])[] {
  return parts.length < 2 ? [parts] : parts.flatMap((part, at) => orders(parts.toSpliced(at, 1)).map((rest) => [part, ...rest]));
}

/** What pasting leaves in a record and no record has: quotes, zone-file escapes, the lines of a key file, full-width and invisible characters, the entities of a web page. */
function cleaned(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll("&quot;", '"')
    .replaceAll("&#43;", "+")
    .replace(/["'\u2018-\u201f\u2033\u2036\\]/g, "")
    .replace(/\\?-----(?:BEGIN|END) [A-Z ]{3,30}-----/g, "")
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, "")
    .trim();
}

/** Names as receivers compare them, in the order of the text. */
type Tags = ReadonlyMap<string, string>;

const NAMES = ["v", "k", "h", "s", "t", "g", "n", "p"] as const;

/** Null where what stands there is not clear. `blank`: what a blank within the key stands for. */
function tagsOf(text: string, blank: string): Tags | null {
  const tags = new Map<string, string>();
  // Where the semicolons are lost, a name with "=" after a blank begins the next part; a comma or colon in their place is not uncommon.
  const parts = text.replace(/[\s,](?=[kphstg][ \t]?=[^=])/g, ";").replace(/^(v[ \t]?=[ \t]?DKIM1)[\s,:.]+/i, "$1;").split(";");
  for (const part of parts.map((one) => one.trim()).filter((one) => one !== "")) {
    const named = /^([a-z])[ \t]*=/i.exec(part);
    const name = named?.[1]?.toLowerCase() ?? (/^MI[A-Za-z\d+/\s]{60,}={0,2}$/.test(part) ? "p" : null);
    if (name === null || !NAMES.some((known) => known === name)) return null;
    const value = part.slice(named?.[0].length ?? 0).trim();
    // Twice the same is once; two that differ leave open which is meant.
    if ((tags.get(name) ?? value) !== value) return null;
    tags.set(name, value);
  }
  const key = tags.get("p");
  return key === undefined ? null : tags.set("p", key.replace(/\s/g, blank));
}

function record(tags: Tags): string | null {
  if (!/^(?:dkim ?1?|1(?:\.0)?)?$/i.test(tags.get("v") ?? "")) return null;
  const key = keyOctets(tags.get("p") ?? "");
  if (key === null) return null;
  const hashes = (tags.get("h") ?? "sha256").toLowerCase();
  const rest = NAMES.slice(3, -1).flatMap((name) => {
    const value = tags.get(name);
    return value === undefined || value === "" ? [] : [`${name}=${value}`];
  });
  // RFC 8301 section 3.1: a key that is kept for sha1 verifies nothing.
  const hash = tags.has("h") && hashes.split(":").includes("sha256") ? [`h=${hashes}`] : [];
  return ["v=DKIM1", `k=${key.type}`, ...hash, ...rest, `p=${key.base64}`].join("; ");
}

/** The key alone, as `p=` should have it: what stands behind its end left out, a certificate opened. */
function keyOctets(base64: string): { readonly type: "rsa" | "ed25519"; readonly base64: string } | null {
  const digits = base64.replaceAll("-", "+").replaceAll("_", "/").replaceAll("%2B", "+").replaceAll("%2F", "/").replaceAll("%3D", "");
  if (!/^[A-Za-z\d+/]+={0,2}$/.test(digits)) return null;
  const octets = Buffer.from(digits, "base64");
  if (octets.length === 32) return { type: "ed25519", base64: octets.toString("base64") };
  const end = derEnd(octets);
  if (end === null || octets.length < end) return null;
  const der = octets.subarray(0, end);
  // RFC 8410 section 4: an Ed25519 key in the wrapping that RFC 8463 leaves out.
  if (der.length === 44 && der.subarray(0, 12).toString("hex") === "302a300506032b6570032100") return { type: "ed25519", base64: der.subarray(12).toString("base64") };
  return { type: "rsa", base64: (certified(der) ?? der).toString("base64") };
}

function derEnd(octets: Buffer): number | null {
  const [tag, length = 0] = octets;
  if (tag !== 0x30) return null;
  if (length < 0x80) return 2 + length;
  const count = length & 0x7f;
  return count === 0 || count > 2 || octets.length < 2 + count ? null : 2 + count + octets.readUIntBE(2, count);
}

function certified(der: Buffer): Buffer | null {
  try {
    return new X509Certificate(der).publicKey.export({ format: "der", type: "spki" });
  } catch {
    return null;
  }
}
