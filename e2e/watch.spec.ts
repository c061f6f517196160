/** "Watch the change" in a browser: the record is changed in the zone while the page watches. And what a report says of those before it. */

import { expect, type Page, test } from "@playwright/test";
import { reportSchema } from "../lib/diagnosis/report.ts";
import { translator } from "../lib/messages/translate.ts";
import { type WatchState, watchStateSchema } from "../lib/watch/state.ts";
import { type AppServer, startApp } from "../scripts/app-server.ts";
import { GMAIL, smtpReply } from "./bounce-texts.ts";
import { type DnsServer, startDnsServer } from "./dns-server.ts";
import { expectNoAxeFaults, expectNoSidewaysScroll, makeReport } from "./page-helpers.ts";
import { watchedZone } from "./watched-zone.ts";

const en = translator("en");
const IP = "192.0.2.140";
const DOMAIN = "cedar-joinery.test";
const BOUNCE = smtpReply(GMAIL.unauthenticated(DOMAIN, IP));
const OLD = "v=spf1 mx -all";
const WRONG = "v=spf1 mx ip4:192.0.2.141 -all";

const zone = (spf: string) => watchedZone(DOMAIN, spf, `crm.${DOMAIN}. A ${IP}\n140.2.0.192.in-addr.arpa. PTR crm.${DOMAIN}.`);

test.describe.configure({ mode: "serial" });

/** The zone's own server, and a resolver that learns of a change later. */
let own: DnsServer;
let cache: DnsServer;
let app: AppServer;

test.beforeAll(async () => {
  [own, cache] = await Promise.all([startDnsServer({ zones: zone(OLD), recursive: false }), startDnsServer({ zones: zone(OLD) })]);
  app = await startApp({
    settings: { REBOUND_DNS_SERVERS: `127.0.0.1:${cache.port}`, REBOUND_WATCH_RESOLVERS: `127.0.0.1:${cache.port}`, REBOUND_NAME_SERVER_AT: `127.0.0.1:${own.port}`, REBOUND_WATCH_INTERVAL_MS: "200" },
  });
});
test.afterAll(async () => {
  await app.stop();
  await Promise.all([own.close(), cache.close()]);
});

const card = (page: Page) => page.getByRole("region", { name: en("report.watch.heading") });
const line = (page: Page, name: string) => card(page).getByRole("listitem").filter({ hasText: name }).first();

async function watched(page: Page, id: string): Promise<void> {
  await page.goto(`${app.url}/r/${id}`);
  await card(page).getByRole("button", { name: en("report.watch.start") }).click();
}

/** As if another tab were looked at. */
async function hide(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
}

/** The states that a program is sent. */
async function* states(id: string): AsyncGenerator<WatchState> {
  const ended = new AbortController();
  const answer = await fetch(`${app.url}/api/diagnoses/${id}/watch`, { signal: ended.signal });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/event-stream; charset=utf-8"]);
  let text = "";
  try {
    for await (const chunk of answer.body ?? []) {
      text += Buffer.from(chunk).toString();
      const events = text.split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) if (event.startsWith("data: ")) yield watchStateSchema.parse(JSON.parse(event.slice(6)));
    }
  } finally {
    ended.abort();
  }
}

