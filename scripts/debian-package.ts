/** Debian's packages for what the tests use and npm cannot bring: only as root on Debian itself, as in a container. */

import { existsSync, readFileSync } from "node:fs";
import { run } from "./process.ts";

export function isRootOnDebian(): boolean {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get") || !existsSync("/etc/os-release")) return false;
  // Ubuntu's chromium package only points to a snap.
  return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}

let lists: Promise<unknown> | null = null;

/** Without a network it fails soon, rather than try for minutes. */
const PATIENCE = ["-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=20", "-o", "Acquire::https::Timeout=20"];

export async function apt(packages: readonly string[]) {
  const options = { quiet: true, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  await (lists ??= run("apt-get", ["-q", ...PATIENCE, "update"], options));
  return run("apt-get", ["-qy", ...PATIENCE, "-o", "DPkg::Lock::Timeout=300", "install", "--no-install-recommends", ...packages], options);
}
