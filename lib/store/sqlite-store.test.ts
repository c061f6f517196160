/** What can happen to a file, beside what `store.test.ts` holds every store to. */

import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Store } from "./report-store.ts";
import { sampleReport } from "./sample-report.ts";
import { deleteTokenHash } from "./secrets.ts";
import { faultOf, openSqliteStore } from "./sqlite-store.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rebound-store-"));
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
const newPath = () => join(folder, `nested-${++count}`, "rebound.db");

function open(path: string): Store {
  const opened = openSqliteStore({ path });
  if (!opened.ok) throw new Error(opened.fault.detail);
  return opened.store;
}

const HASH = deleteTokenHash("token");

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

/** Root may write everywhere: then as nobody, whose files these become. */
async function asNobody(path: string, work: () => Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  if (!isRoot) return work();
  chownSync(join(path, ".."), 65_534, 65_534);
  for (const suffix of ["", "-wal", "-shm"]) chownSync(`${path}${suffix}`, 65_534, 65_534);
  process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}

test("a file that may only be read: a value, and when it may be written again the store goes on by itself", async () => {
  const path = newPath();
  const first = open(path);
  const [kept, later] = [sampleReport(), sampleReport()];
  await first.save(kept, HASH);
  await asNobody(path, async () => {
    const files = ["", "-wal", "-shm"].map((suffix) => `${path}${suffix}`);
    for (const file of files) chmodSync(file, 0o444);
    const opened = openSqliteStore({ path });
    if (!opened.ok) throw new Error(opened.fault.detail);
    const { store } = opened;
    expect((await store.load(kept.id)).status).toBe("found");
    expect(await store.save(later, HASH)).toMatchObject({ status: "fault", fault: { kind: "read-only" } });
    expect(await store.ping()).toMatchObject({ status: "fault", fault: { kind: "read-only" } });
    for (const file of files) chmodSync(file, 0o644);
    expect(await store.save(later, HASH)).toEqual({ status: "saved" });
    expect(await store.ping()).toEqual({ status: "ok" });
    await store.close();
  });
  expect((await first.load(later.id)).status).toBe("found");
  await first.close();
});

test("a database that another program keeps locked: others are answered meanwhile, reports are read, and it goes on afterwards", { timeout: 15_000 }, async () => {
  const path = newPath();
  const store = open(path);
  const [kept, waiting] = [sampleReport(), sampleReport()];
  await store.save(kept, HASH);
  const raw = new DatabaseSync(path);
  raw.exec("BEGIN EXCLUSIVE");
  const asked = performance.now();
  const saving = store.save(sampleReport(), HASH);
  expect((await store.load(kept.id)).status).toBe("found");
  expect(performance.now() - asked).toBeLessThan(500);
  expect(await saving).toMatchObject({ status: "fault", fault: { kind: "locked" } });
  const patient = store.save(waiting, HASH);
  raw.exec("ROLLBACK");
  expect(await patient).toEqual({ status: "saved" });
  raw.close();
  await store.close();
});

test("a full disk: a value, nothing half-written, and it goes on when there is room", async () => {
  const path = newPath();
  const store = open(path);
  const kept = sampleReport();
  await store.save(kept, HASH);
  const raw = new DatabaseSync(path);
  const pages = Number(Object.values(raw.prepare("PRAGMA page_count").get() ?? {})[0]);
  raw.exec(`PRAGMA max_page_count = ${pages}`);
  const fill = raw.prepare("INSERT INTO report VALUES ('x', 1, ?, '', 0, NULL)");
  let fault: unknown;
  try {
    fill.run("x".repeat(100_000));
  } catch (error) {
    fault = faultOf(error);
  }
  expect(fault).toMatchObject({ kind: "disk-full" });
  expect(raw.prepare("SELECT id FROM report").all()).toHaveLength(1);
  expect(raw.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
  raw.exec("PRAGMA max_page_count = 1000000");
  fill.run("x".repeat(100_000));
  raw.close();
  expect((await store.load(kept.id)).status).toBe("found");
  await store.close();
});

test("a database that was put back from a backup is opened anew", async () => {
  const path = newPath();
  const store = open(path);
  const report = sampleReport();
  await store.save(report, HASH);
  await store.close();
  renameSync(path, `${path}.backup`);
  writeFileSync(path, "not a database ".repeat(100));
  const damaged = openSqliteStore({ path });
  expect(damaged).toMatchObject({ ok: false, fault: { kind: "corrupt" } });
  renameSync(`${path}.backup`, path);
  const again = open(path);
  expect((await again.load(report.id)).status).toBe("found");
  await again.close();
});

test("a database of a later version is not touched", async () => {
  const path = newPath();
  await open(path).close();
  const raw = new DatabaseSync(path);
  raw.exec("PRAGMA user_version = 99");
  raw.close();
  expect(openSqliteStore({ path })).toMatchObject({ ok: false, fault: { kind: "unavailable", detail: expect.stringContaining("later version") } });
});

test("a database of the first version gets what came since, and keeps its reports", async () => {
  const path = newPath();
  const report = sampleReport();
  const first = open(path);
  await first.save(report, HASH);
  await first.close();
  const raw = new DatabaseSync(path);
  raw.exec("DROP TABLE watch; DROP TABLE mail_test; PRAGMA user_version = 1");
  raw.close();
  const store = open(path);
  expect((await store.load(report.id)).status).toBe("found");
  expect(await store.claimWatch(report.id, "one", new Date(Date.now() + 1000))).toEqual({ status: "claimed" });
  await store.close();
});
