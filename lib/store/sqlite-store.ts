/**
 * Everything in one SQLite file, through the `node:sqlite` that Node brings.
 *
 * Write-ahead log with full synchronisation: a report that was answered with 201 is there after `kill -9` and after a loss
 * of power. Several processes may share the file; each waits up to `LOCK_PATIENCE_MS` for another.
 */

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { mailTestsOver } from "./mail-tests.ts";
import { MIGRATIONS } from "./migrations.ts";
import type { Faulty, Store, StoreFault } from "./report-store.ts";
import { isDeleteToken } from "./secrets.ts";
import { sqlOver } from "./sql-over.ts";
import { readBack, rowOf, savedBefore } from "./stored-report.ts";

export type OpenedStore = { readonly ok: true; readonly store: Store } | { readonly ok: false; readonly fault: StoreFault };

export interface SqliteStoreOptions {
  /** Made when missing, with its folder. */
  readonly path: string;
  readonly now?: () => Date;
}

/** Longer than any write takes; short enough that a request can still be answered. */
const LOCK_PATIENCE_MS = 2000;
/** Whoever asks how the store is, is told so sooner. */
const PING_PATIENCE_MS = 500;
/** SQLite itself would wait without letting anybody else be answered: only while the file is opened does it. */
const LOOK_EVERY_MS = 20;
/** One delete never holds the others up for long. */
const SWEPT_AT_ONCE = 500;
/** After these faults the file is opened anew: what was read-only when it was opened stays so, and a file may have been put back. */
const OPENED_ANEW: readonly StoreFault["kind"][] = ["read-only", "unavailable", "corrupt"];

const tokenRow = z.object({ delete_token_hash: z.string() });
const watchRow = z.object({ holder: z.string(), expires_at: z.number(), state: z.string().nullable() });

export function openSqliteStore({ path, now = () => new Date() }: SqliteStoreOptions): OpenedStore {
  try {
    return { ok: true, store: storeOver(connect(path), path, now) };
  } catch (error) {
    return { ok: false, fault: faultOf(error) };
  }
}

type Connection = ReturnType<typeof statements>;

