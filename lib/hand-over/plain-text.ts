/** A note as plain text, for a mail. Records stand alone on their lines, never broken: a space put into one would break it. */

import type { Note, NoteField, Sentence } from "./note.ts";

export function asPlainText({ title, sentences, fields, changes, link }: Note): string {
  return [
    [title],
    sentences.map(said),
    fields.map(field),
    ...changes.flatMap((change, index) => [
      [`${changes.length > 1 ? `${index + 1}. ` : ""}${change.title}`],
      change.sentences.map(said),
      change.fields.map(field),
      ...change.records.map(({ label, lines }) => [label, ...lines.map(oneLine)]),
    ]),
    [`${link.label} ${link.url}`],
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(oneLine).join("\n"))
    .join("\n\n")
    .concat("\n");
}

function field({ label, value }: NoteField): string {
  return `${label}: ${value}`;
}

function said(sentence: Sentence): string {
  return sentence.map((part) => (typeof part === "string" ? part : part.text)).join("");
}

function oneLine(text: string): string {
  return text.replace(/[\n\r\u0085\u2028\u2029]+/g, " ");
}
