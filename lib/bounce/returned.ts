/**
 * The message that a delivery report returns, octet for octet as far as the text holds it, for its signatures to be verified:
 * its `message/rfc822` part, or the header alone where that is all there is (RFC 3462 section 2, RFC 6522 section 3).
 */

export interface Returned {
  /** Line ends are LF. */
  readonly raw: string;
  /** False: the report holds the header only, or what was pasted breaks off. */
  readonly hasBody: boolean;
}

const CONTENT_TYPE = /^Content-Type:[ \t]{0,20}(message\/(?:rfc822|global)|text\/rfc822-headers|message\/(?:rfc822|global)-headers)[ \t]{0,20}(?:;|$)/i;
/** A part's header has three or four lines. */
const PART_HEADER_MAX = 20;
/** Of a report that somebody forwarded as an attachment, the report is looked into. */
const NESTING_MAX = 3;

/** Null where the text has no such part, or one that is encoded: its kind allows no encoding (RFC 2046 section 5.2.1). */
export function returnedMessage(text: string, depth = 0): Returned | null {
  const lines = text.split(/\r\n|\r|\n/);
  for (const [index, line] of lines.entries()) {
    const kind = CONTENT_TYPE.exec(line)?.[1];
    const part = kind === undefined ? null : partAt(lines, index);
    if (kind === undefined || part === null) continue;
    const raw = part.content.join("\n");
    if (depth < NESTING_MAX && isReport(part.content)) return returnedMessage(raw, depth + 1);
    const end = raw.search(/\n[ \t]*\n/);
    const isWhole = part.closed && !/headers$/i.test(kind) && end !== -1 && raw.slice(end).trim() !== "";
    return isWhole ? { raw, hasBody: true } : { raw: end === -1 ? raw : raw.slice(0, end + 1), hasBody: false };
  }
  return null;
}

interface Part {
  readonly content: readonly string[];
  /** The boundary that ends it is there. */
  readonly closed: boolean;
}

/** The part in whose header line `at` stands. */
function partAt(lines: readonly string[], at: number): Part | null {
  let from = at;
  while (at - from < PART_HEADER_MAX && from > 0 && lines[from] !== "" && lines[from]?.startsWith("--") !== true) from -= 1;
  const boundary = lines[from]?.trimEnd() ?? "";
  if (!/^--\S/.test(boundary)) return null;
  const empty = lines.findIndex((line, index) => index > at && line.trim() === "");
  if (empty === -1 || lines.slice(from, empty).some((line) => /^Content-Transfer-Encoding:[ \t]{0,20}(?:base64|quoted-printable)/i.test(line))) return null;
  const end = lines.findIndex((line, index) => index > empty && (line.trimEnd() === boundary || line.trimEnd() === `${boundary}--`));
  return { content: lines.slice(empty + 1, end === -1 ? undefined : end), closed: end !== -1 };
}

function isReport(content: readonly string[]): boolean {
  const empty = content.findIndex((line) => line.trim() === "");
  return /^Content-Type:[ \t]{0,20}multipart\/report/im.test(content.slice(0, empty === -1 ? undefined : empty).join("\n"));
}
