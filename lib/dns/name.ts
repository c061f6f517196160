/** How names are compared and which of them can be asked at all. */

/** One spelling for each name: lower case, no final dot. DNS compares names without regard to ASCII case (RFC 4343). */
export function canonicalName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).replace(/\.$/, "");
}

/** True when the name fits on the wire: labels of 1 to 63 octets, 255 octets in all with their lengths and the root (RFC 1035 section 2.3.4), that is 253 as text. */
export function isAskable(name: string): boolean {
  const bare = name.replace(/\.$/, "");
  return octets(bare) <= 253 && bare.split(".").every((label) => label !== "" && octets(label) <= 63);
}

function octets(text: string): number {
  return Buffer.byteLength(text, "utf8");
}
