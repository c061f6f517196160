/** Which characters a font file of the form WOFF 1.0 has glyphs for: what a picture needs to know before it is drawn. */

import { inflateSync } from "node:zlib";

const HEADER = 44;
const ENTRY = 20;

/** Of the Basic Multilingual Plane alone: the table that all fonts have (`cmap`, format 4). Empty where there is none. */
export function charactersOf(woff: Buffer): ReadonlySet<string> {
  const cmap = tableOf(woff, "cmap");
  if (cmap === null) return new Set();
  for (let n = 0; n < cmap.readUInt16BE(2); n++) {
    const at = cmap.readUInt32BE(8 + 8 * n);
    if (cmap.readUInt16BE(at) === 4) return new Set(mapped(cmap, at));
  }
  return new Set();
}

/** W3C WOFF 1.0, section 4: kept as it is where compressing it would have saved nothing. */
function tableOf(woff: Buffer, name: string): Buffer | null {
  for (let n = 0; n < woff.readUInt16BE(12); n++) {
    const entry = HEADER + ENTRY * n;
    if (woff.toString("latin1", entry, entry + 4) !== name) continue;
    const [start, kept, whole] = [woff.readUInt32BE(entry + 4), woff.readUInt32BE(entry + 8), woff.readUInt32BE(entry + 12)];
    const table = woff.subarray(start, start + kept);
    return kept < whole ? inflateSync(table) : table;
  }
  return null;
}

/** OpenType, `cmap` format 4: runs of characters, each with what makes a glyph's number of a character. */
function* mapped(cmap: Buffer, at: number): Generator<string> {
  const runs = cmap.readUInt16BE(at + 6) / 2;
  const ends = at + 14;
  const starts = ends + 2 * runs + 2;
  const deltas = starts + 2 * runs;
  const offsets = deltas + 2 * runs;
  for (let run = 0; run < runs; run++) {
    const [first, last] = [cmap.readUInt16BE(starts + 2 * run), cmap.readUInt16BE(ends + 2 * run)];
    const offset = cmap.readUInt16BE(offsets + 2 * run);
    for (let code = first; code <= last && code < 0xffff; code++) {
      const glyph = offset === 0 ? (code + cmap.readUInt16BE(deltas + 2 * run)) & 0xffff : cmap.readUInt16BE(offsets + 2 * run + offset + 2 * (code - first));
      if (glyph !== 0) yield String.fromCharCode(code);
    }
  }
}
