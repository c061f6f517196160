/** A note as Markdown, for a ticket. Names and records come from strangers: none may become markup, a link or the end of its block. */

import type { MessagePart } from "../messages/translate.ts";
import type { Note, NoteField, Sentence } from "./note.ts";

export function asMarkdown({ title, sentences, fields, changes, link }: Note): string {
  return [
    `## ${plain(title)}`,
    ...sentences.map(inline),
    list(fields),
    ...changes.flatMap((change) => [
      `### ${plain(change.title)}`,
      ...change.sentences.map(inline),
      list(change.fields),
      ...change.records.flatMap(({ label, lines }) => [plain(label), ...lines.map(block)]),
    ]),
    `${plain(link.label)} <${link.url}>`,
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

function list(fields: readonly NoteField[]): string {
  return fields.map(({ label, value }) => `- ${plain(label)}: ${code(value)}`).join("\n");
}

function inline(sentence: Sentence): string {
  return sentence.map(part).join("");
}

function part(said: MessagePart): string {
  if (typeof said === "string") return plain(said);
  if (said.tag === "code") return code(said.text);
  const mark = said.tag === "b" ? "**" : "*";
  return said.text.trim() === "" ? "" : `${mark}${plain(said.text)}${mark}`;
}

/** CommonMark: any ASCII punctuation may be escaped, and then means itself. Lines cannot begin anything, for none is left. */
function plain(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_[\]<>#|~&]/g, String.raw`\$&`)
    .replace(/^[-+=]/, String.raw`\$&`)
    .replace(/^(\d+)([.)])/, String.raw`$1\$2`);
}

/** A code span, or a fence, longer than any run of backticks inside. */
function code(text: string): string {
  const line = oneLine(text);
  if (line === "") return "";
  const fence = "`".repeat(longestRun(line) + 1);
  // A reader takes one space off each side where there is one on both.
  const room = line.startsWith("`") || line.endsWith("`") || (line.startsWith(" ") && line.endsWith(" ") && line.trim() !== "") ? " " : "";
  return `${fence}${room}${line}${room}${fence}`;
}

function block(text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}\n${oneLine(text)}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

function oneLine(text: string): string {
  return text.replace(/[\n\r\u0085\u2028\u2029]+/g, " ");
}
