/**
 * A font with Japanese letters for pictures that the server draws. None is carried along, for it would weigh megabytes, and none
 * is fetched: the machine's own is taken where it has one in a form that can be read (single fonts; no `.ttc` collections).
 */

import { readFile } from "node:fs/promises";

/** Where distributions and systems keep one. Debian: `fonts-ipafont-gothic`. */
const PLACES = [
  "/usr/share/fonts/opentype/ipafont-gothic/ipagp.ttf",
  "/usr/share/fonts/truetype/fonts-japanese-gothic.ttf",
  "/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf",
  "/usr/share/fonts/truetype/vlgothic/VL-PGothic-Regular.ttf",
  "/usr/share/fonts/ipa-pgothic-fonts/ipagp.ttf",
  "/usr/share/fonts/OTF/ipaexg.ttf",
  "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
];

/** As `ImageResponse` takes fonts. The same array each time: what is drawn with it is kept by it. */
export type PictureFonts = { name: string; data: Buffer; weight: 400; style: "normal" }[];

let found: Promise<PictureFonts | null> | undefined;

/** Null where the machine has none. Looked for once. */
export function japaneseFont(): Promise<PictureFonts | null> {
  found ??= look();
  return found;
}

async function look(): Promise<PictureFonts | null> {
  for (const place of PLACES) {
    const data = await readFile(/* turbopackIgnore: true */ place).catch(() => null);
    if (data !== null) return [{ name: "Japanese", data, weight: 400, style: "normal" }];
  }
  return null;
}
