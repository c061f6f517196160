/** The implementations of SPF, DKIM and DMARC that ours are compared with and that npm doesn't have: those that are installed, else Debian's packages, else none. */

import { apt, isRootOnDebian } from "./debian-package.ts";
import { run } from "./process.ts";

const PYTHON = ["/usr/bin/python3", "python3"];
const PERL = ["/usr/bin/perl", "perl"];
const REFERENCES = [
  { name: "pyspf", debian: ["python3-spf"], commands: PYTHON, args: ["-c", "import spf"] },
  { name: "Mail::SPF", debian: ["libmail-spf-perl"], commands: PERL, args: ["-MMail::SPF", "-e", "1"] },
  { name: "OpenDKIM", debian: ["libopendkim11", "python3"], commands: PYTHON, args: ["-c", "import ctypes; ctypes.CDLL('libopendkim.so.11')"] },
  { name: "Mail::DKIM", debian: ["libmail-dkim-perl"], commands: PERL, args: ["-MMail::DKIM", "-e", "1"] },
  { name: "OpenDMARC", debian: ["libopendmarc2", "publicsuffix", "python3"], commands: PYTHON, args: ["-c", "import ctypes; ctypes.CDLL('libopendmarc.so.2'); open('/usr/share/publicsuffix/public_suffix_list.dat')"] },
] as const;

type Reference = (typeof REFERENCES)[number];

/** The names of those that cannot be had: their tests skip themselves. */
export async function provideReferences(): Promise<readonly string[]> {
  const missing = await without(REFERENCES);
  if (missing.length === 0 || !isRootOnDebian()) return missing.map(({ name }) => name);
  console.error(`Installing Debian's packages for ${missing.map(({ name }) => name).join(", ")}…`);
  await apt([...new Set(missing.flatMap(({ debian }) => debian))]);
  // One that this Debian doesn't have keeps the others away.
  for (const { debian } of await without(missing)) await apt(debian);
  return (await without(missing)).map(({ name }) => name);
}

/** "SKIPPED: …" for those that cannot be had; null when all are here. */
export function skipped(missing: readonly string[]): string | null {
  return missing.length === 0 ? null : `SKIPPED: ${missing.join(", ")} cannot be had here, so nothing is compared with ${missing.length === 1 ? "it" : "them"}.`;
}

async function without(references: readonly Reference[]): Promise<Reference[]> {
  const here = await Promise.all(references.map(works));
  return references.filter((_, index) => here[index] !== true);
}

async function works({ commands, args }: Reference): Promise<boolean> {
  for (const command of commands) if ((await run(command, args, { quiet: true })).code === 0) return true;
  return false;
}
