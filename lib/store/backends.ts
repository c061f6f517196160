/** The databases that the store's tests are run against: SQLite in a file, and a PostgreSQL of the tests' own, also with a pooler in front. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Pooler, pgbouncerProgram, startPgbouncer } from "../../e2e/pgbouncer.ts";
import { type PostgresServer, postgresPrograms, startPostgres } from "../../e2e/postgres-server.ts";
import { openPostgresStore } from "./postgres-store.ts";
import type { Store } from "./report-store.ts";
import { openSqliteStore } from "./sqlite-store.ts";

/** A database that is empty at first. Over PostgreSQL it is one after another's: of each test the last that was asked for. */
export interface Place {
  open(now?: () => Date): Store;
  sql(text: string): Promise<readonly Record<string, unknown>[]>;
  /** For a writer in another process. */
  readonly address: string;
}

export interface Backend {
  readonly name: string;
  readonly available: boolean;
  readonly isPooled: boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
  place(): Promise<Place>;
}

function sqlite(): Backend {
  let folder = "";
  let count = 0;
  return {
    name: "SQLite",
    available: true,
    isPooled: false,
    start: async () => {
      folder = mkdtempSync(join(tmpdir(), "rebound-store-"));
    },
    stop: async () => rmSync(folder, { recursive: true }),
    place: async () => {
      const path = join(folder, `nested-${++count}`, "rebound.db");
      return {
        address: path,
        open: (now) => {
          const opened = openSqliteStore(now === undefined ? { path } : { path, now });
          if (!opened.ok) throw new Error(opened.fault.detail);
          return opened.store;
        },
        sql: async (text) => {
          const raw = new DatabaseSync(path);
          try {
            return raw.prepare(text).all();
          } finally {
            raw.close();
          }
        },
      };
    },
  };
}

/** One server for both: with nothing between, and with a pooler. */
function postgres(): readonly Backend[] {
  let server: PostgresServer | null = null;
  let pooler: Pooler | null = null;
  let direct = "";
  const [available, hasPooler] = [postgresPrograms() !== null, pgbouncerProgram() !== null];
  const place = async (way: (url: string) => string): Promise<Place> => {
    if (server === null) throw new Error("there is no PostgreSQL");
    const { database, empty, sql } = server;
    if (direct === "") direct = await database();
    else await empty(direct);
    const url = way(direct);
    return { address: url, open: (now) => openPostgresStore(now === undefined ? { url } : { url, now }), sql: (text) => sql(direct, text) };
  };
  const start = async () => {
    server ??= await startPostgres();
  };
  const stop = async () => {
    await pooler?.close();
    await server?.close();
    server = null;
    direct = "";
  };
  return [
    { name: "PostgreSQL", available, isPooled: false, start, stop: async () => (hasPooler ? undefined : stop()), place: () => place((url) => url) },
    {
      name: "PostgreSQL behind PgBouncer",
      available: available && hasPooler,
      isPooled: true,
      start: async () => {
        await start();
        pooler = server === null ? null : await startPgbouncer(await server.database());
      },
      stop,
      place: () =>
        place((url) => {
          if (pooler === null) throw new Error("there is no PgBouncer");
          return pooler.through(url);
        }),
    },
  ];
}

export function backends(): readonly Backend[] {
  const all = [sqlite(), ...postgres()];
  for (const { name, available } of all) if (!available) console.error(`SKIPPED: no ${name} is installed here: the store in it is NOT TESTED.`);
  return all;
}
