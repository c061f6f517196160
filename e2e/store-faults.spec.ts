/** The database fails, the diagnosis does not: it is shown, it says that it could not be saved, and it is saved later without asking DNS again. */

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { type Locale, translator } from "../lib/messages/translate.ts";
import { type AppServer, startApp } from "../scripts/app-server.ts";
import { ROOT } from "../scripts/process.ts";
import { type DnsServer, startDnsServer } from "./dns-server.ts";
import { expectNoAxeFaults, submitForm } from "./page-helpers.ts";
import { postgresPrograms, startPostgres } from "./postgres-server.ts";

let dns: DnsServer;
test.beforeAll(async () => {
  dns = await startDnsServer({ zones: [join(ROOT, "e2e", "zones")] });
});
test.afterAll(() => dns.close());

const appOver = (database: string) => startApp({ settings: { DATABASE_URL: database, REBOUND_DNS_SERVERS: `127.0.0.1:${dns.port}` } });
const ask = (request: APIRequestContext, app: AppServer) => request.post(`${app.url}/api/diagnoses`, { data: { input: "eleven.test" } });
const storeState = async (request: APIRequestContext, app: AppServer) => ((await (await request.get(`${app.url}/api/health`)).json()) as { store: string }).store;

/** By the form, with scripts: ends on the report, which says that it is not saved. */
async function shownUnsaved(page: Page, app: AppServer, locale: Locale = "en"): Promise<void> {
  const t = translator(locale);
  await page.goto(`${app.url}/${locale}`);
  await submitForm(page, { input: "eleven.test" }, locale);
  await page.waitForURL(/\/r\//);
  await expect(page.getByRole("alert").filter({ hasText: t("report.unsaved.title") })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("eleven.test");
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("");
}

async function tryAgain(page: Page, locale: Locale = "en"): Promise<void> {
  await page.getByRole("button", { name: translator(locale)("report.unsaved.save") }).click();
}

async function expectSaved(page: Page, locale: Locale = "en"): Promise<void> {
  await expect(page.getByRole("button", { name: translator(locale)("report.unsaved.save") })).toHaveCount(0);
  await expect(page.getByRole("main")).toContainText("eleven.test");
}

const reportOf = (page: Page) => new URL(page.url()).pathname.replace(/^.*\/r\//, "/api/diagnoses/");

test.describe("SQLite", () => {
  test("locked by another program, for longer than anybody waits", async ({ page, request }) => {
    const file = test.info().outputPath("rebound.db");
    const app = await appOver(`file:${file}`);
    try {
      const earlier = (await (await ask(request, app)).json()) as { id: string };
      const raw = new DatabaseSync(file);
      raw.exec("BEGIN EXCLUSIVE");
      const [refused, , plain] = await Promise.all([ask(request, app), shownUnsaved(page, app), request.post(`${app.url}/submit`, { form: { input: "eleven.test", locale: "ja" }, maxRedirects: 0 })]);

      expect(refused.status()).toBe(503);
      expect(Number(refused.headers()["retry-after"])).toBeGreaterThan(0);
      const body = (await refused.json()) as { error: object; report: { id: string; deleteToken: string } };
      expect(body).toMatchObject({ error: { code: "not-saved", message: expect.any(String), hint: expect.any(String) }, report: { subject: { domain: "eleven.test" } } });
      expect(plain.status()).toBe(303);
      expect(await (await request.get(`${app.url}${plain.headers().location ?? ""}`)).text()).toContain(translator("ja")("report.unsaved.title"));
      // What was saved before is read as ever.
      expect((await request.get(`${app.url}/api/diagnoses/${earlier.id}`)).status()).toBe(200);
      await expectNoAxeFaults(page);

      const asked = dns.asked.length;
      const token = body.report.deleteToken;
      await tryAgain(page);
      await expect(page.getByRole("alert").filter({ hasText: translator("en")("report.unsaved.still") })).toBeVisible();
      const [health] = await Promise.all([request.get(`${app.url}/api/health`), request.get(`${app.url}/api/openapi.json`)]);
      expect(health.status()).toBe(503);
      expect(await health.json()).toMatchObject({ status: "failing", store: "locked" });

      raw.exec("ROLLBACK");
      await tryAgain(page);
      await expectSaved(page);
      // Those whom nobody tries again by hand are saved by themselves.
      await expect.poll(() => storeState(request, app)).toBe("ok");
      expect(raw.prepare("SELECT id FROM report").all()).toHaveLength(4);
      expect(dns.asked.slice(asked).filter(({ name }) => name.toLowerCase().includes("eleven.test"))).toEqual([]);
      raw.close();

      await app.kill();
      const after = await appOver(`file:${file}`);
      try {
        expect((await request.get(`${after.url}${reportOf(page)}`)).status()).toBe(200);
        expect((await request.delete(`${after.url}/api/diagnoses/${body.report.id}`, { headers: { Authorization: `Bearer ${token}` } })).status()).toBe(204);
      } finally {
        await after.stop();
      }
    } finally {
      await app.stop();
    }
  });

  test("nothing more can be written to the disk", async ({ page, request }) => {
    test.skip(!existsSync("/usr/bin/prlimit"), "util-linux is not here");
    const file = test.info().outputPath("rebound.db");
    const app = await appOver(`file:${file}`);
    // The limit of what the process may write to any file: a write past it fails as it does on a full disk.
    const limit = (octets: string) => execFileSync("/usr/bin/prlimit", ["--pid", String(app.pid), `--fsize=${octets}:unlimited`]);
    try {
      const earlier = (await (await ask(request, app)).json()) as { id: string };
      limit("1");
      await shownUnsaved(page, app, "ja");
      expect((await ask(request, app)).status()).toBe(503);
      expect(await storeState(request, app)).not.toBe("ok");
      expect((await request.get(`${app.url}/api/diagnoses/${earlier.id}`)).status()).toBe(200);
      limit("unlimited");
      await tryAgain(page, "ja");
      await expectSaved(page, "ja");
      await expect.poll(() => storeState(request, app)).toBe("ok");
      const raw = new DatabaseSync(file);
      expect(raw.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
      expect(raw.prepare("SELECT id FROM report").all()).toHaveLength(3);
      raw.close();
    } finally {
      await app.stop();
    }
  });
});

test.describe("PostgreSQL", () => {
  test.skip(postgresPrograms() === null, "SKIPPED: no PostgreSQL is installed here: its faults are NOT TESTED.");

  test("full, cut off, gone, and back", async ({ page, request }) => {
    const postgres = await startPostgres();
    if (postgres === null) throw new Error("there is no PostgreSQL");
    // The app starts while there is none: diagnoses need no database.
    const database = await postgres.database();
    await postgres.halt();
    const app = await appOver(database);
    try {
      await shownUnsaved(page, app);
      expect(await storeState(request, app)).toBe("unavailable");
      await postgres.resume();
      await tryAgain(page);
      await expectSaved(page);
      const permalink = page.url();

      await postgres.sql(database, "CREATE FUNCTION full_disk() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$ LANGUAGE plpgsql; CREATE TRIGGER full_disk BEFORE INSERT ON report FOR EACH ROW EXECUTE FUNCTION full_disk()");
      const refused = await ask(request, app);
      expect(refused.status()).toBe(503);
      expect(await refused.json()).toMatchObject({ error: { code: "not-saved" } });
      await expect.poll(() => storeState(request, app)).toBe("disk-full");
      await postgres.sql(database, "DROP FUNCTION full_disk CASCADE");
      await expect.poll(() => storeState(request, app)).toBe("ok");
      expect(await postgres.sql(database, "SELECT id FROM report")).toHaveLength(2);

      await postgres.sql(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rebound'");
      expect((await ask(request, app)).status()).toBe(201);

      await postgres.halt();
      await page.goto(permalink);
      await expect(page.getByRole("heading", { name: translator("en")("report.unavailable.title") })).toBeVisible();
      expect((await request.get(`${app.url}${reportOf(page)}`)).status()).toBe(503);
      await postgres.resume();
      await page.reload();
      await expectSaved(page);
      for (const secret of ["eleven.test", reportOf(page).split("/").at(-1) ?? "", new URL(database).password]) expect(app.output()).not.toContain(secret);
    } finally {
      await app.stop();
      await postgres.close();
    }
  });
});
