import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ReportStore } from "./report-store.ts";
import { sampleReport } from "./sample-report.ts";
import { deleteTokenHash, isDeleteToken, isReportId, newDeleteToken, newReportId } from "./secrets.ts";
import { faultOf, openSqliteStore } from "./sqlite-store.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rebound-store-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
const newPath = () => join(folder, `nested-${++count}`, "rebound.db");

function open(path: string, now?: () => Date): ReportStore {
  const opened = openSqliteStore(now === undefined ? { path } : { path, now });
  if (!opened.ok) throw new Error(opened.fault.detail);
  return opened.store;
}

const TOKEN = newDeleteToken();
const HASH = deleteTokenHash(TOKEN);

describe("what is saved", () => {
  test("is loaded as it was, also after the database was closed and opened again", async () => {
    const path = newPath();
    const report = sampleReport();
    const first = open(path);
    expect(await first.save(report, HASH)).toEqual({ status: "saved" });
    expect(await first.load(report.id)).toEqual({ status: "found", report });
    first.close();
    const second = open(path);
    expect(await second.load(report.id)).toEqual({ status: "found", report });
    second.close();
  });

  test("never holds the delete token", async () => {
    const path = newPath();
    const store = open(path);
    const report = sampleReport({ deleteToken: TOKEN });
    await store.save(report, HASH);
    const loaded = await store.load(report.id);
    expect(loaded.status === "found" && "deleteToken" in loaded.report).toBe(false);
    store.close();
    expect(readFileSync(path).includes(TOKEN)).toBe(false);
  });

  test("is seen by another connection at once", async () => {
    const path = newPath();
    const [one, other] = [open(path), open(path)];
    const report = sampleReport();
    await one.save(report, HASH);
    expect((await other.load(report.id)).status).toBe("found");
    one.close();
    other.close();
  });

  test("an id is used once", async () => {
    const store = open(newPath());
    const report = sampleReport();
    await store.save(report, HASH);
    expect(await store.save({ ...report, url: "https://other.example.com" }, HASH)).toMatchObject({ status: "fault", fault: { kind: "unavailable" } });
    expect(await store.load(report.id)).toEqual({ status: "found", report });
    store.close();
  });
});

test("an unknown id is absent", async () => {
  const store = open(newPath());
  expect(await store.load(newReportId())).toEqual({ status: "absent" });
  expect(await store.remove(newReportId(), TOKEN)).toEqual({ status: "absent" });
  store.close();
});

describe("deleting", () => {
  test("needs the token", async () => {
    const store = open(newPath());
    const report = sampleReport();
    await store.save(report, HASH);
    for (const wrong of ["", newDeleteToken(), HASH, `${TOKEN} `]) expect(await store.remove(report.id, wrong)).toEqual({ status: "wrong-token" });
    expect((await store.load(report.id)).status).toBe("found");
    expect(await store.remove(report.id, TOKEN)).toEqual({ status: "removed" });
    expect(await store.load(report.id)).toEqual({ status: "absent" });
    expect(await store.remove(report.id, TOKEN)).toEqual({ status: "absent" });
    store.close();
  });
});

describe("expiry", () => {
  test("an expired report is absent before it is swept, and gone after", async () => {
    const path = newPath();
    let now = new Date("2026-11-24T12:00:00.000Z");
    const store = open(path, () => now);
    const [brief, lasting] = [sampleReport({ expiresAt: "2026-11-25T12:00:00.000Z" }), sampleReport()];
    await store.save(brief, HASH);
    await store.save(lasting, HASH);
    now = new Date("2026-11-25T11:59:59.999Z");
    expect((await store.load(brief.id)).status).toBe("found");
    now = new Date("2026-11-25T12:00:00.000Z");
    expect(await store.load(brief.id)).toEqual({ status: "absent" });
    expect(await store.remove(brief.id, TOKEN)).toEqual({ status: "absent" });
    expect(await store.removeExpired()).toEqual({ status: "swept", count: 1 });
    expect(await store.removeExpired()).toEqual({ status: "swept", count: 0 });
    expect((await store.load(lasting.id)).status).toBe("found");
    store.close();
  });

  test("more than one batch is swept", async () => {
    const path = newPath();
    const store = open(path);
    store.close();
    const raw = new DatabaseSync(path);
    const insert = raw.prepare("INSERT INTO report VALUES (?, 1, '{}', '', 0, 1)");
    raw.exec("BEGIN");
    for (let i = 0; i < 1200; i++) insert.run(newReportId());
    raw.exec("COMMIT");
    raw.close();
    const again = open(path);
    expect(await again.removeExpired()).toEqual({ status: "swept", count: 1200 });
    again.close();
  });
});

