/** The changes as lines of a master file (RFC 1035 section 5.1). What goes is told in comments: a zone file has no way to say it. */

import { absoluteName, quotedText } from "../dns/master-text.ts";
import type { TxtChange } from "./changes.ts";
import { characterStrings, comment, notesOf, type SnippetWords } from "./snippet.ts";

export function zoneFileSnippet(changes: readonly TxtChange[], words: SnippetWords): string {
  const blocks = changes.map((change) => [
    ...notesOf(change, words).map((note) => comment(";", note)),
    ...(change.remove.length === 0 ? [] : [comment(";", words.remove)]),
    ...change.remove.map((record) => comment(";", line(change, characterStrings(record)))),
    ...change.set.map((strings) => line(change, strings)),
  ]);
  return [words.head.map((text) => comment(";", text)), ...blocks].map((lines) => `${lines.join("\n")}\n`).join("\n");
}

function line({ name, ttl }: TxtChange, strings: readonly string[]): string {
  return `${absoluteName(name)} ${ttl} IN TXT ${strings.map(quotedText).join(" ")}`;
}
