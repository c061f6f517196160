/** The way to PostgreSQL: a few connections, made when needed, made anew when lost; and what goes wrong on it, as values. */

import { setTimeout as wait } from "node:timers/promises";
import { Pool, type QueryResult } from "pg";
import { parsePostgresAddress } from "../environment/index.ts";
import type { Faulty, StoreFault } from "./report-store.ts";
import { codeOf, migrate, onOneConnection } from "./postgres-migrations.ts";
import { certificateFault, tlsOptions } from "./postgres-tls.ts";

/** Of each instance. Few servers allow more than 100 in all, and a statement of ours takes about a millisecond. */
const CONNECTIONS_MAX = 10;
const CONNECT_WITHIN_MS = 5000;
const ANSWER_WITHIN_MS = 5000;
const IDLE_FOR_MS = 30_000;
/** A connection that was lost while idle, or two statements that were in each other's way: said again, these succeed. */
const TRIES = 5;
/** Before the second try; twice as long before each further one, half of it by chance, so that two do not meet again. */
const PAUSE_MS = 25;

const LATE: StoreFault = { kind: "unavailable", detail: `no answer within ${ANSWER_WITHIN_MS} ms, or the database is still being given its shape` };

export type Query = (text: string, values?: readonly unknown[]) => Promise<QueryResult>;

export interface Connection {
  /** Runs `work`, once the database has its shape; what it throws becomes a fault. It may run more than once. */
  attempt<T>(work: (query: Query) => Promise<T>): Promise<T | Faulty>;
  /** The same within a transaction that leaves nothing behind. */
  rehearse<T>(work: (query: Query) => Promise<T>): Promise<T | Faulty>;
  close(): Promise<void>;
}

export function connectTo(url: string): Connection {
  let opened: Pool | null = null;
  let isClosed = false;
  /** Throws while a file that the URL names cannot be read: it may be there at the next try. */
  const pool = (): Pool => {
    if (isClosed) throw new Error("the store is closed");
    return (opened ??= openPool(url));
  };
  let isPrepared = false;
  const prepared = onceItSucceeds(async () => {
    await migrate(pool());
    isPrepared = true;
  });
  const attempt = async <T>(work: () => Promise<T>): Promise<T | Faulty> => {
    for (let tries = 1; ; tries += 1) {
      try {
        if (!isPrepared && (await soon(prepared())) === "late") return { status: "fault", fault: LATE };
        return await work();
      } catch (error) {
        if (tries >= TRIES || !isPassing(error)) return { status: "fault", fault: faultOf(error) };
        await wait(PAUSE_MS * 2 ** (tries - 1) * (0.5 + Math.random()));
      }
    }
  };
  return {
    attempt: (work) => attempt(() => work((text, values) => pool().query(text, [...(values ?? [])]))),
    rehearse: (work) =>
      attempt(() =>
        onOneConnection(pool(), async (client) => {
          await client.query("BEGIN");
          const outcome = await work((text, values) => client.query(text, [...(values ?? [])]));
          await client.query("ROLLBACK");
          return outcome;
        }),
      ),
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      await opened?.end();
    },
  };
}

function openPool(url: string): Pool {
  const read = parsePostgresAddress(url);
  if (!read.ok) throw new Error(`DATABASE_URL takes ${read.takes}`);
  const { address } = read;
  // The environment's PGSSLMODE is no setting of ours: without TLS in the URL there is none.
  const tls = address.tls === null ? { ssl: false } : tlsOptions(address.tls);
  const pool = new Pool({ connectionString: address.url, ...tls, max: CONNECTIONS_MAX, connectionTimeoutMillis: CONNECT_WITHIN_MS, query_timeout: ANSWER_WITHIN_MS, idleTimeoutMillis: IDLE_FOR_MS, keepAlive: true, application_name: "rebound" });
  // An idle connection that is lost is no fault: the next one is made when it is needed.
  pool.on("error", () => undefined);
  return pool;
}

/** What takes longer goes on, and is not waited for: a diagnosis is shown without it. */
async function soon(work: Promise<void>): Promise<"done" | "late"> {
  const giveUp = new AbortController();
  const late = wait(ANSWER_WITHIN_MS, "late" as const, { signal: giveUp.signal, ref: false }).catch(() => "late" as const);
  try {
    return await Promise.race([work.then(() => "done" as const), late]);
  } finally {
    giveUp.abort();
  }
}

/** One at a time, and after a success never again. */
function onceItSucceeds(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () =>
    (running ??= work().catch((error: unknown) => {
      running = null;
      throw error;
    }));
}

/** Serialization failures and deadlocks; the server going down or coming up; a connection that was cut. */
const PASSING = ["40001", "40003", "40P01", "57P01", "57P02", "08006", "08003", "ECONNRESET", "EPIPE"];

function isPassing(error: unknown): boolean {
  return PASSING.includes(codeOf(error)) || (error instanceof Error && /^Connection terminated(?: unexpectedly)?$/.test(error.message));
}

/** PostgreSQL's codes of errors (its manual, appendix A), whole or by their class. */
const FAULT_KINDS: readonly (readonly [RegExp, StoreFault["kind"]])[] = [
  [/^53100$/, "disk-full"],
  [/^(?:25006|42501)$/, "read-only"],
  [/^(?:55P03|57014|40P01|40001)$/, "locked"],
  [/^XX00[12]$/, "corrupt"],
];

/** What the driver threw, as a value. */
export function faultOf(error: unknown): StoreFault {
  const code = codeOf(error);
  const kind = FAULT_KINDS.find(([pattern]) => pattern.test(code))?.[1] ?? "unavailable";
  return { kind, detail: [certificateFault(code), code, messageOf(error)].filter((part) => part !== null && part !== "").join(" ") };
}

/** A name with several addresses fails by each of them, in an error that says nothing itself. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
