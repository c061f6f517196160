/** What every store promises, held against each: SQLite in a file, and a PostgreSQL of the tests' own, also with a pooler in front. */

import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backends } from "./backends.ts";
import { sampleReport } from "./sample-report.ts";
import { deleteTokenHash, newDeleteToken, newReportId } from "./secrets.ts";

const TOKEN = newDeleteToken();
const HASH = deleteTokenHash(TOKEN);
const NOON = Date.parse("2026-11-24T12:00:00.000Z");

for (const backend of backends()) {
  describe.skipIf(!backend.available)(backend.name, () => {
    beforeAll(() => backend.start());
    afterAll(() => backend.stop());
    const opened = async (now?: () => Date) => {
      const place = await backend.place();
      return { place, store: place.open(now) };
    };

    describe("what is saved", () => {
      test("is loaded as it was, also after the database was closed and opened again", async () => {
        const { place, store } = await opened();
        const report = sampleReport();
        expect(await store.save(report, HASH)).toEqual({ status: "saved" });
        expect(await store.load(report.id)).toEqual({ status: "found", report });
        expect(await store.has(report.id)).toEqual({ status: "found" });
        await store.close();
        const again = place.open();
        expect(await again.load(report.id)).toEqual({ status: "found", report });
        await again.close();
      });

      test("whatever characters it holds", async () => {
        const { store } = await opened();
        const sample = sampleReport();
        const records = ["\0", "\u{1F600} é 日本 \u202e", "\ud800 half", "'; DROP TABLE report; --", "$1 \\x00"];
        const report = sampleReport({ id: sample.id, url: sample.url, dns: { ...sample.dns, answers: sample.dns.answers.map((answer) => ({ ...answer, records })) } });
        expect(await store.save(report, HASH)).toEqual({ status: "saved" });
        expect(await store.load(report.id)).toEqual({ status: "found", report });
        await store.close();
      });

      test("never holds the delete token", async () => {
        const { place, store } = await opened();
        const report = sampleReport({ deleteToken: TOKEN });
        await store.save(report, HASH);
        const loaded = await store.load(report.id);
        expect(loaded.status === "found" && "deleteToken" in loaded.report).toBe(false);
        expect(JSON.stringify(await place.sql("SELECT * FROM report"))).not.toContain(TOKEN);
        await store.close();
      });

      test("is seen by another connection at once", async () => {
        const { place, store } = await opened();
        const other = place.open();
        const report = sampleReport();
        await store.save(report, HASH);
        expect((await other.load(report.id)).status).toBe("found");
        await store.close();
        await other.close();
      });

      test("an id is used once; the same report may be saved again", async () => {
        const { place, store } = await opened();
        const report = sampleReport();
        await store.save(report, HASH);
        expect(await store.save({ ...report, url: "https://other.example.com" }, HASH)).toMatchObject({ status: "fault", fault: { kind: "unavailable" } });
        expect(await store.save(report, deleteTokenHash("another"))).toMatchObject({ status: "fault" });
        expect(await store.save(report, HASH)).toEqual({ status: "saved" });
        expect(await store.load(report.id)).toEqual({ status: "found", report });
        expect(await place.sql("SELECT id FROM report")).toHaveLength(1);
        await store.close();
      });
    });

    test("an unknown id is absent", async () => {
      const { store } = await opened();
      expect(await store.load(newReportId())).toEqual({ status: "absent" });
      expect(await store.has(newReportId())).toEqual({ status: "absent" });
      expect(await store.remove(newReportId(), TOKEN)).toEqual({ status: "absent" });
      await store.close();
    });

    test("deleting needs the token", async () => {
      const { store } = await opened();
      const report = sampleReport();
      await store.save(report, HASH);
      for (const wrong of ["", newDeleteToken(), HASH, `${TOKEN} `]) expect(await store.remove(report.id, wrong)).toEqual({ status: "wrong-token" });
      expect((await store.load(report.id)).status).toBe("found");
      expect(await store.remove(report.id, TOKEN)).toEqual({ status: "removed" });
      expect(await store.load(report.id)).toEqual({ status: "absent" });
      expect(await store.remove(report.id, TOKEN)).toEqual({ status: "absent" });
      await store.close();
    });

    describe("expiry", () => {
      test("an expired report is absent before it is swept, and gone after", async () => {
        let now = new Date(NOON);
        const { store } = await opened(() => now);
        const [brief, lasting] = [sampleReport({ expiresAt: "2026-11-25T12:00:00.000Z" }), sampleReport()];
        await store.save(brief, HASH);
        await store.save(lasting, HASH);
        now = new Date("2026-11-25T11:59:59.999Z");
        expect((await store.load(brief.id)).status).toBe("found");
        now = new Date("2026-11-25T12:00:00.000Z");
        expect(await store.load(brief.id)).toEqual({ status: "absent" });
        expect(await store.has(brief.id)).toEqual({ status: "absent" });
        expect(await store.remove(brief.id, TOKEN)).toEqual({ status: "absent" });
        expect(await store.removeExpired()).toEqual({ status: "swept", count: 1 });
        expect(await store.removeExpired()).toEqual({ status: "swept", count: 0 });
        expect((await store.load(lasting.id)).status).toBe("found");
        await store.close();
      });

      test("more than one batch is swept", async () => {
        const { place, store } = await opened();
        await store.ping();
        const rows = Array.from({ length: 1200 }, () => `('${newReportId()}', 1, '{}', '', 0, 1)`);
        await place.sql(`INSERT INTO report (id, schema_version, body, delete_token_hash, created_at, expires_at) VALUES ${rows.join(", ")}`);
        expect(await store.removeExpired()).toEqual({ status: "swept", count: 1200 });
        await store.close();
      });
    });

    describe("faults are values", () => {
      test.each([
        ["not JSON", "{"],
        ["not a report", '{"schemaVersion":1}'],
        ["of a version to come", JSON.stringify({ ...sampleReport(), schemaVersion: 2 })],
      ])("a row that is %s is corrupt", async (_, body) => {
        const { place, store } = await opened();
        const report = sampleReport();
        await store.save(report, HASH);
        await place.sql(`UPDATE report SET body = '${body}' WHERE id = '${report.id}'`);
        expect(await store.load(report.id)).toMatchObject({ status: "fault", fault: { kind: "corrupt" } });
        expect(await store.ping()).toEqual({ status: "ok" });
        await store.close();
      });

      test("a closed store", async () => {
        const { store } = await opened();
        await store.ping();
        await store.close();
        await store.close();
        expect((await store.load(newReportId())).status).toBe("fault");
        expect((await store.ping()).status).toBe("fault");
      });

      test("asking how it is leaves nothing behind", async () => {
        const { place, store } = await opened();
        expect(await store.ping()).toEqual({ status: "ok" });
        expect(await place.sql("SELECT id FROM report")).toEqual([]);
        await store.close();
      });
    });

    test("several that open an empty database at the same moment give it its shape once", async () => {
      const place = await backend.place();
      const stores = await Promise.all(Array.from({ length: 6 }, async () => place.open()));
      expect(await Promise.all(stores.map((store) => store.ping()))).toEqual(Array.from({ length: 6 }, () => ({ status: "ok" })));
      const reports = stores.map(() => sampleReport());
      expect(await Promise.all(stores.map((store, index) => store.save(reports[index] ?? sampleReport(), HASH)))).toEqual(stores.map(() => ({ status: "saved" })));
      for (const { id } of reports) expect((await stores[0]?.load(id))?.status).toBe("found");
      await Promise.all(stores.map((store) => store.close()));
    });

    describe("a watch is one holder's until its time is up", () => {
      const until = (seconds: number) => new Date(NOON + seconds * 1000);

      test("claimed, held against others, prolonged, released", async () => {
        let now = until(0);
        const { place, store } = await opened(() => now);
        const other = place.open(() => now);
        const id = newReportId();
        expect(await store.watcherOf(id)).toEqual({ status: "free" });
        expect(await store.claimWatch(id, "one", until(60))).toEqual({ status: "claimed" });
        expect(await other.claimWatch(id, "two", until(90))).toEqual({ status: "held", until: until(60) });
        expect(await other.watcherOf(id)).toEqual({ status: "watched", holder: "one", until: until(60), state: null });
        expect(await store.claimWatch(id, "one", until(100))).toEqual({ status: "claimed" });
        expect(await other.releaseWatch(id, "two")).toEqual({ status: "released" });
        expect(await other.watcherOf(id)).toMatchObject({ status: "watched", holder: "one" });
        now = until(100);
        expect(await store.watcherOf(id)).toEqual({ status: "free" });
        expect(await other.claimWatch(id, "two", until(160))).toEqual({ status: "claimed" });
        expect(await store.claimWatch(id, "one", until(200))).toEqual({ status: "held", until: until(160) });
        expect(await other.releaseWatch(id, "two")).toEqual({ status: "released" });
        expect(await store.claimWatch(id, "one", until(200))).toEqual({ status: "claimed" });
        await store.close();
        await other.close();
      });

      test("what its holder tells, all can read: until another takes it over", async () => {
        let now = until(0);
        const { place, store } = await opened(() => now);
        const other = place.open(() => now);
        const id = newReportId();
        expect(await store.tellWatch(id, "one", "early")).toEqual({ status: "lost" });
        await store.claimWatch(id, "one", until(60));
        expect(await store.tellWatch(id, "one", '{"said":"näml\\u0000ich 😀"}')).toEqual({ status: "told" });
        expect(await other.tellWatch(id, "two", "not its own")).toEqual({ status: "lost" });
        const told = { status: "watched", holder: "one", state: '{"said":"näml\\u0000ich 😀"}' };
        expect(await other.watcherOf(id)).toEqual({ ...told, until: until(60) });
        await store.claimWatch(id, "one", until(90));
        expect(await other.watcherOf(id)).toEqual({ ...told, until: until(90) });
        now = until(90);
        expect(await other.watcherOf(id)).toEqual({ status: "free" });
        await other.claimWatch(id, "two", until(160));
        expect(await store.watcherOf(id)).toEqual({ status: "watched", holder: "two", until: until(160), state: null });
        expect(await store.tellWatch(id, "one", "too late")).toEqual({ status: "lost" });
        await store.close();
        await other.close();
      });

      test("of many that claim it at once one gets it; what ran out is swept", async () => {
        let now = until(0);
        const { place, store } = await opened(() => now);
        const id = newReportId();
        const claims = await Promise.all(Array.from({ length: 12 }, (_, holder) => store.claimWatch(id, `instance ${holder}`, until(60))));
        expect(claims.filter(({ status }) => status === "claimed")).toHaveLength(1);
        expect(claims.filter(({ status }) => status === "held")).toHaveLength(11);
        now = until(61);
        await store.removeExpired();
        expect(await place.sql("SELECT report_id FROM watch")).toEqual([]);
        await store.close();
      });
    });

    // With a pooler between it is the same server that keeps them.
    test.skipIf(backend.isPooled)("every report that was saved is there after kill -9 in the midst of 200 writes and more", { timeout: 60_000 }, async () => {
      const { place, store } = await opened();
      await store.ping();
      const saved = (await Promise.all([40, 55, 70, 85].map((afterIds) => savedUntilKilled(place.address, afterIds)))).flat();
      expect(saved.length).toBeGreaterThanOrEqual(200);
      const loaded = await Promise.all(saved.map((id) => store.load(id)));
      expect(loaded.filter(({ status }) => status !== "found")).toEqual([]);
      // What was under way when its writer was killed is there whole, or not at all.
      for (const { id } of await place.sql("SELECT id FROM report")) expect((await store.load(String(id))).status).toBe("found");
      await store.close();
    });
  });
}

/** The ids that the writer told before it was killed, in the midst of its work. */
function savedUntilKilled(address: string, afterIds: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const writer = spawn(process.execPath, [join(import.meta.dirname, "killed-writer.ts"), address], { stdio: ["ignore", "pipe", "inherit"] });
    let told = "";
    writer.stdout.setEncoding("utf8").on("data", (text: string) => {
      told += text;
      if (told.split("\n").length > afterIds) writer.kill("SIGKILL");
    });
    writer.on("error", reject);
    writer.on("close", () => resolve(told.split("\n").slice(0, -1)));
  });
}