function connect(path: string): Connection {
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: LOCK_PATIENCE_MS });
  try {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF");
    if (version(database) !== MIGRATIONS.length) migrate(database);
    database.exec("PRAGMA busy_timeout = 0");
    return statements(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function version(database: DatabaseSync): number {
  return z.object({ user_version: z.number() }).parse(database.prepare("PRAGMA user_version").get()).user_version;
}

/** One process migrates; others that start at once wait for its lock and then find the work done. */
function migrate(database: DatabaseSync): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    const done = version(database);
    if (done > MIGRATIONS.length) throw new Error(`the database is of a later version of Rebound (${done}; this one knows ${MIGRATIONS.length})`);
    for (const step of MIGRATIONS.slice(done)) database.exec(step);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

function statements(database: DatabaseSync) {
  return {
    database,
    insert: database.prepare("INSERT INTO report (id, schema_version, body, delete_token_hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"),
    select: database.prepare("SELECT schema_version, body, delete_token_hash FROM report WHERE id = ? AND (expires_at IS NULL OR expires_at > ?)"),
    isThere: database.prepare("SELECT 1 FROM report WHERE id = ? AND (expires_at IS NULL OR expires_at > ?)"),
    remove: database.prepare("DELETE FROM report WHERE id = ?"),
    sweep: database.prepare("DELETE FROM report WHERE id IN (SELECT id FROM report WHERE expires_at <= ? LIMIT ?)"),
    claim: database.prepare("INSERT INTO watch (report_id, holder, expires_at) VALUES (?, ?, ?) ON CONFLICT (report_id) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at, state = CASE WHEN watch.holder = excluded.holder THEN watch.state ELSE NULL END WHERE watch.expires_at <= ? OR watch.holder = excluded.holder"),
    tell: database.prepare("UPDATE watch SET state = ? WHERE report_id = ? AND holder = ?"),
    release: database.prepare("DELETE FROM watch WHERE report_id = ? AND holder = ?"),
    watcher: database.prepare("SELECT holder, expires_at, state FROM watch WHERE report_id = ? AND expires_at > ?"),
    sweepWatches: database.prepare("DELETE FROM watch WHERE expires_at <= ?"),
  };
}

function storeOver(opened: Connection, path: string, now: () => Date): Store {
  let connection: Connection | null = opened;
  let isClosed = false;
  const drop = () => {
    if (connection?.database.isOpen === true) connection.database.close();
    connection = null;
  };
  /** Only when that succeeds is the old connection given up: what can still be read through it is worth having. */
  const openAnew = () => {
    const fresh = tried(() => connect(path));
    if (!fresh.ok) return false;
    drop();
    connection = fresh.value;
    return true;
  };
  const attempt = async <T>(work: (open: Connection) => T, patienceMs: number = LOCK_PATIENCE_MS): Promise<T | Faulty> => {
    const patience = performance.now() + patienceMs;
    for (let wasOpenedAnew = false; ; ) {
      const outcome = tried(() => {
        if (isClosed) throw new Error("the store is closed");
        return work((connection ??= connect(path)));
      });
      if (outcome.ok) return outcome.value;
      const { fault } = outcome;
      if (!wasOpenedAnew && !isClosed && OPENED_ANEW.includes(fault.kind) && openAnew()) {
        wasOpenedAnew = true;
        continue;
      }
      if (fault.kind !== "locked" || performance.now() > patience) return { status: "fault", fault };
      await wait(LOOK_EVERY_MS * (0.5 + Math.random()));
    }
  };
  const time = () => now().getTime();

  return {
    save: async (report, deleteTokenHash) =>
      attempt(({ insert, select }) => {
        const row = rowOf(report);
        const { changes } = insert.run(row.id, row.schemaVersion, row.body, deleteTokenHash, row.createdAt, row.expiresAt);
        return Number(changes) === 1 ? ({ status: "saved" } as const) : savedBefore(select.get(row.id, 0), row, deleteTokenHash);
      }),

    load: async (id) =>
      attempt(({ select }) => {
        const row = select.get(id, time());
        return row === undefined ? ({ status: "absent" } as const) : readBack(row, id);
      }),

    has: async (id) => attempt(({ isThere }) => ({ status: isThere.get(id, time()) === undefined ? "absent" : "found" }) as const),

    remove: async (id, deleteToken) =>
      attempt(({ select, remove }) => {
        const row = select.get(id, time());
        if (row === undefined) return { status: "absent" } as const;
        if (!isDeleteToken(deleteToken, tokenRow.parse(row).delete_token_hash)) return { status: "wrong-token" } as const;
        remove.run(id);
        return { status: "removed" } as const;
      }),

    removeExpired: async () => {
      let count = 0;
      for (;;) {
        const removed = await attempt(({ sweep, sweepWatches }) => {
          sweepWatches.run(time());
          return { status: "swept", count: Number(sweep.run(time(), SWEPT_AT_ONCE).changes) } as const;
        });
        if (removed.status === "fault") return removed;
        count += removed.count;
        if (removed.count < SWEPT_AT_ONCE) return { status: "swept", count };
      }
    },

    ping: async () =>
      attempt(({ database, insert }) => {
        database.exec("BEGIN IMMEDIATE");
        try {
          insert.run("ping", 1, "{}", "", time(), 0);
        } finally {
          database.exec("ROLLBACK");
        }
        return { status: "ok" } as const;
      }, PING_PATIENCE_MS),

    claimWatch: async (reportId, holder, until) =>
      attempt(({ claim, watcher }) => {
        if (Number(claim.run(reportId, holder, until.getTime(), time()).changes) === 1) return { status: "claimed" } as const;
        return { status: "held", until: new Date(watchRow.parse(watcher.get(reportId, time())).expires_at) } as const;
      }),

    tellWatch: async (reportId, holder, state) => attempt(({ tell }) => ({ status: Number(tell.run(state, reportId, holder).changes) === 1 ? "told" : "lost" }) as const),

    releaseWatch: async (reportId, holder) =>
      attempt(({ release }) => {
        release.run(reportId, holder);
        return { status: "released" } as const;
      }),

    watcherOf: async (reportId) =>
      attempt(({ watcher }) => {
        const row = watcher.get(reportId, time());
        if (row === undefined) return { status: "free" } as const;
        const { holder, expires_at, state } = watchRow.parse(row);
        return { status: "watched", holder, until: new Date(expires_at), state } as const;
      }),

    mailTests: mailTestsOver(
      sqlOver({
        run: (text, values) => attempt(({ database }) => ({ changes: Number(database.prepare(text).run(...values).changes) })),
        row: (text, values) => attempt(({ database }) => ({ row: database.prepare(text).get(...values) })),
      }),
      now,
    ),

    shared: null,

    close: async () => {
      isClosed = true;
      drop();
    },
  };
}

function tried<T>(work: () => T): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: StoreFault } {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, fault: faultOf(error) };
  }
}

/** SQLite's primary result codes, the low octet of `errcode`. */
const FAULT_KINDS: Readonly<Record<number, StoreFault["kind"]>> = { 5: "locked", 6: "locked", 8: "read-only", 11: "corrupt", 13: "disk-full", 14: "unavailable", 26: "corrupt" };
const SYSTEM_FAULT_KINDS: Readonly<Record<string, StoreFault["kind"]>> = { EACCES: "read-only", EPERM: "read-only", EROFS: "read-only", ENOSPC: "disk-full", EDQUOT: "disk-full" };

/** What SQLite or the file system threw, as a value. */
export function faultOf(error: unknown): StoreFault {
  const detail = error instanceof Error ? error.message : String(error);
  if (!(error instanceof Error)) return { kind: "unavailable", detail };
  if ("errcode" in error && typeof error.errcode === "number") return { kind: FAULT_KINDS[error.errcode & 0xff] ?? "unavailable", detail };
  if ("code" in error && typeof error.code === "string") return { kind: SYSTEM_FAULT_KINDS[error.code] ?? "unavailable", detail };
  return { kind: "unavailable", detail };
}
