/**
 * The shape of the PostgreSQL database, as the steps that lead to it. Each runs once, in order, counted in `rebound_schema`. Never edit
 * one that was released: add another, such that instances of the version before go on working with it.
 *
 * Whoever migrates holds the row of `rebound_schema`: others that start at once wait for it, and then find the work done. A lock on a
 * row is understood by everything that speaks PostgreSQL's protocol, and lives in the transaction that holds it, so that a pooler may
 * stand between. Each step may be run again, and by two at once: CockroachDB ends the transaction, and with it the lock, where a table
 * is made (its `autocommit_before_ddl`). Each primary key is the one column that rows are looked up by, so that it can also be what they
 * are distributed by.
 */

import type { Pool, PoolClient, QueryConfig, QueryResult } from "pg";
import { z } from "zod";

const STEPS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE IF NOT EXISTS report (
       id TEXT PRIMARY KEY,
       schema_version INTEGER NOT NULL,
       body TEXT NOT NULL,
       delete_token_hash TEXT NOT NULL,
       created_at BIGINT NOT NULL,
       expires_at BIGINT
     )`,
    "CREATE INDEX IF NOT EXISTS report_by_expiry ON report (expires_at)",
    "CREATE TABLE IF NOT EXISTS watch (report_id TEXT PRIMARY KEY, holder TEXT NOT NULL, expires_at BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS request_count (name TEXT PRIMARY KEY, requests INTEGER NOT NULL, expires_at BIGINT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS request_count_by_expiry ON request_count (expires_at)",
    "CREATE TABLE IF NOT EXISTS sealed_draft (name TEXT PRIMARY KEY, sealed BYTEA NOT NULL, octets INTEGER NOT NULL, expires_at BIGINT NOT NULL)",
  ],
  [
    "CREATE TABLE IF NOT EXISTS mail_test (token_hash TEXT PRIMARY KEY, report_id TEXT NOT NULL, delete_token_hash TEXT NOT NULL, origin TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, taken_at BIGINT, judged_at BIGINT)",
    "CREATE INDEX IF NOT EXISTS mail_test_by_expiry ON mail_test (expires_at)",
  ],
  ["ALTER TABLE watch ADD COLUMN IF NOT EXISTS state TEXT"],
];

/** CockroachDB's INTEGER has 64 bits, which the driver gives as text. */
const storedVersion = z.object({ version: z.coerce.number() });

/** How long a step may take, and the wait for another's. */
const MIGRATION_MAX_MS = 120_000;
const NO_SUCH_TABLE = "42P01";

/** Throws what the database says; and when it is of a later version than this program. */
export async function migrate(pool: Pool): Promise<void> {
  await onOneConnection(pool, async (client) => {
    if (!(await isCurrent(client))) await migrateWith(client);
  });
}

/** For statements that belong together. A connection on which one failed is in an unknown state, and not used again. */
export async function onOneConnection<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // The statement that was under way tells it too; an event without a listener would end the process.
  const lost = () => undefined;
  client.on("error", lost);
  let failed = true;
  try {
    const outcome = await work(client);
    failed = false;
    return outcome;
  } finally {
    client.removeListener("error", lost);
    client.release(failed);
  }
}

/** A look without a lock: all that is needed from the second start on, and a database that may only be read allows it. */
async function isCurrent(client: PoolClient): Promise<boolean> {
  try {
    return versionIn(await client.query("SELECT version FROM rebound_schema WHERE id = 1")) === STEPS.length;
  } catch (error) {
    if (codeOf(error) === NO_SUCH_TABLE) return false;
    throw error;
  }
}

async function migrateWith(client: PoolClient): Promise<void> {
  const run = (text: string) => patiently(client, text);
  await makeTable(run);
  await run("INSERT INTO rebound_schema (id, version) VALUES (1, 0) ON CONFLICT (id) DO NOTHING");
  for (;;) {
    await run("BEGIN");
    const done = versionIn(await run("SELECT version FROM rebound_schema WHERE id = 1 FOR UPDATE"));
    const step = STEPS[done];
    for (const statement of step ?? []) await run(statement);
    if (step !== undefined) await run(`UPDATE rebound_schema SET version = ${done + 1} WHERE id = 1 AND version = ${done}`);
    await run("COMMIT");
    if (step === undefined) return;
  }
}

async function makeTable(run: (text: string) => Promise<unknown>): Promise<void> {
  try {
    await run("CREATE TABLE IF NOT EXISTS rebound_schema (id INTEGER PRIMARY KEY, version INTEGER NOT NULL)");
  } catch (error) {
    // Two that make it at the same moment: "if not exists" does not keep one of them from failing, in several ways.
    await run("SELECT version FROM rebound_schema").catch(() => {
      throw error;
    });
  }
}

function versionIn({ rows }: QueryResult): number {
  const version = rows.length === 0 ? 0 : storedVersion.parse(rows[0]).version;
  if (version > STEPS.length) throw new Error(`the database is of a later version of Rebound (${version}; this one knows ${STEPS.length})`);
  return version;
}

function patiently(client: PoolClient, text: string): Promise<QueryResult> {
  // The driver takes it with each query; its types do not know.
  const query: QueryConfig & { readonly query_timeout: number } = { text, query_timeout: MIGRATION_MAX_MS };
  return client.query(query);
}

/** The five characters by which PostgreSQL names what went wrong; or Node's name of what a connection met. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
