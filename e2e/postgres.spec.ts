/** Two instances of the app over one PostgreSQL, started at the same moment over an empty database: what one knows, so does the other. */

import { join } from "node:path";
import { type APIRequestContext, expect, test } from "@playwright/test";
import { reportSchema } from "../lib/diagnosis/report.ts";
import { translator } from "../lib/messages/translate.ts";
import { type WatchState, watchStateSchema } from "../lib/watch/state.ts";
import { type AppServer, freePort, startApp } from "../scripts/app-server.ts";
import { ROOT } from "../scripts/process.ts";
import { GMAIL, smtpReply } from "./bounce-texts.ts";
import { type DnsServer, startDnsServer } from "./dns-server.ts";
import { balancer } from "./mail-server.ts";
import { makeReport, submitForm } from "./page-helpers.ts";
import { smtpClient } from "./smtp-client.ts";
import { watchedZone } from "./watched-zone.ts";
import { type PostgresServer, postgresPrograms, startPostgres } from "./postgres-server.ts";

const PER_MINUTE = 30;
const MAIL_DOMAIN = "check.rebound.test";

test.skip(postgresPrograms() === null, "SKIPPED: no PostgreSQL is installed here: the app over it is NOT TESTED.");
test.describe.configure({ mode: "serial" });

let dns: DnsServer;
let postgres: PostgresServer;
let database = "";
let one: AppServer;
let other: AppServer;
const smtpPorts: number[] = [];

test.beforeAll(async () => {
  const [startedDns, started] = await Promise.all([startDnsServer({ zones: [join(ROOT, "e2e", "zones")] }), startPostgres()]);
  if (started === null) throw new Error("there is no PostgreSQL");
  [dns, postgres] = [startedDns, started];
  database = await postgres.database();
  const settings = { DATABASE_URL: database, REBOUND_DNS_SERVERS: `127.0.0.1:${dns.port}`, REBOUND_RATE_LIMIT: String(PER_MINUTE), REBOUND_TRUST_PROXY: "1", REBOUND_MAIL_DOMAIN: MAIL_DOMAIN, REBOUND_SMTP_TRUST_PROXY: "127.0.0.1" };
  smtpPorts.push(await freePort(), await freePort());
  [one, other] = await Promise.all([startApp({ settings: { ...settings, REBOUND_SMTP_PORT: String(smtpPorts[0]) } }), startApp({ settings: { ...settings, REBOUND_SMTP_PORT: String(smtpPorts[1]) } })]);
});
test.afterAll(async () => {
  await Promise.all([one?.stop(), other?.stop()]);
  await Promise.all([dns?.close(), postgres?.close()]);
});

async function diagnose(request: APIRequestContext, app: AppServer, client: string, input = "eleven.test") {
  return request.post(`${app.url}/api/diagnoses`, { data: { input }, headers: { "X-Forwarded-For": client } });
}

test("both are well, and the database got its shape once", async ({ request }) => {
  for (const app of [one, other]) expect(await (await request.get(`${app.url}/api/health`)).json()).toMatchObject({ status: "ok", store: "ok" });
  expect(await postgres.sql(database, "SELECT version FROM rebound_schema")).toHaveLength(1);
});

