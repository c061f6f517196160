/**
 * A message as a signature sees it: octets, header fields in their order, a body. What reaches us is often a text that was pasted, so the
 * octets have to be told from it; and it may lack what was signed, which is told too, so that nobody is accused of having changed it.
 */

export interface Field {
  /** Lower case. */
  readonly name: string;
  /** As it stands in the message, folded, without the last line end; one character for each octet. */
  readonly line: string;
}

export interface Message {
  /** The whole, one character for each octet, every line ended by CRLF. */
  readonly octets: string;
  readonly fields: readonly Field[];
  /** Behind the empty line that ends the header; null where there is none. */
  readonly body: string | null;
  /** The text was decoded from a charset whose octets we cannot make again, so no body hash can be expected to match. */
  readonly recoded: boolean;
}

/** 256 KiB: as much as a paste may hold. */
const OCTETS_MAX = 256 * 1024;

/**
 * The message that a text or file stands for, the likeliest first. A text that was decoded is read as UTF-8, then octet for character;
 * a mailbox file's `>From ` is put right. Which is meant is told by the body hash: only the signed octets have it.
 */
export function readingsOf(raw: string | Uint8Array): readonly [Message, ...Message[]] {
  const utf8 = typeof raw === "string" ? Buffer.from(raw, "utf8").toString("latin1") : Buffer.from(raw).toString("latin1");
  const first = { ...messageOf(utf8), recoded: typeof raw === "string" && utf8 !== raw && isInOtherCharset(utf8) };
  const others: Message[] = [];
  // eslint-disable-next-line no-control-regex
  if (typeof raw === "string" && utf8 !== raw && /^[\x00-\xff]*$/.test(raw)) others.push(messageOf(raw));
  const windows = typeof raw === "string" && utf8 !== raw ? windowsOctets(raw) : null;
  if (windows !== null) others.push(messageOf(windows));
  if (first.body?.includes("\n>From ") === true) others.push(messageOf(`${first.octets.slice(0, -first.body.length)}${first.body.replaceAll("\n>From ", "\nFrom ")}`));
  return [first, ...others];
}

/** A message as its receiver has it: the whole, and nothing to be guessed. */
export function arrivedMessage(octets: Uint8Array): Message {
  return messageOf(Buffer.from(octets).toString("latin1"), Number.POSITIVE_INFINITY);
}

function messageOf(octets: string, most: number = OCTETS_MAX): Message {
  const text = octets.slice(0, most).replace(/^\xef\xbb\xbf/, "").replace(/\r\n?|\n/g, "\r\n").replace(/^[\r\n]+/, "").replace(/^From [^\r\n]{0,300}\r\n/, "");
  const end = text.indexOf("\r\n\r\n");
  const fields = fieldsOf(end === -1 ? text : text.slice(0, end));
  return { octets: text, fields, body: end === -1 ? null : text.slice(end + 4), recoded: false };
}

/** 0x80 to 0x9f of windows-1252, which browsers read for Latin-1 as well; a blank where it has nothing. */
const WINDOWS = "\u20ac \u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152 \u017d  \u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153 \u017e\u0178";

/** The octets of a text that was decoded from windows-1252; null where it cannot have been. */
function windowsOctets(text: string): string | null {
  const octets = text.replace(/[^\t\n\r\x20-\x7e\xa0-\xff]/g, (character) => {
    const at = WINDOWS.indexOf(character);
    return at === -1 ? character : String.fromCharCode(0x80 + at);
  });
  return octets !== text && [...octets].every((character) => character.charCodeAt(0) <= 0xff) ? octets : null;
}

/** A charset other than UTF-8 that uses more than seven bits: Shift_JIS, EUC-JP, GB18030, … */
function isInOtherCharset(octets: string): boolean {
  return [...octets.matchAll(/charset=["']?([\w-]{2,40})/gi)].some(([, name = ""]) => !/^(?:utf-?8|us-ascii|iso-2022-jp|iso-8859-1|windows-1252)$/i.test(name));
}

function fieldsOf(header: string): readonly Field[] {
  return header.split(/\r\n(?![ \t])/).flatMap((line) => {
    const colon = line.indexOf(":");
    return colon < 1 ? [] : [{ name: line.slice(0, colon).trim().toLowerCase(), line }];
  });
}

/** The value of a field, unfolded (RFC 5322 section 2.2.3). */
export function valueOf({ line }: Field): string {
  return line.slice(line.indexOf(":") + 1).replace(/\r\n/g, "").trim();
}

export function valuesOf({ fields }: Message, name: string): readonly string[] {
  return fields.filter((field) => field.name === name).map(valueOf);
}

/** The same message without some of its fields. */
export function without(message: Message, dropped: ReadonlySet<Field>): Message {
  const fields = message.fields.filter((field) => !dropped.has(field));
  return { ...message, fields, octets: `${fields.map(({ line }) => `${line}\r\n`).join("")}${message.body === null ? "" : `\r\n${message.body}`}` };
}

/** Something that was signed is not there: no body, a MIME part that breaks off, or one whose content was left out (we do so ourselves with large files). */
export function isIncomplete({ fields, body }: Message): boolean {
  if (body === null || body.trim() === "") return true;
  const type = fields.find(({ name }) => name === "content-type");
  const boundary = type === undefined ? null : boundaryOf(valueOf(type));
  if (boundary === null) return false;
  const parts = body.split(`--${boundary}`);
  return !parts.slice(1).some((part) => part.startsWith("--")) || parts.slice(1).some(isEmptied);
}

function boundaryOf(contentType: string): string | null {
  if (!/^multipart\//i.test(contentType)) return null;
  const found = /;[ \t]*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType);
  return found?.[1] ?? found?.[2] ?? null;
}

function isEmptied(part: string): boolean {
  const end = part.indexOf("\r\n\r\n");
  return end !== -1 && /^content-transfer-encoding:[ \t]*base64/im.test(part.slice(0, end)) && part.slice(end).trim() === "";
}

/** When the last server took the message, by its `Received`; signatures expire by that time, not by ours. `now` where none tells, or one tells of the future. */
export function receivedAt(message: Message, now: Date): Date {
  for (const value of valuesOf(message, "received").slice(0, 3)) {
    const at = new Date(value.slice(value.lastIndexOf(";") + 1).trim());
    if (!Number.isNaN(at.getTime()) && at.getTime() > 0) return at < now ? at : now;
  }
  return now;
}
