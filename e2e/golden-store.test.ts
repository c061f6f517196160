/**
 * Reports as earlier versions stored them: whatever is added to a report, they open for ever. `golden-store` holds some of each time at
 * which a report gained keys; none of its files is ever changed. A new schema version needs a file of the one before.
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, test } from "vitest";
import { judgeAgain } from "../lib/diagnosis/judge-again.ts";
import { type Report, reportSchema } from "../lib/diagnosis/report.ts";
import { openSqliteStore } from "../lib/store/sqlite-store.ts";
import { readBack } from "../lib/store/stored-report.ts";

const FOLDER = join(import.meta.dirname, "golden-store");
const FILES = readdirSync(FOLDER).sort();
const stored = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as readonly (Pick<Report, "schemaVersion" | "id" | "verdict" | "findings" | "fixes"> & Record<string, unknown>)[];
const folder = mkdtempSync(join(tmpdir(), "rebound-golden-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("every schema version up to today's has a file", () => {
  const versions = new Set(FILES.map((file) => Number(file.split("-")[0])));
  for (let version = 1; version <= reportSchema.shape.schemaVersion.value; version += 1) expect(versions).toContain(version);
});

describe.each(FILES)("%s", (file) => {
  test.each(stored(file).map((report, at) => [report["url"] === undefined ? at : `${at}: ${report.verdict.cause}`, report] as const))("%s opens, says what it said, and can be judged again", async (_, report) => {
    const read = readBack({ schema_version: report.schemaVersion, body: JSON.stringify(report) }, report.id);
    if (read.status !== "found") throw new Error(read.fault.detail);
    expect(read.report).toMatchObject({ verdict: report.verdict, findings: report.findings, dns: report["dns"], subject: report["subject"] });
    expect(read.report.fixes.map(({ value }) => value)).toEqual(report.fixes.map(({ value }) => value));
    expect(reportSchema.parse(JSON.parse(JSON.stringify(read.report)))).toEqual(read.report);
    const again = await judgeAgain(read.report);
    expect(reportSchema.parse(again)).toEqual(again);
    expect(again.subject.domain).toBe(read.report.subject.domain);
  });

  test("opens out of a database, too", async () => {
    const path = join(folder, `${file}.db`);
    const opened = openSqliteStore({ path });
    if (!opened.ok) throw new Error(opened.fault.detail);
    const [report] = stored(file);
    if (report === undefined) throw new Error(file);
    const database = new DatabaseSync(path);
    database.prepare("INSERT INTO report (id, schema_version, body, delete_token_hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, NULL)").run(report.id, report.schemaVersion, JSON.stringify(report), "0".repeat(64), 0);
    database.close();
    expect(await opened.store.load(report.id)).toMatchObject({ status: "found", report: { verdict: report.verdict } });
    await opened.store.close();
  });
});
