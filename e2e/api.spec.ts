/** The contract for programs, against the production build and a real DNS server. */

import { readFileSync } from "node:fs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { type Report, reportSchema } from "../lib/diagnosis/report.ts";
import { startApp } from "../scripts/app-server.ts";
import { deliveryReport, GMAIL, smtpReply } from "./bounce-texts.ts";

const BOUNCE = smtpReply(GMAIL.unauthenticated("millstone-bakery.test", "192.0.2.11"));
const dnsSettings = { REBOUND_DNS_SERVERS: process.env.REBOUND_E2E_DNS ?? "" };

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body: typeof body === "string" ? body : JSON.stringify(body) });

test.describe("POST /api/diagnoses", () => {
  test("201, Location, a report of the contract's shape that is stored and can be read, rechecked and deleted", async ({ baseURL }) => {
    const answer = await post(`${baseURL}/api/diagnoses`, { input: BOUNCE });
    expect(answer.status).toBe(201);
    const report = reportSchema.parse(await answer.json());
    expect(answer.headers.get("location")).toBe(`/r/${report.id}`);
    expect(report.url).toBe(`${baseURL}/r/${report.id}`);
    expect(Buffer.from(report.id, "base64url").length).toBeGreaterThanOrEqual(16);
    expect(report.deleteToken).toBeTruthy();
    expect(report.verdict).toEqual({ outcome: "refused", cause: "spf.missing" });

    const stored = await fetch(`${baseURL}/api/diagnoses/${report.id}`);
    expect(stored.status).toBe(200);
    const { deleteToken, ...rest } = report;
    expect(await stored.json()).toEqual(rest);

    const again = await fetch(`${baseURL}/api/diagnoses/${report.id}/recheck`, { method: "POST" });
    expect(again.status).toBe(201);
    const rechecked = reportSchema.parse(await again.json());
    expect(rechecked.previous).toBe(report.id);
    expect(rechecked.subject).toEqual(report.subject);
    expect(rechecked.verdict).toEqual(report.verdict);
    expect(rechecked.fixes).toEqual(report.fixes);
    expect(rechecked.changed).toMatchObject({ outcomeBefore: "refused", gone: [], come: [], records: [] });

    const remove = (token?: string) => fetch(`${baseURL}/api/diagnoses/${report.id}`, { method: "DELETE", headers: token === undefined ? {} : { Authorization: `Bearer ${token}` } });
    expect((await remove()).status).toBe(401);
    expect((await remove("wrong")).status).toBe(403);
    expect((await remove(deleteToken)).status).toBe(204);
    expect((await fetch(`${baseURL}/api/diagnoses/${report.id}`)).status).toBe(404);
    expect((await fetch(`${baseURL}/r/${report.id}`)).status).toBe(404);
  });

  test("as events, a line each, the last one the report", async ({ baseURL }) => {
    const answer = await post(`${baseURL}/api/diagnoses`, { input: BOUNCE }, { Accept: "application/x-ndjson" });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toContain("application/x-ndjson");
    const events = (await answer.text()).trim().split("\n").map((line) => JSON.parse(line) as { event: string; step?: string; report?: Report });
    expect(events.some(({ event }) => event === "subject")).toBe(true);
    for (const step of ["reading", "spf", "dkim", "dmarc", "transport", "judging"]) expect(events.some((one) => one.event === "progress" && one.step === step), step).toBe(true);
    for (const kind of ["area", "score"]) expect(events.filter(({ event }) => event === kind).length, kind).toBe(4);
    expect(events.at(-1)?.event).toBe("report");
    reportSchema.parse(events.at(-1)?.report);
  });

  const REFUSED: [what: string, status: number, code: string, body: string, headers?: Record<string, string>][] = [
    ["not JSON", 400, "bad-json", "{"],
    ["not of the shape", 400, "bad-request", JSON.stringify({ text: "a" })],
    ["another media type", 415, "unsupported-media-type", "input=a", { "Content-Type": "application/x-www-form-urlencoded" }],
    ["300 KiB", 413, "too-large", JSON.stringify({ input: "a".repeat(300 * 1024) })],
    ["empty", 422, "empty", JSON.stringify({ input: "" })],
    ["blanks", 422, "empty", JSON.stringify({ input: " \n\t　 " })],
    ["binary", 422, "binary", JSON.stringify({ input: "\u0000\u0001\u0002PK\u0003\u0004\u0000" })],
    ["an address of a machine", 422, "ip-address", JSON.stringify({ input: "192.0.2.1" })],
    ["a top-level domain", 422, "public-suffix", JSON.stringify({ input: "com" })],
    ["a public suffix", 422, "public-suffix", JSON.stringify({ input: "co.jp" })],
    ["localhost", 422, "private-name", JSON.stringify({ input: "localhost" })],
    ["a .local name", 422, "private-name", JSON.stringify({ input: "printer.local" })],
    ["a bounce without a domain", 422, "no-domain", JSON.stringify({ input: "550 5.7.26 This mail is unauthenticated, which poses a security risk to the sender and Gmail users, and has been blocked. x1-20020a - gsmtp" })],
    ["an invalid sendingIp", 422, "invalid-ip", JSON.stringify({ input: "linden-clinic.test", sendingIp: "192.0.2.300" })],
    ["words", 422, "not-a-bounce", JSON.stringify({ input: "my mail does not arrive, please help" })],
  ];
  for (const [what, status, code, body, headers] of REFUSED) {
    test(`${what}: ${status} ${code}, in both languages`, async ({ baseURL }) => {
      const said = await Promise.all(
        ["en", "ja"].map(async (language) => {
          const answer = await post(`${baseURL}/api/diagnoses`, body, { ...headers, "Accept-Language": language });
          expect(answer.status).toBe(status);
          const { error } = (await answer.json()) as { error: { code: string; message: string; hint: string } };
          expect(error.code).toBe(code);
          expect(error.message).not.toContain("error.");
          expect(error.hint.length).toBeGreaterThan(5);
          return error.message;
        }),
      );
      expect(said[0]).not.toBe(said[1]);
      expect(said[1]).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
    });
  }

  const READ: [input: string, domain: string][] = [
    ["linden-clinic.test.", "linden-clinic.test"],
    ["http://linden-clinic.test:8080/a/b?c=d@e", "linden-clinic.test"],
    ["Front Desk <desk@linden-clinic.test>", "linden-clinic.test"],
    ["例え.テスト", "xn--r8jz45g.xn--zckzah"],
    ["LINDEN-CLINIC.TEST", "linden-clinic.test"],
  ];
  for (const [input, domain] of READ) {
    test(`${input} is read as ${domain}`, async ({ baseURL }) => {
      const answer = await post(`${baseURL}/api/diagnoses`, { input });
      expect(answer.status).toBe(201);
      expect(reportSchema.parse(await answer.json()).subject.domain).toBe(domain);
    });
  }
});

