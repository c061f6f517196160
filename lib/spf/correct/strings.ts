/** A record cut into the character-strings of a TXT record. */

/** RFC 1035 section 3.3: the most that one character-string holds. */
const MOST_OCTETS = 255;

/** Strings of at most 255 octets that joined without a space give `value` again (RFC 7208 section 3.3); cut after a space where there is one. */
export function characterStrings(value: string): string[] {
  const strings: string[] = [];
  let rest = value;
  while (Buffer.byteLength(rest, "utf8") > MOST_OCTETS) {
    const head = headOf(rest);
    const space = head.lastIndexOf(" ");
    const cut = space > 0 ? space + 1 : head.length;
    strings.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...strings, rest];
}

/** As many whole characters as fit. */
function headOf(text: string): string {
  let octets = 0;
  let head = "";
  for (const character of text) {
    octets += Buffer.byteLength(character, "utf8");
    if (octets > MOST_OCTETS) break;
    head += character;
  }
  return head;
}
