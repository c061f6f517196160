/** A real mail server and its tools, as the senders of test mails: those that are installed, else Debian's packages, else none. */

import { existsSync } from "node:fs";
import { apt, isRootOnDebian } from "./debian-package.ts";

const TOOLS = [
  { name: "Postfix", debian: "postfix", file: "/usr/sbin/postfix" },
  { name: "OpenDKIM", debian: "opendkim", file: "/usr/sbin/opendkim" },
  { name: "swaks", debian: "swaks", file: "/usr/bin/swaks" },
] as const;

/** The names of those that cannot be had: the tests that need them skip themselves. Postfix runs as root alone. */
export async function provideMailTools(): Promise<readonly string[]> {
  const missing = missingMailTools();
  if (missing.length === 0 || !isRootOnDebian() || hasMailOfItsOwn()) return missing;
  const packages = TOOLS.filter(({ name }) => missing.includes(name)).map(({ debian }) => debian);
  console.error(`Installing Debian's ${packages.join(", ")}…`);
  await apt(packages);
  return missingMailTools();
}

/** The package would take another mail server's place, and a service manager would start it: neither is ours to do. */
function hasMailOfItsOwn(): boolean {
  return existsSync("/run/systemd/system") || (existsSync("/usr/sbin/sendmail") && !existsSync("/usr/sbin/postfix"));
}

export function missingMailTools(): readonly string[] {
  const missing = TOOLS.filter(({ file }) => !existsSync(file)).map(({ name }) => name);
  return process.getuid?.() === 0 ? missing : [...new Set([...missing, "Postfix"])];
}