test("POST /api/spf is check_host()", async ({ baseURL }) => {
  const CASES: [ip: string, mailFrom: string, result: string][] = [
    ["192.0.2.10", "practice@linden-clinic.test", "pass"],
    ["192.0.2.140", "info@cedar-joinery.test", "fail"],
    ["192.0.2.11", "info@millstone-bakery.test", "none"],
    ["203.0.113.5", "info@harbour-books.test", "permerror"],
    ["192.0.2.40", "info@violet-pharmacy.test", "temperror"],
  ];
  for (const [ip, mailFrom, result] of CASES) {
    const answer = await post(`${baseURL}/api/spf`, { ip, mailFrom });
    expect(answer.status).toBe(200);
    const said = (await answer.json()) as { result: string; tree: { domain: string } };
    expect(said.result, mailFrom).toBe(result);
    expect(said.tree.domain).toBe(mailFrom.split("@")[1]);
  }
  expect((await post(`${baseURL}/api/spf`, { ip: "nonsense", mailFrom: "a@linden-clinic.test" })).status).toBe(422);
});

test("health, and a description of the API by itself", async ({ baseURL }) => {
  const health = await fetch(`${baseURL}/api/health`);
  expect(health.status).toBe(200);
  expect(await health.json()).toEqual({ status: "ok", dns: "ok", store: "ok" });
  const document = (await (await fetch(`${baseURL}/api/openapi.json`)).json()) as { openapi: string; paths: object };
  expect(document.openapi).toMatch(/^3\.1/);
  expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(["/api/diagnoses", "/api/diagnoses/{id}", "/api/diagnoses/{id}/recheck", "/api/spf", "/api/health"]));
});

