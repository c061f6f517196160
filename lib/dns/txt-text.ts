/** From the octets of a TXT record to text, without losing what a mail admin needs to see: byte-order marks, full-width characters, stray Latin-1. */

/**
 * The character-strings of one TXT record as text: UTF-8 where the whole record is UTF-8, else Latin-1 throughout.
 * A character cut in two by a string boundary goes to the string in which it ends, so that the joined value is right.
 */
export function txtText(strings: readonly Uint8Array[]): readonly string[] {
  // The BOM is kept: a record that starts with one is no SPF record, and the reader must be told why.
  const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return strings.map((octets, index) => utf8.decode(octets, { stream: index < strings.length - 1 }));
  } catch {
    return strings.map((octets) => Buffer.from(octets).toString("latin1"));
  }
}
