/** A whole message taken apart into what a report consists of (RFC 3462, RFC 3464), also where the outer header or some lines were not pasted. */

import PostalMime, { type Attachment, type Email } from "postal-mime";
import { cleanText, isBinary } from "./clean.ts";
import { findCodedReplies } from "./find-replies.ts";
import type { Parts } from "./formats/format.ts";
import { headerBlock, isMailerDaemon } from "./headers.ts";

/** A report has three or four parts; thousands are hostile, and cost time. */
const BOUNDARIES_MAX = 150;
const NESTING_MAX = 3;
/** Of the files of a letter, so many are looked into. */
const FILES_MAX = 5;
/** A report stands before the message that it returns, and of that only the header is read. */
const MESSAGE_MAX = 96 * 1024;
/** The parser keeps each line apart, which costs more than its characters. */
const LINES_MAX = 1500;

/** Null where the text is no MIME message. */
export async function takeApart(raw: string): Promise<Parts | null> {
  const message = asMessage(raw);
  return message === null ? null : partsOf(message, 0);
}

async function partsOf(message: string, depth: number): Promise<Parts | null> {
  const email = await parsed(message);
  if (email === null) return null;
  const status = email.attachments.filter(({ mimeType }) => /^message\/(?:global-)?delivery-status$/.test(mimeType)).map(contentOf).join("\n\n");
  const returned = email.attachments.filter(({ mimeType }) => /^(?:message\/(?:rfc822|global)(?:-headers)?|text\/rfc822-headers|text\/rfc822)$/.test(mimeType)).map(contentOf);
  const html = email.html === undefined || email.html === "" ? "" : cleanText(`<html>${email.html}`);
  const header = email.headers.map(({ originalKey, value }) => `${originalKey}: ${value}`).join("\n");
  const text = cleanText(email.text ?? "");
  const inner = returned[0] ?? "";
  const body = text.trim() === "" ? html : text;
  if (status === "" && depth < NESTING_MAX) {
    const forwarded = [...returned, ...messageFiles(email.attachments)].find((one) => isReport(one, body));
    if (forwarded !== undefined) return partsOf(forwarded, depth + 1);
  }
  const attached = status === "" && inner === "" && findCodedReplies(body).length === 0 ? textFiles(email.attachments) : "";
  return { header, body: attached === "" ? body : `${body}\n\n${attached}`, status: cleanText(status), returned: inner };
}

/** Somebody forwarded the report as an attachment: one of several parts, or a mailer's own words with no parts at all, unless the letter around it is the mailer's and tells the refusal itself. */
function isReport(message: string, around: string): boolean {
  const end = message.search(/\n[ \t]*\n/);
  const header = end === -1 ? message : message.slice(0, end);
  if (/^Content-Type:\s{0,5}multipart\/report/im.test(header)) return true;
  return isMailerDaemon(headerBlock(header)) && findCodedReplies(around).length === 0;
}

/** Mail programs save messages as files, and send those as what they don't know. */
function messageFiles(attachments: readonly Attachment[]): readonly string[] {
  return attachments.filter(({ filename, mimeType }) => /\.(?:eml|mht|mhtml)$/i.test(filename ?? "") && !/^message\//.test(mimeType)).slice(0, FILES_MAX).map(contentOf).filter((content) => !isBinary(content));
}

/** Logs and notes that hold a refusal. */
function textFiles(attachments: readonly Attachment[]): string {
  const files = attachments.filter(({ filename, mimeType }) => /^text\/(?!html|calendar|rfc822)/.test(mimeType) || /\.(?:txt|log)$/i.test(filename ?? "")).slice(0, FILES_MAX).map(contentOf);
  return files.filter((content) => !isBinary(content)).map(cleanText).filter((content) => findCodedReplies(content).length > 0).join("\n\n");
}

/** Never rejects: what the parser cannot take is read as plain text. */
async function parsed(message: string): Promise<Email | null> {
  try {
    return await PostalMime.parse(message.slice(0, endOfReading(message)), { forceRfc822Attachments: true, attachmentEncoding: "utf8", maxNestingDepth: 16, maxRfc822NestingDepth: 0 });
  } catch {
    return null;
  }
}

function endOfReading(message: string): number {
  let at = -1;
  for (let line = 0; line < LINES_MAX; line += 1) {
    at = message.indexOf("\n", at + 1);
    if (at === -1 || at > MESSAGE_MAX) return MESSAGE_MAX;
  }
  return at;
}

function contentOf({ content }: Attachment): string {
  const text = typeof content === "string" ? content : new TextDecoder().decode(content);
  return text.replace(/\r\n?/g, "\n");
}

/** The text as a message that a MIME parser takes: quoting and the mbox line removed, an outer header made up where only the parts were pasted. */
function asMessage(raw: string): string | null {
  const text = unquoted(raw.replace(/\r\n?/g, "\n")).replace(/^\s+/, "").replace(/^From [^\n]{1,300}\n/, "");
  if (boundaryLines(text) > BOUNDARIES_MAX) return null;
  const headerEnd = text.search(/\n[ \t]*\n/);
  const header = headerEnd === -1 ? text : text.slice(0, headerEnd);
  if (/^[A-Za-z][A-Za-z0-9-]{0,76}:[ \t]?/.test(text) && /^(?:Content-Type|MIME-Version|Received|Return-Path|Delivered-To):/im.test(header) && /^(?:From|Subject|To):/im.test(header)) {
    if (headerEnd !== -1 && !/^Content-Type:\s{0,5}multipart\//im.test(header)) return text;
    if (headerEnd !== -1 && declaredBoundaryUsed(header, text)) return text;
  }
  const boundary = /^--([^\s-][^\n]{0,120}?)[ \t]*\n(?=Content-[A-Za-z-]{1,40}:)/m.exec(text)?.[1];
  return boundary === undefined ? null : `Content-Type: multipart/mixed; boundary="${boundary.replace(/["\\]/g, "")}"\n\n${text}`;
}

function declaredBoundaryUsed(header: string, text: string): boolean {
  const declared = /\bboundary="?([^";\n]{1,120})/i.exec(header)?.[1]?.trim();
  return declared !== undefined && text.includes(`\n--${declared}`);
}

function boundaryLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n--"); at !== -1 && count <= BOUNDARIES_MAX; at = text.indexOf("\n--", at + 1)) count += 1;
  return count;
}

/** `> ` before every line: a report quoted whole. */
function unquoted(text: string): string {
  if (!/^\s{0,200}>/.test(text)) return text;
  const lines = text.split("\n");
  return lines.every((line) => line.startsWith(">") || line.trim() === "") ? lines.map((line) => line.replace(/^> ?/, "")).join("\n") : text;
}
