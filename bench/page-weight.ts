/** What a browser loads before a page is all there: every script that its HTML names, whether to be fetched at once or after the first paint, old browsers' included, and the HTML itself; gzip. */

import { gzipSync } from "node:zlib";

export interface PageWeight {
  readonly path: string;
  readonly scripts: number;
  /** Of 1000 octets. */
  readonly gzipKb: number;
  readonly htmlKb: number;
}

export async function pageWeight(origin: string, path: string): Promise<PageWeight> {
  const html = await (await fetch(`${origin}${path}`)).text();
  return weightOf(path, html, async (source) => {
    const answer = await fetch(new URL(source, origin));
    if (!answer.ok) throw new Error(`${source}: ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  });
}

export async function weightOf(path: string, html: string, load: (source: string) => Promise<Buffer>): Promise<PageWeight> {
  const sources = new Set([...html.matchAll(/(?:<script[^>]+src=|\{"src":)"([^"]+)"/g)].map(([, source = ""]) => source.replaceAll("&amp;", "&")));
  if (sources.size === 0) throw new Error(`${path} names no scripts`);
  const sizes = await Promise.all([...sources].map(async (source) => gzipSync(await load(source)).length));
  return { path, scripts: sizes.length, gzipKb: sizes.reduce((sum, size) => sum + size, 0) / 1000, htmlKb: gzipSync(html).length / 1000 };
}
