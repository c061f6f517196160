/** Removes blanks and tabs at both ends: RFC 5234's WSP and nothing else. JavaScript's `trim` also takes no-break spaces and byte-order marks, which receivers stumble over. */
export function trimWsp(text: string): string {
  const isWsp = (index: number) => text.charAt(index) === " " || text.charAt(index) === "\t";
  let from = 0;
  let to = text.length;
  while (from < to && isWsp(from)) from += 1;
  while (to > from && isWsp(to - 1)) to -= 1;
  return text.slice(from, to);
}
