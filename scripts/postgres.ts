/** A PostgreSQL server for the tests: the programs of one that is installed, else Debian's package, else none. */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { postgresPrograms } from "../e2e/postgres-server.ts";
import { apt, isRootOnDebian } from "./debian-package.ts";

/** Debian's package makes and starts a server of the system's own, unless it is told not to: the programs are all that is wanted. */
const NO_SERVER = "/etc/postgresql-common/createcluster.d/rebound.conf";

/** Where the programs are; null when they cannot be had: then their tests skip themselves. */
export async function providePostgres(): Promise<string | null> {
  const installed = postgresPrograms();
  if (installed !== null || !isRootOnDebian()) return installed;
  console.error("Installing Debian's postgresql…");
  mkdirSync(dirname(NO_SERVER), { recursive: true });
  writeFileSync(NO_SERVER, "create_main_cluster = false\n");
  try {
    await apt(["postgresql"]);
  } finally {
    rmSync(NO_SERVER);
  }
  return postgresPrograms();
}
