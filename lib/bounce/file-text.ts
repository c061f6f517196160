/**
 * A file as text that can be read: what a browser does with a chosen file, and the server where there are no scripts. Outlook's own
 * format is `outlook-message.ts`, on the server alone.
 */

export interface FileText {
  readonly text: string;
  /** Whether something was left out so that the rest is short enough. */
  readonly cut: boolean;
}

/** Of a larger file the beginning is looked at: returned messages come after the report. */
export const FILE_OCTETS_MAX = 4 * 1024 * 1024;
/** As JSON, with room beside it for the other fields of the request. */
const TEXT_OCTETS_MAX = 250 * 1024;

/** MS-CFB section 2.2: the signature of Outlook's `.msg`, and of older office files. */
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

export function isCompoundFile(octets: Uint8Array): boolean {
  return COMPOUND_FILE.every((octet, at) => octets[at] === octet);
}

/** Null where the octets are no text. */
export function fileText(octets: Uint8Array): FileText | null {
  const text = decoded(octets);
  return text.slice(0, 20_000).includes("\0") ? null : fitting(text);
}

/** In the encodings that mails and logs come in. A message is ASCII but for what mailers left as it was. */
export function decoded(octets: Uint8Array): string {
  if (octets[0] === 0xff && octets[1] === 0xfe) return new TextDecoder("utf-16le").decode(octets);
  if (octets[0] === 0xfe && octets[1] === 0xff) return new TextDecoder("utf-16be").decode(octets);
  for (const encoding of ["utf-8", "shift_jis"]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(octets);
    } catch {
      // Not this one.
    }
  }
  return new TextDecoder("windows-1252").decode(octets);
}

/** Whole where it is short enough; else without attachments; else its beginning. */
export function fitting(text: string): FileText {
  if (octetsOf(text) <= TEXT_OCTETS_MAX) return { text, cut: false };
  const bare = withoutAttachments(text);
  if (octetsOf(bare) <= TEXT_OCTETS_MAX) return { text: bare, cut: true };
  let length = Math.min(bare.length, TEXT_OCTETS_MAX);
  while (octetsOf(bare.slice(0, length)) > TEXT_OCTETS_MAX) length = Math.floor(length * 0.9);
  const lineEnd = bare.lastIndexOf("\n", length);
  return { text: bare.slice(0, length - lineEnd < 2000 ? lineEnd : length), cut: true };
}

function octetsOf(text: string): number {
  return text.length > 4 * TEXT_OCTETS_MAX ? text.length : new TextEncoder().encode(JSON.stringify(text)).length;
}

/** As many lines of base64 in a row (RFC 2045 section 6.8: 76 characters) are an attachment, and no words of a report. */
const ATTACHMENT_LINES = 60;

function withoutAttachments(text: string): string {
  const kept: string[] = [];
  let run: string[] = [];
  const close = (): void => {
    if (run.length < ATTACHMENT_LINES) kept.push(...run);
    run = [];
  };
  for (const line of text.split("\n")) {
    if (/^[A-Za-z\d+/=]{40,998}\r?$/.test(line)) run.push(line);
    else {
      close();
      kept.push(line);
    }
  }
  close();
  return kept.join("\n");
}
