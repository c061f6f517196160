/** Header fields of a message (RFC 5322 section 2.2), and what they tell of its way: envelope, author, signatures, `Received` hops. */

import { type Domain, type IpAddress, isPublicIp, isSameOrBelow, parseDomain, parseIp } from "../address/index.ts";
import { type MessageForm, messageForm } from "./message-form.ts";
import type { SendingIpSource, Signature, Subject } from "./reading.ts";
import { mailboxes } from "./redact.ts";

export interface Header {
  /** Lower case. */
  readonly name: string;
  /** Unfolded. */
  readonly value: string;
}

/** `null` for the null reverse-path `<>`, `undefined` where nothing was seen. */
export type ReversePath = Domain | null | undefined;

export interface Headers {
  readonly mailFrom: ReversePath;
  readonly headerFrom: Domain | null;
  readonly dkim: readonly Signature[];
  readonly relays: Subject["relays"];
  /** The address that Google's own `Received`, `Received-SPF` or `Authentication-Results` names. */
  readonly googleSaw: IpAddress | null;
  /** The field that names it. */
  readonly googleSawIn: SendingIpSource | null;
  readonly googleHelo: string | null;
  readonly form: MessageForm;
}

const FIELD = /^([A-Za-z][A-Za-z0-9-]{0,76})[ \t]{0,4}:(.*)$/;
/** Fields that only a message has: a block needs some of them to be one. */
const TELLING: ReadonlySet<string> = new Set(["received", "from", "to", "subject", "date", "message-id", "return-path", "dkim-signature", "mime-version", "content-type", "reply-to", "sender", "x-mailer", "delivered-to", "authentication-results", "received-spf", "arc-seal", "x-received"]);
const BLOCKS_MAX = 50;
const HEADER_MAX = 96 * 1024;
/** Headers of a hundred fields are long ones. */
const FIELDS_MAX = 400;
const RELAYS_MAX = 30;
const SIGNATURES_MAX = 20;

/** The fields that a text begins with, up to the first line that is none. */
export function headerBlock(text: string): readonly Header[] {
  return blocksOf(text.slice(0, HEADER_MAX).split("\n"), 1)[0] ?? [];
}

/** Every run of lines in a text that is the header of a message: at least three telling fields, `From:` among them. */
export function headerBlocks(text: string): readonly (readonly Header[])[] {
  return blocksOf(text.split("\n"), BLOCKS_MAX).filter((block) => block.filter(({ name }) => TELLING.has(name)).length >= 3 && block.some(({ name }) => name === "from"));
}

function blocksOf(lines: readonly string[], most: number): readonly (readonly Header[])[] {
  const blocks: Header[][] = [];
  let block: { name: string; value: string[] }[] = [];
  const close = (): void => {
    if (block.length > 0) blocks.push(block.map(({ name, value }) => ({ name, value: value.join(" ").trim() })));
    block = [];
  };
  for (const line of lines) {
    const field = FIELD.exec(line);
    const last = block.at(-1);
    if (field !== null && block.length >= FIELDS_MAX) close();
    if (field !== null) block.push({ name: (field[1] ?? "").toLowerCase(), value: [(field[2] ?? "").trim()] });
    else if (last !== undefined && /^[ \t]+\S/.test(line)) last.value.push(line.trim());
    else close();
    if (blocks.length >= most) return blocks;
  }
  close();
  return blocks;
}

/** What a message's own header says. Where a field stands twice the first, the newest, counts. */
export function readHeaders(headers: readonly Header[]): Headers {
  const all = (name: string): readonly string[] => headers.filter((header) => header.name === name).map(({ value }) => value);
  const relays = all("received").slice(0, RELAYS_MAX).map(readReceived);
  // At smtp.gmail.com and its like the sender's own client hands in: SPF is not checked for that.
  const google = all("received").map(readReceived).find((relay) => relay.by === "mx.google.com" && relay.ip !== null && isPublicIp(relay.ip)) ?? null;
  const byGoogle = (name: string): readonly string[] => all(name).filter((value) => /^(?:i=\d+;\s*)?mx\.google\.com\b/i.test(value));
  const results = byGoogle("authentication-results");
  const sealed = byGoogle("arc-authentication-results");
  const spf = all("received-spf").filter((value) => /google\.com/i.test(value));
  const shown = all("spf").map(shownAddress).find((ip) => ip !== null) ?? null;
  const saw = (shown === null ? null : { ip: shown, source: "authentication-results" as const }) ?? namedIn(spf, "received-spf") ?? namedIn(results, "authentication-results") ?? namedIn(sealed, "arc") ?? (google === null ? null : { ip: google.ip, source: "received" as const });
  const returnPath = all("return-path")[0] ?? all("x-envelope-from")[0] ?? all("envelope-from")[0] ?? all("x-original-mail-from")[0];
  return {
    mailFrom: reversePath(returnPath) ?? checkedMailFrom([...results, ...sealed, ...spf]),
    headerFrom: addressDomain(all("from")[0] ?? "", "last"),
    dkim: all("dkim-signature").slice(0, SIGNATURES_MAX).flatMap(readSignature),
    relays,
    googleSaw: saw?.ip ?? null,
    googleSawIn: saw?.source ?? null,
    googleHelo: google?.helo ?? null,
    form: messageForm(headers),
  };
}

export function isGoogle(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  return ["google.com", "googlemail.com", "gmail.com", "1e100.net"].some((domain) => isSameOrBelow(name, domain));
}

export function reversePath(value: string | undefined): ReversePath {
  if (value === undefined) return undefined;
  if (/<\s*>/.test(value)) return null;
  return addressDomain(value, "first") ?? undefined;
}

