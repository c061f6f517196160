/**
 * PgBouncer in front of a PostgreSQL of the tests' own, in transaction mode, as managed services put one: each transaction may go over
 * another connection to the server, and nothing that a session would hold is left for the next. It ends with whoever started it.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../scripts/app-server.ts";
import { unprivileged, untilAnswered } from "./postgres-server.ts";

export interface Pooler {
  /** The same database, by way of the pooler. */
  through(url: string): string;
  close(): Promise<void>;
}

const INSTALLED = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer", "/usr/local/bin/pgbouncer"];

/** Null when none is installed: `scripts/postgres.ts` installs one, where it can. */
export function pgbouncerProgram(): string | null {
  return INSTALLED.find((path) => existsSync(path)) ?? null;
}

/** Before the server of `url`, any of its databases. Null when no PgBouncer is installed. */
export async function startPgbouncer(url: string): Promise<Pooler | null> {
  const program = pgbouncerProgram();
  if (program === null) return null;
  const { username, password, port: serverPort } = new URL(url);
  const folder = mkdtempSync(join(tmpdir(), "rebound-pgbouncer-"));
  const port = await freePort();
  const own = unprivileged();
  writeFileSync(join(folder, "users"), `"${username}" "${password}"\n`);
  writeFileSync(join(folder, "pgbouncer.ini"), settings(folder, port, serverPort));
  if (own !== null) for (const path of [folder, join(folder, "users"), join(folder, "pgbouncer.ini")]) chownSync(path, own.uid, own.gid);
  const running = spawn("/bin/sh", ["-c", WATCH, "sh", program, folder], { ...own, cwd: folder, env: { ...process.env, TZ: "UTC", LC_ALL: "C" }, stdio: ["pipe", "ignore", "ignore"] });
  const through = (direct: string) => direct.replace(`:${serverPort}/`, `:${port}/`);
  const close = async () => {
    await ended(running);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilAnswered(through(url), running);
  } catch (error) {
    await close();
    throw error;
  }
  return { through, close };
}

/** Fewer connections to the server than a store has to the pooler: each is many clients' in turn. */
function settings(folder: string, port: number, serverPort: string): string {
  return `[databases]
* = host=127.0.0.1 port=${serverPort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, "users")}
logfile = ${join(folder, "log")}
pool_mode = transaction
default_pool_size = 4
max_client_conn = 500
server_login_retry = 1
`;
}

/** The shell hears of our end by the end of its standard input. */
const WATCH = `
"$1" "$2/pgbouncer.ini" >/dev/null 2>&1 </dev/null &
pooler=$!
read -r word
kill -KILL $pooler
wait $pooler
rm -rf "$2"
`;

async function ended(running: ChildProcess): Promise<void> {
  if (running.exitCode !== null) return;
  const exit = once(running, "exit");
  running.stdin?.end("end\n");
  await exit;
}
