/** A PostgreSQL server for the tests, and a pooler to stand in front of it: the programs of one that is installed, else Debian's package, else none. */

import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { pgbouncerProgram } from "../e2e/pgbouncer.ts";
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

/** Debian's package starts the pooler with the machine, unless this file says that nothing is to be started. */
const POLICY = "/usr/sbin/policy-rc.d";

/** As above. A machine with a service manager is left alone: the pooler would be its from then on. */
export async function providePgbouncer(): Promise<string | null> {
  const installed = pgbouncerProgram();
  if (installed !== null || !isRootOnDebian() || existsSync("/run/systemd/system")) return installed;
  console.error("Installing Debian's pgbouncer…");
  const isOurs = !existsSync(POLICY);
  if (isOurs) writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    await apt(["pgbouncer"]);
  } finally {
    if (isOurs) rmSync(POLICY);
  }
  return pgbouncerProgram();
}