test("the change is seen server by server, shared by all who look, and ends in a new report", async ({ page, browser }) => {
  const { id } = await makeReport(app.url, { input: BOUNCE });
  const proposed = reportSchema.parse(await (await fetch(`${app.url}/api/diagnoses/${id}`)).json()).fixes[0]?.value ?? "";
  await watched(page, id);
  await expect(line(page, "ns1.zone-host.test")).toContainText(en("report.watch.state.old"));
  await expect(line(page, `127.0.0.1:${cache.port}`)).toContainText(en("report.watch.left.old", { time: en("report.watch.time.seconds") }));
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await expectNoAxeFaults(page);

  const colleague = await (await browser.newContext({ locale: "en-US" })).newPage();
  await watched(colleague, id);
  await expect(line(colleague, "ns1.zone-host.test")).toContainText(en("report.watch.state.old"));
  await page.reload();
  await expect(line(page, "ns1.zone-host.test")).toContainText(en("report.watch.state.old"));

  // Three look, and in a round the zone's server is asked once at most: in one that is the cache's alone, not at all.
  const asked: number[] = [];
  for await (const state of states(id)) {
    expect(state.phase).toBe("watching");
    asked.push(own.asked.filter(({ name, type }) => name === DOMAIN && type === "TXT").length);
    if (asked.length === 5) break;
  }
  // The first state is that of the round before.
  const rounds = asked.slice(2).map((count, index) => count - (asked[index + 1] ?? 0));
  expect(Math.max(...rounds)).toBe(1);

  own.serve(zone(proposed));
  await expect(line(page, "ns1.zone-host.test")).toContainText(en("report.watch.state.seen"));
  await expect(line(page, `127.0.0.1:${cache.port}`)).toContainText(en("report.watch.state.old"));
  await expect(card(page).getByRole("status")).toContainText(en("report.watch.progress", { seen: "1", all: "2" }));

  cache.serve(zone(proposed));
  const hrefs = [];
  for (const viewer of [page, colleague]) {
    await expect(card(viewer)).toContainText(en("report.watch.result.accepted", { ip: IP }));
    hrefs.push(await card(viewer).getByRole("link", { name: en("report.watch.open") }).getAttribute("href"));
  }
  expect(hrefs[0]).toBe(hrefs[1]);
  await page.reload();
  await expect(card(page)).toContainText(en("report.watch.result.accepted", { ip: IP }));
  await card(page).getByRole("link", { name: en("report.watch.open") }).click();
  await expect(page.getByRole("heading", { name: en("report.since.heading") })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(en("word.outcome.accepted"));
  const next = reportSchema.parse(await (await fetch(`${app.url}/api/diagnoses/${hrefs[0]?.split("/").at(-1) ?? ""}`)).json());
  expect([next.previous, next.verdict.outcome]).toEqual([id, "accepted"]);
  await colleague.context().close();
});

test("another record than proposed is judged, and what is still wrong is said", async ({ page }) => {
  own.serve(zone(OLD));
  cache.serve(zone(OLD));
  await page.addInitScript(() => {
    const told: string[] = [];
    class Heard extends EventTarget {
      static requestPermission = () => Promise.resolve("granted");
      constructor(_: string, { body }: { body: string }) {
        super();
        told.push(body);
      }
    }
    Object.assign(window, { Notification: Heard, told });
  });
  const { id } = await makeReport(app.url, { input: BOUNCE });
  await watched(page, id);
  await expect(line(page, "ns1.zone-host.test")).toContainText(en("report.watch.state.old"));
  await card(page).getByRole("button", { name: en("report.watch.notify") }).click();
  await expect(card(page).getByRole("button", { name: en("report.watch.notified") })).toBeVisible();
  const title = await page.title();
  await hide(page);
  expect(await page.title()).toBe(`${en("report.watch.title.watching", { seen: "0", all: "2" })} · ${title}`);
  own.serve(zone(WRONG));
  cache.serve(zone(WRONG));
  await expect(card(page)).toContainText(en("report.watch.result.refused"));
  await expect(card(page)).not.toContainText(en("report.watch.result.accepted", { ip: IP }));
  await expect(line(page, "ns1.zone-host.test")).toContainText(en("report.watch.state.other"));
  expect(await page.title()).toBe(`! ${en("report.watch.title.stillWrong")} · ${title}`);
  expect(await page.evaluate(() => ("told" in window ? window.told : null))).toEqual([expect.stringContaining(en("report.watch.result.refused"))]);
});

test("then and now: findings and records since the last check, and the checks before it", async ({ page }) => {
  own.serve(zone(OLD));
  cache.serve(zone(OLD));
  const first = await makeReport(app.url, { input: BOUNCE });
  const recheck = async (id: string) => reportSchema.parse(await (await fetch(`${app.url}/api/diagnoses/${id}/recheck`, { method: "POST" })).json());
  cache.serve(zone(WRONG));
  const second = await recheck(first.id);
  await page.goto(`${app.url}/r/${second.id}`);
  const since = page.getByRole("region", { name: en("report.since.heading") });
  await expect(since).toContainText(OLD);
  await expect(since).toContainText(WRONG);
  await expect(since.getByRole("heading", { name: en("report.since.stayed") })).toBeVisible();
  cache.serve(zone(`v=spf1 mx ip4:${IP} -all`));
  const third = await recheck(second.id);
  await page.goto(`${app.url}/r/${third.id}`);
  await expect(since.getByRole("heading", { name: en("report.since.gone") })).toBeVisible();
  await since.getByText(en("report.since.chain")).click();
  const chain = since.getByRole("listitem").filter({ has: page.locator("time") });
  await expect(chain).toContainText([en("word.outcome.accepted"), en("word.outcome.refused"), en("word.outcome.refused")]);
  expect(await chain.getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("href")))).toEqual([`/r/${second.id}`, `/r/${first.id}`]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await expectNoAxeFaults(page);
});

test("one that is gone is not watched, and the server says so", async () => {
  const answer = await fetch(`${app.url}/api/diagnoses/${"A".repeat(22)}/watch`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "application/json"]);
});