describe("faults are values", () => {
  test.each([
    ["not JSON", "{"],
    ["not a report", '{"schemaVersion":1}'],
    ["of a version to come", JSON.stringify({ ...sampleReport(), schemaVersion: 2 })],
  ])("a row that is %s is corrupt", async (_, body) => {
    const path = newPath();
    const store = open(path);
    const report = sampleReport();
    await store.save(report, HASH);
    const raw = new DatabaseSync(path);
    raw.prepare("UPDATE report SET body = ? WHERE id = ?").run(body, report.id);
    raw.close();
    expect(await store.load(report.id)).toMatchObject({ status: "fault", fault: { kind: "corrupt" } });
    expect(await store.ping()).toEqual({ status: "ok" });
    store.close();
  });

  test("a file that is no database is corrupt, and is left as it was", () => {
    const path = newPath();
    mkdirSync(join(path, ".."));
    writeFileSync(path, "these are somebody's notes, ".repeat(100));
    expect(openSqliteStore({ path })).toMatchObject({ ok: false, fault: { kind: "corrupt" } });
    expect(readFileSync(path, "utf8")).toBe("these are somebody's notes, ".repeat(100));
  });

  test("a folder that cannot be made", () => {
    const path = newPath();
    mkdirSync(join(path, ".."));
    writeFileSync(path, "");
    expect(openSqliteStore({ path: join(path, "below", "rebound.db") })).toMatchObject({ ok: false, fault: { kind: "unavailable" } });
  });

  test.skipIf(process.getuid?.() === 0)("a read-only folder", () => {
    const path = newPath();
    mkdirSync(join(path, ".."), { mode: 0o500 });
    expect(openSqliteStore({ path })).toMatchObject({ ok: false });
    chmodSync(join(path, ".."), 0o700);
  });

  test("a database that another program keeps locked", { timeout: 15_000 }, async () => {
    const path = newPath();
    const store = open(path);
    const raw = new DatabaseSync(path);
    raw.exec("BEGIN IMMEDIATE");
    expect(await store.save(sampleReport(), HASH)).toMatchObject({ status: "fault", fault: { kind: "locked" } });
    raw.exec("ROLLBACK");
    raw.close();
    expect(await store.save(sampleReport(), HASH)).toEqual({ status: "saved" });
    store.close();
  });

  test("a full disk, as SQLite tells it", () => {
    const path = newPath();
    open(path).close();
    const raw = new DatabaseSync(path);
    const pages = Number(Object.values(raw.prepare("PRAGMA page_count").get() ?? {})[0]);
    raw.exec(`PRAGMA max_page_count = ${pages}`);
    const fill = () => raw.prepare("INSERT INTO report VALUES ('x', 1, ?, '', 0, NULL)").run("x".repeat(100_000));
    let fault: unknown;
    try {
      fill();
    } catch (error) {
      fault = faultOf(error);
    }
    expect(fault).toMatchObject({ kind: "disk-full" });
    raw.close();
  });

  test("a database of a later version is not touched", () => {
    const path = newPath();
    open(path).close();
    const raw = new DatabaseSync(path);
    raw.exec("PRAGMA user_version = 99");
    raw.close();
    expect(openSqliteStore({ path })).toMatchObject({ ok: false, fault: { kind: "unavailable", detail: expect.stringContaining("later version") } });
  });

  test("a closed store", async () => {
    const store = open(newPath());
    store.close();
    store.close();
    expect((await store.load(newReportId())).status).toBe("fault");
    expect((await store.ping()).status).toBe("fault");
  });
});

test("every report that was saved is there after kill -9, again and again", { timeout: 60_000 }, async () => {
  const path = newPath();
  const saved: string[] = [];
  for (let round = 0; round < 5; round++) saved.push(...(await savedUntilKilled(path, 20 + round * 13)));
  expect(saved.length).toBeGreaterThan(100);
  const store = open(path);
  for (const id of saved) expect((await store.load(id)).status).toBe("found");
  store.close();
});

/** The ids that the writer told before it was killed, in the midst of its work. */
function savedUntilKilled(path: string, afterIds: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const writer = spawn(process.execPath, [join(import.meta.dirname, "killed-writer.ts"), path], { stdio: ["ignore", "pipe", "inherit"] });
    let told = "";
    writer.stdout.setEncoding("utf8").on("data", (text: string) => {
      told += text;
      if (told.split("\n").length > afterIds) writer.kill("SIGKILL");
    });
    writer.on("error", reject);
    writer.on("close", () => resolve(told.split("\n").slice(0, -1)));
  });
}

describe("secrets", () => {
  test("ids are of 128 bits, URL-safe and all different", () => {
    const ids = Array.from({ length: 1000 }, newReportId);
    expect(new Set(ids).size).toBe(1000);
    expect(ids.every(isReportId)).toBe(true);
    expect(Buffer.from(ids[0] ?? "", "base64url").length * 8).toBeGreaterThanOrEqual(128);
  });

  test.each(["", "x", "../../../../etc/passwd", "a".repeat(23), `${"a".repeat(22)}\n`, "'; DROP TABLE report;"])("%j is no id", (text) => {
    expect(isReportId(text)).toBe(false);
  });

  test("a token fits its own hash only", () => {
    expect(isDeleteToken(TOKEN, HASH)).toBe(true);
    expect(isDeleteToken(newDeleteToken(), HASH)).toBe(false);
    expect(isDeleteToken(TOKEN, "")).toBe(false);
  });
});