test("a report that was made by the form of one opens on the other", async ({ page }) => {
  await page.goto(`${one.url}/`);
  await submitForm(page, { input: "eleven.test" });
  await page.waitForURL(/\/r\//);
  const heading = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
  const permalink = new URL(page.url()).pathname;
  expect((await page.goto(`${other.url}${permalink}`))?.status()).toBe(200);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
  await expect(page.getByRole("main")).toContainText("eleven.test");
});

test("the API: made on one, read and checked again on the other, deleted on the first", async ({ request }) => {
  const made = await diagnose(request, one, "192.0.2.10");
  expect(made.status()).toBe(201);
  const { deleteToken, ...report } = (await made.json()) as { id: string; deleteToken: string; findings: object[]; dns: object };
  const path = `/api/diagnoses/${report.id}`;
  const { id, findings, dns: questions } = report;
  expect(await (await request.get(`${other.url}${path}`)).json()).toMatchObject({ id, findings, dns: questions });
  const again = await request.post(`${other.url}${path}/recheck`);
  expect(again.status()).toBe(201);
  expect(await again.json()).toMatchObject({ previous: report.id });
  expect((await request.delete(`${other.url}${path}`, { headers: { Authorization: "Bearer wrong" } })).status()).toBe(403);
  expect((await request.delete(`${one.url}${path}`, { headers: { Authorization: `Bearer ${deleteToken}` } })).status()).toBe(204);
  for (const app of [one, other]) expect((await request.get(`${app.url}${path}`)).status()).toBe(404);
});

test("what a form could not read is shown again by the other, and cannot be read in the database", async ({ request }) => {
  const sent = await request.post(`${one.url}/submit`, { form: { input: "please help, my mail comes back" }, maxRedirects: 0 });
  expect(sent.status()).toBe(303);
  const page = await request.get(`${other.url}${sent.headers().location ?? ""}`);
  expect(await page.text()).toContain("please help, my mail comes back");
  expect(await page.text()).toContain(translator("en")("error.not-a-bounce.message"));
  const [row] = await postgres.sql(database, "SELECT encode(sealed, 'hex') AS sealed FROM sealed_draft");
  expect(Buffer.from(String(row?.sealed), "hex").toString("latin1")).toMatch(/^(?!.*my mail).{20,}$/s);
});

test("rate limits are shared: one client may ask as often as it may, wherever it asks", async ({ request }) => {
  // What cannot be read costs no diagnosis, and is counted all the same.
  const asked = await Promise.all(Array.from({ length: PER_MINUTE + 10 }, (_, index) => diagnose(request, index % 2 === 0 ? one : other, "192.0.2.20", "please help")));
  const statuses = asked.map((answer) => answer.status());
  expect(statuses.filter((status) => status === 422)).toHaveLength(PER_MINUTE);
  expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  for (const app of [one, other]) {
    const refused = await diagnose(request, app, "192.0.2.20", "please help");
    expect(refused.status()).toBe(429);
    expect(Number(refused.headers()["retry-after"])).toBeGreaterThan(0);
    expect((await diagnose(request, app, "192.0.2.21", "please help")).status()).toBe(422);
  }
});

test("a test mail: its address is made on one, the mail comes to the other, once, and both have its report", async ({ request }) => {
  const made = (await (await request.post(`${one.url}/api/test-mails`, { headers: { "X-Forwarded-For": "192.0.2.40" } })).json()) as { id: string; address: string };
  const state = async (app: AppServer) => (await (await request.get(`${app.url}/api/test-mails/${made.id}`)).json()) as { status: string; reportId: string };
  expect((await state(other)).status).toBe("waiting");
  const fronts = await Promise.all(smtpPorts.map((port) => balancer("203.0.113.20", port)));
  const delivered = async (port: number) => {
    const { client } = await smtpClient(port);
    const replies: string[] = [];
    for (const line of ["EHLO mail.eleven.test", "MAIL FROM:<kim@eleven.test>", `RCPT TO:<${made.address}>`, "DATA", "From: Kim <kim@eleven.test>\r\nSubject: Hello\r\n\r\nHello\r\n.\r\n"]) {
      replies.push(await client.say(line));
      if (!/^[23]/.test(replies.at(-1) ?? "")) break;
    }
    client.close();
    return replies.at(-1) ?? "";
  };
  try {
    expect(await delivered(fronts[1]?.port ?? 0)).toMatch(/^250/);
    for (const app of [one, other]) {
      const { status, reportId } = await state(app);
      expect(status).toBe("received");
      expect(await (await request.get(`${app.url}/api/diagnoses/${reportId}`)).json()).toMatchObject({ subject: { kind: "message", domain: "eleven.test" } });
    }
    for (const { port } of fronts) expect(await delivered(port)).toMatch(/^5/);
  } finally {
    await Promise.all(fronts.map((front) => front.close()));
  }
});

test("an instance that is killed in the midst of diagnoses loses nothing that was answered", async ({ request }) => {
  const answered: string[] = [];
  let failed = 0;
  // Each goes on until it is not answered: something is under way whenever the end comes.
  const asks = Array.from({ length: 12 }, async (_, worker) => {
    for (let turn = 0; ; turn += 1) {
      const answer = await diagnose(request, one, `198.51.100.${worker * 20 + (turn % 20)}`).catch(() => null);
      if (answer?.status() !== 201) return void (failed += 1);
      answered.push(((await answer.json()) as { id: string }).id);
    }
  });
  await expect.poll(() => answered.length, { intervals: [5] }).toBeGreaterThan(3);
  dns.setDelay(1000);
  await one.kill();
  await Promise.all(asks);
  dns.setDelay(0);
  expect(failed).toBe(12);
  for (const id of answered) expect((await request.get(`${other.url}/api/diagnoses/${id}`)).status()).toBe(200);
  // Whatever is stored is whole, also what was under way.
  for (const { id } of await postgres.sql(database, "SELECT id FROM report")) expect((await request.get(`${other.url}/api/diagnoses/${String(id)}`)).status()).toBe(200);
  expect((await diagnose(request, other, "192.0.2.30")).status()).toBe(201);
});

const WATCHED = "larch-joinery.test";
const SENDER = "192.0.2.150";

/** What a viewer is told until the watch is over, as it comes. */
function viewer(app: AppServer, id: string): { readonly told: WatchState[]; readonly over: Promise<void> } {
  const told: WatchState[] = [];
  const follow = async () => {
    const answer = await fetch(`${app.url}/api/diagnoses/${id}/watch`);
    let text = "";
    for await (const chunk of answer.body ?? []) {
      const events = (text + Buffer.from(chunk).toString()).split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) if (event.startsWith("data: ")) told.push(watchStateSchema.parse(JSON.parse(event.slice(6))));
    }
  };
  // Also when the connection breaks.
  return { told, over: follow().catch(() => undefined) };
}

