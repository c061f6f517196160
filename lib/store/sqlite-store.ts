/**
 * Reports in one SQLite file, through the `node:sqlite` that Node brings.
 *
 * Write-ahead log with full synchronisation: a report that was answered with 201 is there after `kill -9` and after a loss
 * of power. Several processes may share the file; each waits up to `LOCK_PATIENCE_MS` for another.
 */

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { type Report, reportSchema } from "../diagnosis/report.ts";
import { MIGRATIONS } from "./migrations.ts";
import type { Faulty, ReportStore, StoreFault } from "./report-store.ts";
import { isDeleteToken } from "./secrets.ts";

export type OpenedStore = { readonly ok: true; readonly store: ReportStore } | { readonly ok: false; readonly fault: StoreFault };

export interface SqliteStoreOptions {
  /** Made when missing, with its folder. */
  readonly path: string;
  readonly now?: () => Date;
}

/** Longer than any write takes; short enough that a request can still be answered. */
const LOCK_PATIENCE_MS = 3000;
/** One delete never holds the others up for long. */
const SWEPT_AT_ONCE = 500;

const storedRow = z.object({ schema_version: z.number(), body: z.string() });
const tokenRow = z.object({ delete_token_hash: z.string() });

export function openSqliteStore({ path, now = () => new Date() }: SqliteStoreOptions): OpenedStore {
  let database: DatabaseSync | null = null;
  try {
    mkdirSync(dirname(path), { recursive: true });
    database = new DatabaseSync(path, { timeout: LOCK_PATIENCE_MS });
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF");
    migrate(database);
    return { ok: true, store: storeOver(database, now) };
  } catch (error) {
    database?.close();
    return { ok: false, fault: faultOf(error) };
  }
}

/** One process migrates; others that start at once wait for its lock and then find the work done. */
function migrate(database: DatabaseSync): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    const done = z.object({ user_version: z.number() }).parse(database.prepare("PRAGMA user_version").get()).user_version;
    if (done > MIGRATIONS.length) throw new Error(`the database is of a later version of Rebound (${done}; this one knows ${MIGRATIONS.length})`);
    for (const step of MIGRATIONS.slice(done)) database.exec(step);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

function storeOver(database: DatabaseSync, now: () => Date): ReportStore {
  const insert = database.prepare("INSERT INTO report (id, schema_version, body, delete_token_hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)");
  const select = database.prepare("SELECT schema_version, body FROM report WHERE id = ? AND (expires_at IS NULL OR expires_at > ?)");
  const selectToken = database.prepare("SELECT delete_token_hash FROM report WHERE id = ? AND (expires_at IS NULL OR expires_at > ?)");
  const remove = database.prepare("DELETE FROM report WHERE id = ?");
  const sweep = database.prepare("DELETE FROM report WHERE id IN (SELECT id FROM report WHERE expires_at <= ? LIMIT ?)");

  return {
    save: async (report, deleteTokenHash) =>
      attempt(() => {
        const { deleteToken: _, ...kept } = report;
        insert.run(kept.id, kept.schemaVersion, JSON.stringify(kept), deleteTokenHash, Date.parse(kept.createdAt), kept.expiresAt === null ? null : Date.parse(kept.expiresAt));
        return { status: "saved" } as const;
      }),

    load: async (id) =>
      attempt(() => {
        const row = select.get(id, now().getTime());
        return row === undefined ? ({ status: "absent" } as const) : readBack(row, id);
      }),

    remove: async (id, deleteToken) =>
      attempt(() => {
        const row = selectToken.get(id, now().getTime());
        if (row === undefined) return { status: "absent" } as const;
        if (!isDeleteToken(deleteToken, tokenRow.parse(row).delete_token_hash)) return { status: "wrong-token" } as const;
        remove.run(id);
        return { status: "removed" } as const;
      }),

    removeExpired: async () =>
      attempt(() => {
        let count = 0;
        for (;;) {
          const removed = Number(sweep.run(now().getTime(), SWEPT_AT_ONCE).changes);
          count += removed;
          if (removed < SWEPT_AT_ONCE) return { status: "swept", count } as const;
        }
      }),

    ping: async () =>
      attempt(() => {
        // Takes the write lock and a look at the table, and leaves nothing behind.
        database.exec("BEGIN IMMEDIATE");
        try {
          select.get("", 0);
        } finally {
          database.exec("ROLLBACK");
        }
        return { status: "ok" } as const;
      }),

    close: () => {
      if (database.isOpen) database.close();
    },
  };
}

function readBack(row: unknown, id: string): { readonly status: "found"; readonly report: Report } | Faulty {
  const stored = storedRow.parse(row);
  // The one version so far. A later schema reads the earlier ones here.
  const report = reportSchema.safeParse(parseJson(stored.body));
  if (report.success) return { status: "found", report: report.data };
  const fields = report.error.issues.map((issue) => issue.path.join(".")).join(", ");
  return { status: "fault", fault: { kind: "corrupt", detail: `report ${id.slice(0, 6)}…, schema version ${stored.schema_version}, does not read back: ${fields || "not JSON"}` } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function attempt<T>(work: () => T): T | Faulty {
  try {
    return work();
  } catch (error) {
    return { status: "fault", fault: faultOf(error) };
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
