/** The changes as octoDNS has a zone: YAML, names relative to the zone, all TXT values of a name together, `;` written `\;`. It cuts long values itself. */

import type { TxtChange } from "./changes.ts";
import { comment, notesOf, type SnippetWords, wholeSet } from "./snippet.ts";

/** Null where a name is in another zone: an octoDNS file is one zone. */
export function octodnsSnippet(changes: readonly TxtChange[], words: SnippetWords): string | null {
  if (changes.some(({ relative }) => relative === null)) return null;
  const blocks = changes.flatMap((change) => {
    const values = wholeSet(change).map((strings) => octodnsValue(strings.join("")));
    const [one, ...more] = values;
    return [
      ...notesOf(change, words).map((note) => comment("#", note)),
      ...(change.remove.length === 0 ? [] : [comment("#", words.remove)]),
      ...change.remove.map((record) => comment("#", yamlText(octodnsValue(record)))),
      ...(one === undefined ? [] : [`${yamlText(change.relative ?? "")}:`, "  type: TXT", `  ttl: ${change.ttl}`]),
      ...(one === undefined ? [] : more.length === 0 ? [`  value: ${yamlText(one)}`] : ["  values:", ...values.map((value) => `    - ${yamlText(value)}`)]),
    ];
  });
  return [...words.head.map((text) => comment("#", text)), "---", ...blocks, ""].join("\n");
}

function octodnsValue(value: string): string {
  return value.replaceAll(";", String.raw`\;`);
}

/** Single quotes keep backslashes as they are; what they cannot hold is escaped in double ones (YAML 1.2 section 7.3). */
export function yamlText(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  const escaped = Array.from(text, (letter) => {
    if (letter === '"' || letter === "\\") return `\\${letter}`;
    const code = letter.codePointAt(0) ?? 0;
    if (code >= 0x20 && code <= 0x7e) return letter;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
  return `"${escaped.join("")}"`;
}