/** The domain of a mailbox in a field; in `From:` a display name may look like an address, so there the one in angle brackets, or the last, is meant. */
function addressDomain(value: string, which: "first" | "last"): Domain | null {
  const found = mailboxes(value);
  const angled = found.filter(({ end }) => value[end] === ">");
  const chosen = angled.length > 0 ? angled : found;
  const mailbox = which === "first" ? chosen[0] : chosen.at(-1);
  const parsed = mailbox === undefined ? null : parseDomain(mailbox.domain);
  return parsed?.ok === true ? parsed.domain : null;
}

/** RFC 6376 section 3.5: `d=` and `s=`, white space anywhere. */
function readSignature(value: string): readonly Signature[] {
  const tags = new Map<string, string>();
  for (const tag of value.split(";")) {
    const equals = tag.indexOf("=");
    if (equals !== -1) tags.set(tag.slice(0, equals).trim().toLowerCase(), tag.slice(equals + 1).replace(/\s+/g, ""));
  }
  const domain = parseDomain(tags.get("d") ?? "");
  const selector = (tags.get("s") ?? "").toLowerCase();
  return domain.ok && /^[\w.-]{1,200}$/.test(selector) ? [{ domain: domain.domain, selector }] : [];
}

/** `from HELO (NAME [IP]) by HOST …`, in the forms of Postfix, sendmail, Google, Exchange, Exim (`helo=`) and qmail (`HELO`). */
function readReceived(value: string): Subject["relays"][number] {
  const by = /\bby\s{1,4}([\w.-]{1,255})/i.exec(value)?.[1]?.replace(/\.$/, "").toLowerCase() ?? null;
  const fromPart = /^from\b/i.test(value) ? value.slice(0, beforeBy(value)) : "";
  const first = /^from\s{1,4}(\[?[\w.:-]{1,255}\]?)/i.exec(fromPart)?.[1] ?? null;
  const said = /\bhelo[= ]{1,2}\[?([\w.:-]{1,255})/i.exec(fromPart)?.[1] ?? null;
  const named = /\(([\w.-]{1,255}?)\.?\s{1,4}\[/.exec(fromPart)?.[1] ?? null;
  const ip = addressIn(fromPart);
  const host = (text: string | null): string | null => (text === null || parseIp(text) !== null || /^unknown$/i.test(text) ? null : text.replace(/\.$/, "").toLowerCase());
  // Where HELO is told apart, the first name is the reverse name.
  return said === null ? { helo: host(first), name: host(named), ip, by } : { helo: host(said), name: host(named) ?? host(first), ip, by };
}

function beforeBy(value: string): number {
  const at = value.search(/\sby\s/i);
  return at === -1 ? value.length : at;
}

function addressIn(text: string): IpAddress | null {
  for (const match of text.matchAll(/[[(\s]((?:ipv6:)?[\da-f]{0,4}[.:][\da-f.:]{2,44})[\])\s:]/gi)) {
    const ip = parseIp(match[1] ?? "");
    if (ip !== null) return ip;
  }
  return null;
}

/** "domain of x designates 192.0.2.1 as permitted sender", "client-ip=192.0.2.1" */
export function permittedAddress(value: string): IpAddress | null {
  const text = /\bclient-ip=\s?\[?([\da-f.:]{3,45})/i.exec(value)?.[1] ?? /\bdesignates? ([\da-f.:]{3,45}) as permitted/i.exec(value)?.[1] ?? /\b([\da-f.:]{3,45}) is neither permitted nor denied/i.exec(value)?.[1];
  const ip = text === undefined ? null : parseIp(text);
  return ip !== null && isPublicIp(ip) ? ip : null;
}

/** Above a message's source Gmail shows its own results as a table: "SPF: SOFTFAIL with IP 192.0.2.1", "SPF: PASS（IP: 192.0.2.1）". */
function shownAddress(value: string): IpAddress | null {
  const text = /^'?(?:pass|fail|softfail|neutral|none|temperror|permerror)\b'?[^\w.]{0,10}(?:with )?IP:? {0,2}([\da-f.:]{3,45})/i.exec(value)?.[1];
  const ip = text === undefined ? null : parseIp(text.replace(/[.:]$/, ""));
  return ip !== null && isPublicIp(ip) ? ip : null;
}

function namedIn(values: readonly string[], source: SendingIpSource): { readonly ip: IpAddress; readonly source: SendingIpSource } | null {
  const ip = values.map(permittedAddress).find((found) => found !== null);
  return ip === undefined ? null : { ip, source };
}

function checkedMailFrom(values: readonly string[]): ReversePath {
  for (const value of values) {
    const text = /\b(?:smtp\.mailfrom|envelope-from)=\s?"?<?([^\s;">]{3,320})/i.exec(value)?.[1];
    const parsed = text === undefined ? null : parseDomain(text.replace(/^.*@/, ""));
    if (parsed?.ok === true) return parsed.domain;
  }
  return undefined;
}

/** Reports and automatic answers are sent in these names: their headers are not those of the message that was refused. */
export function isMailerDaemon(headers: readonly Header[]): boolean {
  const from = headers.find(({ name }) => name === "from")?.value ?? "";
  return /mailer-daemon|mail delivery (?:subsystem|system)|microsoftexchange|postmaster@|mailerdaemon/i.test(from) || headers.some(({ name }) => name === "x-failed-recipients");
}

/** Clients show four lines of a header; only one with what nobody shows is whole. */
export function isWhole(block: readonly Header[]): boolean {
  return block.some(({ name }) => ["message-id", "received", "dkim-signature", "mime-version", "received-spf", "return-path"].includes(name));
}
