/**
 * A font with Japanese letters for pictures that the server draws: BIZ UDPGothic, carried along so that no machine needs one of its
 * own. It comes in over a hundred files. The first has kana, Latin letters and the kanji of JIS X 0208; the others, rarer ones (髙, 﨑),
 * signs, and Latin and Cyrillic letters of other languages. What is drawn with it reads the first and those that its own text needs.
 */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { charactersOf } from "./woff.ts";

/** As `ImageResponse` takes fonts: by their order it takes the first that has a glyph. */
export type PictureFonts = { name: string; data: Buffer; weight: 400; style: "normal" }[];

export interface JapaneseFont {
  /** Whether there is a glyph for the character. What has none would be looked for on the network by the library that draws. */
  readonly has: (character: string) => boolean;
  readonly fontsFor: (text: string) => Promise<PictureFonts>;
}

// Below where the server runs, in the container as well. `next.config.ts` names the files it needs; the build itself would take all.
const FOLDER = join(/* turbopackIgnore: true */ process.cwd(), "node_modules", "@fontsource", "biz-udpgothic", "files");
const FIRST = "biz-udpgothic-japanese-400-normal.woff";
/** Letters drawn on top of the one before: from two files they would not meet. */
const MARK = /\p{M}/u;

let known: Promise<JapaneseFont> | undefined;

/** Rejects where the files are missing. Its list of characters is made once, its files are read once. */
export function japaneseFont(): Promise<JapaneseFont> {
  known ??= look().catch((error: unknown) => {
    known = undefined;
    throw error;
  });
  return known;
}

async function look(): Promise<JapaneseFont> {
  const files = (await readdir(/* turbopackIgnore: true */ FOLDER)).filter((file) => file.endsWith("-400-normal.woff") && file !== FIRST);
  const fileOf = new Map<string, string>();
  for (const file of [FIRST, ...files.sort()]) {
    for (const character of charactersOf(await fontFile(file))) if (!fileOf.has(character) && !MARK.test(character)) fileOf.set(character, file);
  }
  const read = new Map<string, Promise<Buffer>>();
  const kept = (file: string): Promise<Buffer> => {
    const data = read.get(file) ?? fontFile(file);
    read.set(file, data);
    return data;
  };
  return {
    has: (character) => fileOf.has(character),
    fontsFor: (text) => Promise.all([...new Set([FIRST, ...Array.from(text, (character) => fileOf.get(character) ?? FIRST)])].map(async (file) => ({ name: file, data: await kept(file), weight: 400, style: "normal" }))),
  };
}

function fontFile(file: string): Promise<Buffer> {
  return readFile(/* turbopackIgnore: true */ join(FOLDER, file));
}
