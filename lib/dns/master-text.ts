/** Character-strings and names as master files write them (RFC 1035 section 5.1): quotation marks, `\"`, `\\`, and `\DDD` for an octet that is no printable ASCII. */

const PRINTABLE = /^[\x20-\x7e]$/;
/** What ends or changes a name where it stands bare. */
const PLAIN_IN_NAME = /^[\w*+/=:%&'~^|?!<>{}[\],#.-]$/;

/** One character-string in quotation marks. Text is UTF-8 on the wire. */
export function quotedText(text: string): string {
  const octets = Array.from(new TextEncoder().encode(text), (octet) => {
    const character = String.fromCharCode(octet);
    if (character === '"' || character === "\\") return `\\${character}`;
    return PRINTABLE.test(character) ? character : decimal(octet);
  });
  return `"${octets.join("")}"`;
}

/** A whole name with its final dot. */
export function absoluteName(name: string): string {
  const octets = Array.from(new TextEncoder().encode(name.replace(/\.$/, "")), (octet) => {
    const character = String.fromCharCode(octet);
    return PLAIN_IN_NAME.test(character) ? character : decimal(octet);
  });
  return `${octets.join("")}.`;
}

function decimal(octet: number): string {
  return `\\${String(octet).padStart(3, "0")}`;
}
