/** Punctuation off the ends of a name: in a loop, because a pattern anchored at the end is tried at every character. */

export function withoutEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1] ?? "")) end -= 1;
  return text.slice(0, end);
}

export function withoutStart(text: string, characters: string): string {
  let start = 0;
  while (start < text.length && characters.includes(text[start] ?? "")) start += 1;
  return text.slice(start);
}
