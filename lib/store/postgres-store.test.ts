/** What can happen to a database server, and what instances share through it, beside what `store.test.ts` holds every store to. */

import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type PostgresServer, postgresPrograms, startPostgres } from "../../e2e/postgres-server.ts";
import type { Draft } from "./drafts.ts";
import { faultOf } from "./postgres-connection.ts";
import { openPostgresStore } from "./postgres-store.ts";
import { takeTurn } from "./rate-limit.ts";
import type { SharedState, Store } from "./report-store.ts";
import { sampleReport } from "./sample-report.ts";
import { deleteTokenHash } from "./secrets.ts";
import { keepDraft, readDraft } from "./shared-drafts.ts";

const HASH = deleteTokenHash("token");

describe.skipIf(postgresPrograms() === null)("PostgreSQL", () => {
  let server: PostgresServer;
  let url = "";
  let store: Store;
  const sql = (text: string) => server.sql(url, text);
  beforeAll(async () => {
    const started = await startPostgres();
    if (started === null) throw new Error("there is no PostgreSQL");
    server = started;
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    if (url === "") url = await server.database();
    else await server.empty(url);
    store = openPostgresStore({ url });
    expect(await store.ping()).toEqual({ status: "ok" });
    globalThis.reboundRateLimiters = undefined;
    globalThis.reboundDrafts = undefined;
    return () => store.close();
  });

  const shared = (): SharedState => {
    if (store.shared === null) throw new Error("nothing is shared");
    return store.shared;
  };
  /** Fails as a full disk does, when a row is written. */
  const FULL = "CREATE FUNCTION full_disk() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$ LANGUAGE plpgsql; CREATE TRIGGER full_disk BEFORE INSERT ON report FOR EACH ROW EXECUTE FUNCTION full_disk()";

  describe.each<[kind: string, begin: string, end: string]>([
    ["disk-full", FULL, "DROP FUNCTION full_disk CASCADE"],
    ["read-only", "ALTER SYSTEM SET default_transaction_read_only = on", "ALTER SYSTEM RESET default_transaction_read_only"],
  ])("%s", (kind, begin, end) => {
    /** `ALTER SYSTEM` stands alone, and takes effect when the server reads its settings again. */
    const each = async (text: string) => {
      if (!text.includes("SYSTEM")) return void (await sql(text));
      await sql(text);
      await sql("SELECT pg_reload_conf()");
      await expect.poll(async () => (await sql("SHOW default_transaction_read_only"))[0]?.default_transaction_read_only, { interval: 20 }).toBe(text.includes("RESET") ? "off" : "on");
    };
    test("is a value, leaves nothing half-written, and passes by itself", async () => {
      const [kept, lost] = [sampleReport(), sampleReport()];
      await store.save(kept, HASH);
      await each(begin);
      try {
        await expect.poll(() => store.save(lost, HASH), { interval: 20 }).toMatchObject({ status: "fault", fault: { kind } });
        expect(await store.ping()).toMatchObject({ status: "fault", fault: { kind } });
        expect((await store.load(kept.id)).status).toBe("found");
      } finally {
        await each(end);
      }
      await expect.poll(() => store.ping(), { interval: 20 }).toEqual({ status: "ok" });
      expect(await store.save(lost, HASH)).toEqual({ status: "saved" });
    });
  });

  test("connections that are cut are made anew, and nobody notices", async () => {
    const report = sampleReport();
    await store.save(report, HASH);
    for (let round = 0; round < 3; round++) {
      await sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rebound'");
      const answers = await Promise.all(Array.from({ length: 20 }, () => store.load(report.id)));
      expect(answers.filter(({ status }) => status !== "found")).toEqual([]);
      expect(await store.save(sampleReport(), HASH)).toEqual({ status: "saved" });
    }
  });

  test("so are those that break off without a word while something is asked on them", async () => {
    const between = await cable(Number(new URL(url).port));
    const through = openPostgresStore({ url: url.replace(/:\d+\//, `:${between.port}/`) });
    const report = sampleReport();
    expect(await through.ping()).toEqual({ status: "ok" });
    const holding = sql("BEGIN; LOCK TABLE report IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(0.6); COMMIT");
    await expect.poll(() => sql("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'"), { interval: 20 }).toHaveLength(1);
    const answers = Promise.all([through.ping(), through.save(report, HASH), through.load(report.id)]);
    await expect.poll(() => sql("SELECT 1 FROM pg_stat_activity WHERE application_name = 'rebound' AND wait_event_type = 'Lock'"), { interval: 20 }).toHaveLength(3);
    between.cut();
    expect((await answers).map(({ status }) => status)).toEqual(["ok", "saved", expect.stringMatching(/^(?:absent|found)$/)]);
    expect((await through.load(report.id)).status).toBe("found");
    await holding;
    await through.close();
    between.close();
  });

  test("a server that is gone is a value, at once; when it is back, so is everything", async () => {
    const report = sampleReport();
    await store.save(report, HASH);
    await server.halt();
    try {
      const asked = performance.now();
      expect(await store.save(sampleReport(), HASH)).toMatchObject({ status: "fault", fault: { kind: "unavailable" } });
      expect(await store.load(report.id)).toMatchObject({ status: "fault" });
      expect(performance.now() - asked).toBeLessThan(2000);
    } finally {
      await server.resume();
    }
    expect(await store.ping()).toEqual({ status: "ok" });
    expect((await store.load(report.id)).status).toBe("found");
  });

  test("a store that was opened while the server was down finds it later", async () => {
    await server.halt();
    const early = openPostgresStore({ url });
    try {
      expect(await early.ping()).toMatchObject({ status: "fault", fault: { kind: "unavailable", detail: expect.stringContaining("ECONNREFUSED") } });
    } finally {
      await server.resume();
    }
    expect(await early.save(sampleReport(), HASH)).toEqual({ status: "saved" });
    await early.close();
  });

  test("a database of a later version is not touched", async () => {
    await sql("UPDATE rebound_schema SET version = 99");
    const older = openPostgresStore({ url });
    expect(await older.save(sampleReport(), HASH)).toMatchObject({ status: "fault", fault: { kind: "unavailable", detail: expect.stringContaining("later version") } });
    expect(await sql("SELECT id FROM report")).toEqual([]);
    await older.close();
  });

  test("a migration waits for another's that is under way", async () => {
    await sql("DROP TABLE report; UPDATE rebound_schema SET version = 0");
    const second = openPostgresStore({ url });
    const holding = sql("BEGIN; SELECT version FROM rebound_schema WHERE id = 1 FOR UPDATE; CREATE TABLE report (id TEXT PRIMARY KEY, schema_version INTEGER NOT NULL, body TEXT NOT NULL, delete_token_hash TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT, mark INTEGER); SELECT pg_sleep(0.5); UPDATE rebound_schema SET version = 1; COMMIT");
    await expect.poll(() => sql("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'"), { interval: 20 }).toHaveLength(1);
    expect(await second.save(sampleReport(), HASH)).toEqual({ status: "saved" });
    // The other's table, not one of our own.
    expect(await sql("SELECT mark FROM report")).toHaveLength(1);
    await holding;
    await second.close();
  });

  test.each<[what: string, refused: number, outcome: object]>([
    ["passes after a few is not noticed", 4, { status: "saved" }],
    ["does not pass is a value", 99, { status: "fault", fault: { kind: "locked" } }],
  ])("a conflict with others' transactions that %s", async (_, refused, outcome) => {
    // What a sequence gives stays given when the transaction is rolled back.
    await sql(`CREATE SEQUENCE conflict; CREATE FUNCTION conflict() RETURNS trigger AS $$ BEGIN IF nextval('conflict') <= ${refused} THEN RAISE EXCEPTION 'restart transaction' USING ERRCODE = '40001'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql; CREATE TRIGGER conflict BEFORE INSERT ON report FOR EACH ROW EXECUTE FUNCTION conflict()`);
    expect(await store.save(sampleReport(), HASH)).toMatchObject(outcome);
    expect(await sql("SELECT last_value FROM conflict")).toEqual([{ last_value: "5" }]);
  });

  test("whole numbers of 64 bits everywhere, as CockroachDB makes them, are numbers all the same", async () => {
    await sql("ALTER TABLE rebound_schema ALTER version TYPE BIGINT, ALTER id TYPE BIGINT; ALTER TABLE report ALTER schema_version TYPE BIGINT; ALTER TABLE request_count ALTER requests TYPE BIGINT; ALTER TABLE sealed_draft ALTER octets TYPE BIGINT");
    await sql("UPDATE rebound_schema SET version = 1");
    const wide = openPostgresStore({ url });
    const report = sampleReport();
    expect(await wide.save(report, HASH)).toEqual({ status: "saved" });
    expect(await wide.load(report.id)).toEqual({ status: "found", report });
    expect(await wide.shared?.count("name", 60_000)).toMatchObject({ status: "counted", count: 1 });
    expect(await wide.shared?.keepSealed("name", new Uint8Array(3), 9_999_999_999_999)).toEqual({ status: "kept" });
    await wide.close();
  });

  test("TLS that the server has not: no connection, rather than one in clear text", async () => {
    const safe = openPostgresStore({ url: `${url}?sslmode=require` });
    expect(await safe.ping()).toEqual({ status: "fault", fault: { kind: "unavailable", detail: "The server does not support SSL connections" } });
    await safe.close();
  });

  describe("rate limits", () => {
    const turn = { purpose: "diagnosis", client: "192.0.2.1", perMinute: 5 };

    test("are shared by instances, for each purpose and client; no address is stored", async () => {
      const other = openPostgresStore({ url });
      const taken = await Promise.all(Array.from({ length: 8 }, (_, index) => takeTurn((index % 2 === 0 ? store : other).shared, turn)));
      expect(taken.filter(({ ok }) => ok)).toHaveLength(5);
      expect(await takeTurn(other.shared, { ...turn, client: "192.0.2.2" })).toEqual({ ok: true });
      expect(await takeTurn(other.shared, { ...turn, purpose: "spf" })).toEqual({ ok: true });
      expect(await takeTurn(store.shared, turn)).toMatchObject({ ok: false, retryAfterSeconds: expect.any(Number) });
      expect(JSON.stringify(await sql("SELECT * FROM request_count"))).not.toContain("192.0.2");
      await other.close();
    });

    test("begin anew when their minute is over, and leave nothing", async () => {
      let now = 1_000_000;
      const timed = openPostgresStore({ url, now: () => new Date(now) });
      const count = async () => timed.shared?.count("name", 60_000);
      expect(await count()).toEqual({ status: "counted", count: 1, endsAt: 1_060_000 });
      now += 59_999;
      expect(await count()).toEqual({ status: "counted", count: 2, endsAt: 1_060_000 });
      now += 1;
      expect(await count()).toEqual({ status: "counted", count: 1, endsAt: 1_120_000 });
      now += 60_000;
      expect(await timed.shared?.removeExpired()).toEqual({ status: "swept" });
      expect(await sql("SELECT name FROM request_count")).toEqual([]);
      await timed.close();
    });

    test("go on for each instance by itself while the database is gone: nobody is refused for that, and nobody is without limit", async () => {
      await server.halt();
      try {
        const taken = [];
        for (let i = 0; i < 7; i++) taken.push(await takeTurn(shared(), turn));
        expect(taken.map(({ ok }) => ok)).toEqual([true, true, true, true, true, false, false]);
        expect(taken.map(({ fault }) => fault?.kind ?? null)).toEqual(["unavailable", null, null, null, null, null, null]);
      } finally {
        await server.resume();
      }
    });

    test("a database that does not answer is not waited for", async () => {
      const slow: SharedState = { ...shared(), count: () => new Promise(() => undefined) };
      const asked = performance.now();
      expect(await takeTurn(slow, turn)).toMatchObject({ ok: true, fault: { kind: "unavailable" } });
      expect(await takeTurn(slow, turn)).toEqual({ ok: true });
      expect(performance.now() - asked).toBeLessThan(2500);
    });
  });

  describe("drafts", () => {
    const draft: Draft = { input: "550 5.7.26 Guten Tag, größer 日本", sendingIp: "", selectors: "", domain: "", keepAddresses: false, error: { code: "no-domain", params: { n: 1 }, ask: "domain" } };
    /** Another instance has nothing of it in its memory. */
    const asAnother = async (id: string) => {
      globalThis.reboundDrafts = undefined;
      return readDraft(shared(), id);
    };

    test("are read on another instance; what is stored tells nothing", async () => {
      const id = await keepDraft(shared(), draft);
      expect(await asAnother(id)).toEqual(draft);
      const [row] = await sql("SELECT name, sealed, octets FROM sealed_draft");
      expect(Buffer.isBuffer(row?.sealed) ? row.sealed.toString("latin1") : "5.7.26").not.toContain("5.7.26");
      expect(row?.name).not.toContain(id);
      expect(await asAnother(`${id}x`)).toBeNull();
    });

    test("what was tampered with, or has had its time, is absent", async () => {
      const id = await keepDraft(shared(), draft);
      await sql("UPDATE sealed_draft SET sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1)");
      expect(await asAnother(id)).toBeNull();
      const late = await keepDraft(shared(), draft);
      await sql("UPDATE sealed_draft SET expires_at = 1");
      expect(await asAnother(late)).toBeNull();
      await shared().removeExpired();
      expect(await sql("SELECT name FROM sealed_draft")).toEqual([]);
    });

    test("too long or too many: they stay where they are", async () => {
      const long = await keepDraft(shared(), { ...draft, input: "x".repeat(600_000) });
      expect(await readDraft(shared(), long)).not.toBeNull();
      expect(await sql("SELECT name FROM sealed_draft")).toEqual([]);
      await sql("INSERT INTO sealed_draft SELECT n::text, '', 0, 9999999999999 FROM generate_series(1, 500) AS n");
      expect(await shared().keepSealed("one more", new Uint8Array(1), 9_999_999_999_999)).toEqual({ status: "full" });
    });

    test("without the database they are read where they were left", async () => {
      await server.halt();
      try {
        const id = await keepDraft(shared(), draft);
        expect(await readDraft(shared(), id)).toEqual(draft);
      } finally {
        await server.resume();
      }
    });
  });
});

/** Between us and the server, to be cut. */
async function cable(port: number): Promise<{ readonly port: number; cut(): void; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const [from, to] of [[near, far], [far, near]] as const) {
      sockets.add(from);
      from.on("error", () => to.destroy()).on("close", () => to.destroy()).pipe(to);
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
    sockets.clear();
  };
  return {
    port: typeof address === "object" ? (address?.port ?? 0) : 0,
    cut,
    close: () => {
      cut();
      server.close();
    },
  };
}

test.each<[code: string, kind: string]>([
  ["53100", "disk-full"],
  ["25006", "read-only"],
  ["42501", "read-only"],
  ["55P03", "locked"],
  ["XX001", "corrupt"],
  ["28P01", "unavailable"],
  ["ECONNREFUSED", "unavailable"],
])("%s is %s", (code, kind) => {
  expect(faultOf(Object.assign(new Error("words"), { code }))).toEqual({ kind, detail: `${code} words` });
});

test("a name with several addresses tells what each of them said", () => {
  expect(faultOf(new AggregateError([new Error("one"), new Error("other")]))).toEqual({ kind: "unavailable", detail: "one; other" });
});