test.describe("with an app of its own", () => {
  test("429 with Retry-After past the limit; another purpose has its own count", async () => {
    const app = await startApp({ settings: { ...dnsSettings, REBOUND_RATE_LIMIT: "2" } });
    try {
      const ask = () => post(`${app.url}/api/diagnoses`, { input: "linden-clinic.test" });
      expect((await ask()).status).toBe(201);
      expect((await ask()).status).toBe(201);
      const refused = await ask();
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await post(`${app.url}/api/spf`, { ip: "192.0.2.10", mailFrom: "a@linden-clinic.test" })).status).toBe(200);
    } finally {
      await app.stop();
    }
  });

  test("health names the part that fails", async () => {
    const app = await startApp({ settings: { REBOUND_DNS_SERVERS: "127.0.0.1:9" } });
    try {
      const health = await fetch(`${app.url}/api/health`);
      expect(health.status).toBe(503);
      expect(await health.json()).toEqual({ status: "failing", dns: "no-answer", store: "ok" });
    } finally {
      await app.stop();
    }
  });

  test("every report that was answered 201 is there after kill -9, and no mailbox, subject or body is in the database", async () => {
    const folder = mkdtempSync(join(tmpdir(), "rebound-e2e-"));
    const settings = { ...dnsSettings, DATABASE_URL: `file:${join(folder, "kept.db")}` };
    try {
      const input = deliveryReport({
        host: "mail.linden-clinic.test",
        to: "secret.recipient+tag@gmail.com",
        refusal: GMAIL.unauthenticated("linden-clinic.test", "192.0.2.10"),
        returned: ["Return-Path: <hidden.sender@linden-clinic.test>", "From: Secret Person <hidden.sender@linden-clinic.test>", "To: secret.recipient+tag@gmail.com", "Subject: Confidential results enclosed", "Date: Tue, 24 Nov 2026 09:41:04 +0000"],
      });
      const first = await startApp({ settings });
      const ids: string[] = [];
      let killed = false;
      const asking = (async () => {
        while (!killed && ids.length < 60) {
          const answer = await post(`${first.url}/api/diagnoses`, { input }).catch(() => null);
          if (answer?.status === 201) ids.push(((await answer.json().catch(() => null)) as Report | null)?.id ?? "");
        }
      })();
      await expect.poll(() => ids.length).toBeGreaterThan(5);
      killed = true;
      await first.kill();
      await asking;
      const second = await startApp({ settings });
      for (const id of ids.filter((one) => one !== "")) expect((await fetch(`${second.url}/api/diagnoses/${id}`)).status, id).toBe(200);
      const output = `${first.output()}${second.output()}`;
      await second.stop();
      const kept = ["kept.db", "kept.db-wal"].map((name) => { try { return readFileSync(join(folder, name), "latin1"); } catch { return ""; } }).join("");
      expect(kept).toContain("linden-clinic.test");
      for (const secret of ["hidden.sender", "secret.recipient", "Secret Person", "Confidential results"]) {
        expect(kept.includes(secret), `${secret} in the database`).toBe(false);
        expect(output.includes(secret), `${secret} in the log`).toBe(false);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("a setting that cannot be used stops the server with one line", async () => {
    const failure = await startApp({ settings: { REBOUND_REPORT_DAYS: "soon" } }).then(
      async (app) => {
        await app.stop();
        return "it started";
      },
      (error: unknown) => String(error),
    );
    expect(failure).toContain('REBOUND_REPORT_DAYS is "soon"; it takes a whole number');
  });
});
