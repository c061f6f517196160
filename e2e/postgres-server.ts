/**
 * A PostgreSQL of the tests' own: an installed server's programs, run as plain processes on loopback, with its data in a temporary
 * folder. It ends, and the folder goes, with whoever started it, however that ends.
 */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { appendFileSync, chownSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import { freePort } from "../scripts/app-server.ts";

export interface PostgresServer {
  /** A new, empty database of this server, as `DATABASE_URL`. */
  database(): Promise<string>;
  /** Takes everything out of one of them, which is much quicker than to make another. */
  empty(url: string): Promise<void>;
  /** As whoever may do everything. */
  sql(url: string, text: string): Promise<readonly Record<string, unknown>[]>;
  /** Ends every connection and the server; what is stored stays. */
  halt(): Promise<void>;
  /** After `halt`, on the same port. */
  resume(): Promise<void>;
  /** The end: nothing is left of it. */
  close(): Promise<void>;
}

const INSTALLED = ["/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin"];
const START_WITHIN_MS = 20_000;
const USER = "rebound";

/** Where `initdb` and `postgres` are: of several versions the newest; null when there is none. */
export function postgresPrograms(): string | null {
  const found = INSTALLED.flatMap((pattern) => globSync(pattern)).filter((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
  return found.sort((one, other) => versionOf(other) - versionOf(one))[0] ?? null;
}

function versionOf(folder: string): number {
  return Number(folder.split("/").at(-2)?.replaceAll(/\D/g, "") ?? 0);
}

/** Of the server, as PEM files; copied. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

/** `tls`: offered beside clear text. Null when none is installed: `scripts/postgres.ts` installs one, where it can. */
export async function startPostgres({ tls }: { readonly tls?: ServerCertificate } = {}): Promise<PostgresServer | null> {
  const programs = postgresPrograms();
  if (programs === null) return null;
  const folder = mkdtempSync(join(tmpdir(), "rebound-postgres-"));
  const own = unprivileged();
  if (own !== null) chownSync(folder, own.uid, own.gid);
  const password = randomBytes(16).toString("hex");
  const port = await freePort();
  try {
    initialize(programs, folder, password, own);
    if (tls !== undefined) offerTls(join(folder, "data"), tls, own);
    return await serverAt({ programs, folder, port, own }, password);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

interface Place {
  readonly programs: string;
  readonly folder: string;
  readonly port: number;
  readonly own: Account | null;
}

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: then it runs as its own user, where there is one, else as nobody. */
export function unprivileged(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync("/etc/passwd", "utf8").split("\n").map((line) => line.split(":"));
  const [, , uid, gid] = users.find(([name]) => name === "postgres") ?? users.find(([name]) => name === "nobody") ?? [];
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) };
}

function initialize(programs: string, folder: string, password: string, own: Account | null): void {
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (own !== null) chownSync(passwordFile, own.uid, own.gid);
  const args = ["--pgdata", join(folder, "data"), "--username", USER, "--auth", "scram-sha-256", "--pwfile", passwordFile, "--encoding", "UTF8", "--locale", "C", "--no-sync"];
  execFileSync(join(programs, "initdb"), args, { ...own, cwd: folder, env: { ...process.env, TZ: "UTC", LC_ALL: "C" }, stdio: ["ignore", "ignore", "pipe"] });
}

/** The key must be the server's own, and nobody else's to read. */
function offerTls(data: string, { cert, key }: ServerCertificate, own: Account | null): void {
  for (const [from, name] of [[cert, "server.crt"], [key, "server.key"]] as const) {
    writeFileSync(join(data, name), readFileSync(from), { mode: 0o600 });
    if (own !== null) chownSync(join(data, name), own.uid, own.gid);
  }
  appendFileSync(join(data, "postgresql.conf"), "ssl = on\n");
}

async function serverAt(place: Place, password: string): Promise<PostgresServer> {
  const urlOf = (name: string) => `postgres://${USER}:${password}@127.0.0.1:${place.port}/${name}`;
  let running: ChildProcess | null = null;
  let count = 0;
  const halt = async () => {
    if (running === null) return;
    const ended = running.exitCode === null ? once(running, "exit") : null;
    running.stdin?.end("halt\n");
    await ended;
    running = null;
  };
  const resume = async () => {
    running ??= launch(place);
    await untilAnswered(urlOf("postgres"), running);
  };
  await resume();
  return {
    database: async () => {
      const name = `rebound_${++count}`;
      await query(urlOf("postgres"), `CREATE DATABASE ${name}`);
      return urlOf(name);
    },
    empty: async (url) => {
      await query(url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    },
    sql: query,
    halt,
    resume,
    close: async () => {
      await halt();
      rmSync(place.folder, { recursive: true, force: true });
    },
  };
}

/**
 * The server, watched over by a shell that hears of our end by the end of its standard input: `halt` ends the server, and an end
 * without a word, as `kill -9` makes it, takes the folder along.
 */
const WATCH = `
"$1" -D "$2/data" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c shared_buffers=16MB -c max_connections=60 -c autovacuum=off >>"$2/log" 2>&1 </dev/null &
server=$!
read -r word
kill -INT $server
wait $server
[ "$word" = halt ] || rm -rf "$2"
`;

function launch({ programs, folder, port, own }: Place): ChildProcess {
  return spawn("/bin/sh", ["-c", WATCH, "sh", join(programs, "postgres"), folder, String(port)], { ...own, cwd: folder, env: { ...process.env, TZ: "UTC", LC_ALL: "C" }, stdio: ["pipe", "ignore", "ignore"] });
}

/** `server`: what is to answer at the URL; rejects when it has ended, or takes too long. */
export async function untilAnswered(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_WITHIN_MS;
  for (;;) {
    try {
      await query(url, "SELECT 1");
      return;
    } catch (error) {
      if (Date.now() > deadline || server.exitCode !== null) throw error;
      await wait(50);
    }
  }
}

async function query(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  // Told by the query that is under way; without a listener it would end the process.
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
