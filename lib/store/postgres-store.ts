/**
 * Everything in a PostgreSQL, or in what speaks its protocol: one statement for each deed, none of them particular to one server, and
 * no statement prepared by name, so that a pooler may stand between. A report is "saved" when the server has committed it.
 *
 * Times come from the instances' own clocks, as numbers: statements that call a clock cannot be distributed everywhere.
 */

import { z } from "zod";
import { mailTestsOver } from "./mail-tests.ts";
import { connectTo } from "./postgres-connection.ts";
import type { Faulty, SharedState, Store } from "./report-store.ts";
import { isDeleteToken } from "./secrets.ts";
import { sqlOver } from "./sql-over.ts";
import { readBack, rowOf, savedBefore } from "./stored-report.ts";

export interface PostgresStoreOptions {
  /** `postgres://…`, as `parsePostgresAddress` takes it. */
  readonly url: string;
  readonly now?: () => Date;
}

const SWEPT_AT_ONCE = 500;
/** Of all instances: drafts are a courtesy, and anybody may leave one. */
const DRAFTS_MAX = 500;
const DRAFT_OCTETS_MAX = 32 * 1024 * 1024;

const tokenRow = z.object({ delete_token_hash: z.string() });
/** The driver gives whole numbers of 64 bits as text; to CockroachDB every INTEGER is one. */
const watchRow = z.object({ holder: z.string(), expires_at: z.coerce.number(), state: z.string().nullable() });
const countRow = z.object({ requests: z.coerce.number(), expires_at: z.coerce.number() });
const roomRow = z.object({ drafts: z.coerce.number(), octets: z.coerce.number() });
const sealedRow = z.object({ sealed: z.instanceof(Uint8Array) });

const INSERT = "INSERT INTO report (id, schema_version, body, delete_token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING";
const SELECT = "SELECT schema_version, body, delete_token_hash FROM report WHERE id = $1 AND (expires_at IS NULL OR expires_at > $2)";

/** Connects at its first use: a server that is down now may be up then. */
export function openPostgresStore({ url, now = () => new Date() }: PostgresStoreOptions): Store {
  const { attempt, rehearse, close } = connectTo(url);
  const time = () => now().getTime();
  return {
    save: async (report, deleteTokenHash) => {
      const row = rowOf(report);
      return attempt(async (query): Promise<{ readonly status: "saved" } | Faulty> => {
        const { rowCount } = await query(INSERT, [row.id, row.schemaVersion, row.body, deleteTokenHash, row.createdAt, row.expiresAt]);
        return rowCount === 1 ? { status: "saved" } : savedBefore((await query(SELECT, [row.id, 0])).rows[0], row, deleteTokenHash);
      });
    },

    load: async (id) =>
      attempt(async (query) => {
        const { rows } = await query(SELECT, [id, time()]);
        return rows.length === 0 ? ({ status: "absent" } as const) : readBack(rows[0], id);
      }),

    has: async (id) =>
      attempt(async (query) => {
        const { rows } = await query("SELECT 1 FROM report WHERE id = $1 AND (expires_at IS NULL OR expires_at > $2)", [id, time()]);
        return { status: rows.length === 0 ? "absent" : "found" } as const;
      }),

    remove: async (id, deleteToken) =>
      attempt(async (query) => {
        const { rows } = await query(SELECT, [id, time()]);
        if (rows.length === 0) return { status: "absent" } as const;
        if (!isDeleteToken(deleteToken, tokenRow.parse(rows[0]).delete_token_hash)) return { status: "wrong-token" } as const;
        await query("DELETE FROM report WHERE id = $1", [id]);
        return { status: "removed" } as const;
      }),

    removeExpired: async () => {
      let count = 0;
      for (;;) {
        const removed = await attempt(async (query) => {
          await query("DELETE FROM watch WHERE expires_at <= $1", [time()]);
          const { rowCount } = await query(`DELETE FROM report WHERE id IN (SELECT id FROM report WHERE expires_at <= $1 ORDER BY id LIMIT ${SWEPT_AT_ONCE})`, [time()]);
          return { status: "swept", count: rowCount ?? 0 } as const;
        });
        if (removed.status === "fault") return removed;
        count += removed.count;
        if (removed.count < SWEPT_AT_ONCE) return { status: "swept", count };
      }
    },

    ping: async () =>
      rehearse(async (query) => {
        await query(INSERT, ["ping", 1, "{}", "", time(), 0]);
        return { status: "ok" } as const;
      }),

    claimWatch: async (reportId, holder, until) =>
      attempt(async (query) => {
        const { rowCount } = await query(
          "INSERT INTO watch (report_id, holder, expires_at) VALUES ($1, $2, $3) ON CONFLICT (report_id) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at, state = CASE WHEN watch.holder = excluded.holder THEN watch.state ELSE NULL END WHERE watch.expires_at <= $4 OR watch.holder = excluded.holder",
          [reportId, holder, until.getTime(), time()],
        );
        if (rowCount === 1) return { status: "claimed" } as const;
        const { rows } = await query("SELECT holder, expires_at, state FROM watch WHERE report_id = $1", [reportId]);
        // Released in this moment: whoever asks again gets it.
        return { status: "held", until: new Date(rows.length === 0 ? time() : watchRow.parse(rows[0]).expires_at) } as const;
      }),

    tellWatch: async (reportId, holder, state) =>
      attempt(async (query) => {
        const { rowCount } = await query("UPDATE watch SET state = $1 WHERE report_id = $2 AND holder = $3", [state, reportId, holder]);
        return { status: rowCount === 1 ? "told" : "lost" } as const;
      }),

    releaseWatch: async (reportId, holder) =>
      attempt(async (query) => {
        await query("DELETE FROM watch WHERE report_id = $1 AND holder = $2", [reportId, holder]);
        return { status: "released" } as const;
      }),

    watcherOf: async (reportId) =>
      attempt(async (query) => {
        const { rows } = await query("SELECT holder, expires_at, state FROM watch WHERE report_id = $1 AND expires_at > $2", [reportId, time()]);
        if (rows.length === 0) return { status: "free" } as const;
        const { holder, expires_at, state } = watchRow.parse(rows[0]);
        return { status: "watched", holder, until: new Date(expires_at), state } as const;
      }),

    mailTests: mailTestsOver(
      sqlOver({
        run: (text, values) => attempt(async (query) => ({ changes: (await query(numbered(text), [...values])).rowCount ?? 0 })),
        row: (text, values) => attempt(async (query) => ({ row: (await query(numbered(text), [...values])).rows[0] })),
      }),
      now,
    ),

    shared: sharedOver(attempt, time),
    close,
  };
}

