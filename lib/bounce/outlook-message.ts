/**
 * Outlook's `.msg` (MS-OXMSG) as a text that the reader knows: the header it came with, its text, and of what was attached the parts
 * of a delivery report. Other attachments are left where they are.
 */

import { type CFolder, Reader } from "@kenjiuno/msgreader/lib/Reader.js";
import { isSoundCompoundFile } from "./compound-file.ts";
import { decoded, isCompoundFile } from "./file-text.ts";

export type OutlookText = { readonly ok: true; readonly text: string } | { readonly ok: false };

/** Property tags (MS-OXPROPS). */
const TRANSPORT_HEADERS = "007D";
const BODY = "1000";
const BODY_HTML = "1013";
const REPORT_TEXT = "1001";
/** What the server that gave up says of one recipient. */
const SUPPLEMENTARY_INFO = "0C1B";
const ATTACHED_DATA = "3701";
const ATTACHED_TYPE = "370E";

const PART_MAX = 120_000;
const PARTS_MAX = 10;
const STREAM_MAX = 4 * 1024 * 1024;
const BOUNDARY = "=_attached_to_an_outlook_message";

/** Never throws and always ends, whatever the octets are. */
export function outlookText(octets: Uint8Array): OutlookText {
  if (!isCompoundFile(octets) || !isSoundCompoundFile(octets)) return { ok: false };
  try {
    // A copy: the library reads from the memory behind a view, and that may hold what others left in it.
    const reader = new Reader(octets.slice().buffer);
    reader.parse();
    const text = messageText(reader.rootFolder());
    return text.trim() === "" ? { ok: false } : { ok: true, text };
  } catch {
    // Tables that lead somewhere, and streams that don't.
    return { ok: false };
  }
}

function messageText(root: CFolder): string {
  const header = withoutMime(property(root, TRANSPORT_HEADERS));
  const body = [bodyOf(root), ...folders(root, "__recip_").map((recipient) => property(recipient, SUPPLEMENTARY_INFO))].filter((text) => text.trim() !== "").join("\n\n");
  const attached = folders(root, "__attach_").slice(0, PARTS_MAX).flatMap(reportPart);
  if (header === "" && attached.length === 0) return body;
  const own = `MIME-Version: 1.0\n${header === "" ? "" : `${header}\n`}`;
  if (attached.length === 0) return `${own}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n${body}`;
  const parts = [{ type: "text/plain; charset=utf-8", text: body }, ...attached];
  return `${own}Content-Type: multipart/report; report-type=delivery-status; boundary="${BOUNDARY}"\n\n${parts.map(({ type, text }) => `--${BOUNDARY}\nContent-Type: ${type}\nContent-Transfer-Encoding: 8bit\n\n${text}\n`).join("")}--${BOUNDARY}--\n`;
}

function bodyOf(folder: CFolder): string {
  const text = property(folder, BODY);
  if (text.trim() !== "") return text;
  const report = property(folder, REPORT_TEXT);
  return report.trim() !== "" ? report : property(folder, BODY_HTML);
}

interface Part {
  readonly type: string;
  readonly text: string;
}

/** An attachment that tells of the delivery: a status, a returned header, a returned message (of which the header is enough). */
function reportPart(attachment: CFolder): readonly Part[] {
  const embedded = folders(attachment, `__substg1.0_${ATTACHED_DATA}000D`)[0];
  if (embedded !== undefined) {
    const header = property(embedded, TRANSPORT_HEADERS).trim();
    return header === "" ? [] : [{ type: "text/rfc822-headers", text: header }];
  }
  const data = stream(attachment, `${ATTACHED_DATA}0102`);
  const text = data === null ? "" : plain(decoded(data));
  const type = property(attachment, ATTACHED_TYPE).trim().toLowerCase();
  if (type === "message/delivery-status" || /^Reporting-MTA:/im.test(text.slice(0, 2000))) return [{ type: "message/delivery-status", text }];
  if (type === "message/rfc822" || type === "text/rfc822-headers") return [{ type: "text/rfc822-headers", text: text.split("\n\n", 1)[0] ?? "" }];
  return [];
}

function folders(folder: CFolder, prefix: string): readonly CFolder[] {
  return folder.subFolders().filter(({ name }) => name.startsWith(prefix));
}

/** A text property: UTF-16 as `001F`, in some code page as `001E`, as octets `0102`; "" where there is none. */
function property(folder: CFolder, tag: string): string {
  const wide = stream(folder, `${tag}001F`);
  if (wide !== null) return plain(new TextDecoder("utf-16le").decode(wide));
  const narrow = stream(folder, `${tag}001E`) ?? stream(folder, `${tag}0102`);
  return narrow === null ? "" : plain(decoded(narrow));
}

function stream(folder: CFolder, name: string): Uint8Array | null {
  const found = folder.fileNameSets().find((file) => file.name.toUpperCase() === `__SUBSTG1.0_${name}`);
  return found === undefined || found.length > STREAM_MAX ? null : found.provider();
}

function plain(text: string): string {
  return text.slice(0, PART_MAX).replaceAll("\0", "").replace(/\r\n?/g, "\n");
}

/** The fields of the header but those about its MIME parts, which are not here any more. */
function withoutMime(header: string): string {
  const kept: string[] = [];
  let dropping = false;
  for (const line of header.trim().split("\n")) {
    // A header ends with its first blank line; Exchange puts a line of its own before it.
    if (line.trim() === "") break;
    if (!/^[ \t]/.test(line)) dropping = /^(?:Content-|MIME-Version:)/i.test(line) || !/^[\w-]{1,76}:/.test(line);
    if (!dropping) kept.push(line);
  }
  return kept.join("\n");
}
