/** Under which licences the product's libraries stand, from the lockfile and what each says of itself. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ROOT } from "./process.ts";

export interface Licensed {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

const lockfile = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional(), license: z.string().optional(), dev: z.boolean().optional(), devOptional: z.boolean().optional(), optional: z.boolean().optional() })) });
const manifest = z.object({ license: z.union([z.string(), z.object({ type: z.string() })]).optional(), licenses: z.array(z.object({ type: z.string() })).optional() });

/** Of everything that `npm ci --omit=dev` lays down, but for binaries of single machines; by name, then version. */
export function productLicences(): readonly Licensed[] {
  const { packages } = lockfile.parse(JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")));
  const found = Object.entries(packages).flatMap(([path, { version, license, dev, devOptional, optional }]) => {
    if (path === "" || dev === true || devOptional === true || optional === true || version === undefined) return [];
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    return [{ name, version, licence: license ?? ownLicence(join(ROOT, path, "package.json")) }];
  });
  const unique = new Map(found.map((one) => [`${one.name} ${one.version}`, one]));
  return [...unique.values()].sort((one, other) => (`${one.name} ${one.version}` < `${other.name} ${other.version}` ? -1 : 1));
}

function ownLicence(file: string): string {
  if (!existsSync(file)) return "unknown";
  const read = manifest.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!read.success) return "unknown";
  const { license, licenses } = read.data;
  return typeof license === "string" ? license : (license?.type ?? licenses?.map(({ type }) => type).join(" OR ") ?? "unknown");
}
