/** The implementations of SPF that ours is compared with and that npm doesn't have: those that are installed, else Debian's packages, else none. */

import { apt, isRootOnDebian } from "./debian-package.ts";
import { run } from "./process.ts";

const REFERENCES = [
  { name: "pyspf", debian: "python3-spf", commands: ["/usr/bin/python3", "python3"], args: ["-c", "import spf"] },
  { name: "Mail::SPF", debian: "libmail-spf-perl", commands: ["/usr/bin/perl", "perl"], args: ["-MMail::SPF", "-e", "1"] },
] as const;

type Reference = (typeof REFERENCES)[number];

/** The names of those that cannot be had: their tests skip themselves. */
export async function provideSpfReferences(): Promise<readonly string[]> {
  const missing = await without(REFERENCES);
  if (missing.length === 0 || !isRootOnDebian()) return missing.map(({ name }) => name);
  const packages = missing.map(({ debian }) => debian);
  console.error(`Installing Debian's ${packages.join(" and ")}…`);
  await apt(packages);
  return (await without(missing)).map(({ name }) => name);
}

async function without(references: readonly Reference[]): Promise<Reference[]> {
  const here = await Promise.all(references.map(works));
  return references.filter((_, index) => here[index] !== true);
}

async function works({ commands, args }: Reference): Promise<boolean> {
  for (const command of commands) if ((await run(command, args, { quiet: true })).code === 0) return true;
  return false;
}