test("a watch is one for both: one asks DNS, both tell, another takes over when it dies, and there is one new report", async () => {
  test.setTimeout(120_000);
  const [own, cache, place] = await Promise.all([startDnsServer({ zones: watchedZone(WATCHED, "v=spf1 mx -all"), recursive: false }), startDnsServer({ zones: watchedZone(WATCHED, "v=spf1 mx -all") }), postgres.database()]);
  const settings = { DATABASE_URL: place, REBOUND_DNS_SERVERS: `127.0.0.1:${cache.port}`, REBOUND_WATCH_RESOLVERS: `127.0.0.1:${cache.port}`, REBOUND_NAME_SERVER_AT: `127.0.0.1:${own.port}`, REBOUND_WATCH_INTERVAL_MS: "500" };
  const [first, second] = await Promise.all([startApp({ settings }), startApp({ settings })]);
  try {
    const { id } = await makeReport(first.url, { input: smtpReply(GMAIL.unauthenticated(WATCHED, SENDER)) });
    const proposed = reportSchema.parse(await (await fetch(`${second.url}/api/diagnoses/${id}`)).json()).fixes[0]?.value ?? "";
    const questions = () => own.asked.filter(({ name, type }) => name === WATCHED && type === "TXT").length;
    const before = questions();
    const here = viewer(first, id);
    await expect.poll(() => here.told.length).toBeGreaterThan(0);
    const there = viewer(second, id);
    await expect.poll(() => there.told.filter(({ askedAt }) => askedAt !== null).length, { timeout: 20_000 }).toBeGreaterThan(2);
    const rounds = new Set(here.told.map(({ askedAt }) => askedAt)).size;
    expect(rounds).toBeGreaterThan(5);
    // In each round the zone's server is asked once at most: as often as one instance asks, and not two.
    expect(questions() - before).toBeLessThanOrEqual(rounds + 1);

    const began = there.told[0]?.startedAt;
    await first.kill();
    await here.over;
    for (const server of [own, cache]) server.serve(watchedZone(WATCHED, proposed));
    await there.over;
    expect(there.told.at(-1)).toMatchObject({ phase: "done", startedAt: began, result: { outcome: "accepted" } });
    expect(await postgres.sql(place, "SELECT id FROM report")).toHaveLength(2);
  } finally {
    await Promise.all([first.stop(), second.stop()]);
    await Promise.all([own.close(), cache.close()]);
  }
});