/** "?" for values, as every other database has it, in PostgreSQL's own words. */
function numbered(text: string): string {
  let place = 0;
  return text.replace(/\?/g, () => `$${(place += 1)}`);
}

function sharedOver(attempt: ReturnType<typeof connectTo>["attempt"], time: () => number): SharedState {
  return {
    count: async (key, windowMs) =>
      attempt(async (query) => {
        const { rows } = await query(
          `INSERT INTO request_count (name, requests, expires_at) VALUES ($1, 1, $2) ON CONFLICT (name) DO UPDATE SET
             requests = CASE WHEN request_count.expires_at <= $3 THEN 1 ELSE request_count.requests + 1 END,
             expires_at = CASE WHEN request_count.expires_at <= $3 THEN excluded.expires_at ELSE request_count.expires_at END
           RETURNING requests, expires_at`,
          [key, time() + windowMs, time()],
        );
        const { requests, expires_at } = countRow.parse(rows[0]);
        return { status: "counted", count: requests, endsAt: expires_at } as const;
      }),

    keepSealed: async (name, sealed, until) =>
      attempt(async (query) => {
        const room = roomRow.parse((await query("SELECT count(*) AS drafts, coalesce(sum(octets), 0) AS octets FROM sealed_draft WHERE expires_at > $1", [time()])).rows[0]);
        if (room.drafts >= DRAFTS_MAX || room.octets + sealed.length > DRAFT_OCTETS_MAX) return { status: "full" } as const;
        await query("INSERT INTO sealed_draft (name, sealed, octets, expires_at) VALUES ($1, $2, $3, $4) ON CONFLICT (name) DO NOTHING", [name, Buffer.from(sealed), sealed.length, until]);
        return { status: "kept" } as const;
      }),

    readSealed: async (name) =>
      attempt(async (query) => {
        const { rows } = await query("SELECT sealed FROM sealed_draft WHERE name = $1 AND expires_at > $2", [name, time()]);
        return rows.length === 0 ? ({ status: "absent" } as const) : ({ status: "found", sealed: sealedRow.parse(rows[0]).sealed } as const);
      }),

    removeExpired: async () =>
      attempt(async (query) => {
        await query("DELETE FROM sealed_draft WHERE expires_at <= $1", [time()]);
        await query("DELETE FROM request_count WHERE expires_at <= $1", [time()]);
        await query("DELETE FROM watch WHERE expires_at <= $1", [time()]);
        return { status: "swept" } as const;
      }),
  };
}
