/** What a browser loads of JavaScript before a page is all there, gzip. */

import { gzipSync } from "node:zlib";

export interface PageWeight {
  readonly path: string;
  readonly scripts: number;
  readonly gzipKb: number;
}

export async function pageWeight(origin: string, path: string): Promise<PageWeight> {
  const html = await (await fetch(`${origin}${path}`)).text();
  const sources = new Set([...html.matchAll(/<script[^>]+src="([^"]+)"/g)].map(([, source = ""]) => source.replaceAll("&amp;", "&")));
  const sizes = await Promise.all([...sources].map(async (source) => gzipSync(Buffer.from(await (await fetch(new URL(source, origin))).arrayBuffer())).length));
  return { path, scripts: sizes.length, gzipKb: sizes.reduce((sum, size) => sum + size, 0) / 1024 };
}
