/** The databases that the store's tests are run against: SQLite in a file, and a PostgreSQL of the tests' own. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type PostgresServer, postgresPrograms, startPostgres } from "../../e2e/postgres-server.ts";
import { openPostgresStore } from "./postgres-store.ts";
import type { Store } from "./report-store.ts";
import { openSqliteStore } from "./sqlite-store.ts";

/** A database that is empty at first. */
export interface Place {
  open(now?: () => Date): Store;
  sql(text: string): Promise<readonly Record<string, unknown>[]>;
  /** For a writer in another process. */
  readonly address: string;
}

export interface Backend {
  readonly name: string;
  readonly available: boolean;
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

function postgres(): Backend {
  let server: PostgresServer | null = null;
  return {
    name: "PostgreSQL",
    available: postgresPrograms() !== null,
    start: async () => {
      server = await startPostgres();
    },
    stop: async () => server?.close(),
    place: async () => {
      if (server === null) throw new Error("there is no PostgreSQL");
      const { database, sql } = server;
      const url = await database();
      return { address: url, open: (now) => openPostgresStore(now === undefined ? { url } : { url, now }), sql: (text) => sql(url, text) };
    },
  };
}

export function backends(): readonly Backend[] {
  const all = [sqlite(), postgres()];
  for (const { name, available } of all) if (!available) console.error(`SKIPPED: no ${name} is installed here: the store in it is NOT TESTED.`);
  return all;
}
