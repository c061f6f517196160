/**
 * Safe in the open, against the production build: what strangers write into DNS and bounces, what they send, and what is to be seen
 * of us. The app has a DNS server, a database and a log of its own.
 */

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { reportSchema } from "../lib/diagnosis/report.ts";
import { deleteTokenHash } from "../lib/store/secrets.ts";
import { openSqliteStore } from "../lib/store/sqlite-store.ts";
import { type AppServer, startApp } from "../scripts/app-server.ts";
import { GMAIL, smtpReply } from "./bounce-texts.ts";
import { type DnsServer, startDnsServer } from "./dns-server.ts";
import { makeReport, submitForm } from "./page-helpers.ts";

/** Markup, an override that turns the line around, a terminal's escape, what is drawn as nothing. */
const NASTY = `<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>\u202egnp.exe\u2066\u200b\u001b[31m\u0007${"\u0300".repeat(20)}`;
const MARKER = "zq7marker-never-logged";
const DOMAIN = "nasty.test";

/** As the store of an earlier version left them. */
const EARLIER = ["1-oldest.json", "1-with-providers.json"].flatMap((file) => (JSON.parse(readFileSync(join(import.meta.dirname, "golden-store", file), "utf8")) as object[]).slice(0, 3)).map((report, at) => reportSchema.parse({ ...report, id: `${"B".repeat(21)}${at}` }));

let dns: DnsServer;
let app: AppServer;
test.beforeAll(async () => {
  const path = test.info().outputPath("safety.db");
  const opened = openSqliteStore({ path });
  if (!opened.ok) throw new Error(opened.fault.detail);
  for (const report of EARLIER) expect(await opened.store.save(report, deleteTokenHash(MARKER))).toEqual({ status: "saved" });
  await opened.store.close();
  dns = await startDnsServer({
    zones: [
      {
        [DOMAIN]: { TXT: [`v=spf1 include:<b>.${DOMAIN} a:${NASTY}.test -all`, NASTY, `verification=${NASTY}`], MX: [[10, `<b>mx</b>\u202e.${DOMAIN}`]], A: ["192.0.2.1"] },
        [`_dmarc.${DOMAIN}`]: { TXT: [`v=DMARC1; p=none; rua=mailto:${NASTY}@x.test; x=${NASTY}`] },
        [`s1._domainkey.${DOMAIN}`]: { TXT: [`v=DKIM1; n=${NASTY}; p=${NASTY}`] },
        [`_mta-sts.${DOMAIN}`]: { TXT: [`v=STSv1; id=${NASTY}`] },
        "25.2.0.192.in-addr.arpa": { PTR: [`<script>\u202e.${DOMAIN}`] },
        [`${MARKER}.test`]: { fail: "server-failure" },
      },
    ],
  });
  app = await startApp({ settings: { REBOUND_DNS_SERVERS: `127.0.0.1:${dns.port}`, DATABASE_URL: `file:${path}`, REBOUND_TRUST_PROXY: "1", REBOUND_LOG_LEVEL: "debug" } });
});
test.afterAll(async () => {
  await app.stop();
  await dns.close();
});

const post = (path: string, body: string, headers: Record<string, string> = {}) => fetch(`${app.url}${path}`, { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body });

/** What would reorder, hide or drive: none of it may reach a reader as it is. */
const UNSEEN = /(?![\t\n\r])[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

async function expectHarmless(page: Page): Promise<void> {
  expect(await page.evaluate(() => "harmed" in window)).toBe(false);
  expect(await page.locator("img[src=x], main script, main b:has-text('mx')").count()).toBe(0);
  for (const text of [await page.title(), await page.locator("body").innerText(), ...(await page.locator("meta[content]").evaluateAll((metas) => metas.map((meta) => meta.getAttribute("content") ?? "")))]) expect(text).not.toMatch(UNSEEN);
}

test("a bounce and a zone full of markup, overrides, escapes and invisible characters: harmless, and visible", async ({ page }) => {
  page.on("dialog", () => expect("a dialog").toBe(""));
  const bounce = `${smtpReply(GMAIL.unauthenticated(DOMAIN, "192.0.2.25"))}\n${NASTY}`.replace("unauthenticated", `unauth${NASTY}`);
  for (const input of [bounce, DOMAIN]) {
    const { id } = await makeReport(app.url, { input, sendingIp: "192.0.2.25", selectors: ["s1"] });
    for (const locale of ["en", "ja"]) {
      await page.goto(`${app.url}/${locale}/r/${id}`);
      await page.locator("main details").evaluateAll((folds) => folds.forEach((fold) => fold.setAttribute("open", "")));
      await expectHarmless(page);
      const text = await page.getByRole("main").innerText();
      for (const shown of ["[U+202E]", "[U+200B]", "[U+001B]", "<script>", "<img src=x onerror="]) expect(text, shown).toContain(shown);
    }
    const picture = await fetch((await page.locator('meta[property="og:image"]').getAttribute("content")) ?? "");
    expect([picture.status, picture.headers.get("content-type")]).toEqual([200, "image/png"]);
  }
});

test("what is refused is shown again as it was typed, and does no harm", async ({ browser }) => {
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled, locale: "en-US" });
    const page = await context.newPage();
    await page.goto(app.url);
    await submitForm(page, { input: `${NASTY} words` });
    await expect(page.getByRole("alert").filter({ hasText: /\S/ }).first()).toBeVisible();
    expect(await page.locator("img[src=x]").count()).toBe(0);
    if (javaScriptEnabled) await expectHarmless(page);
    await context.close();
  }
});

test("every kind of page asks nothing of third parties, breaks no policy of its own, and sends its headers", async ({ page }) => {
  const asked = new Set<string>();
  const complaints: string[] = [];
  // Whatever leaves the page passes here first.
  await page.route("**/*", (route) => {
    asked.add(new URL(route.request().url()).origin);
    return route.continue();
  });
  page.on("console", (message) => {
    // A page that is none is told by its status, and Chromium tells that too.
    if (message.type() === "error" && !message.text().includes("the server responded with a status of 404")) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  const { id } = await makeReport(app.url, { input: smtpReply(GMAIL.unauthenticated(DOMAIN, "192.0.2.25")) });
  const links = async (path: string, pattern: RegExp) => [...(await (await fetch(`${app.url}${path}`)).text()).matchAll(/href="(\/[^"#?]+)"/g)].map(([, href = ""]) => href).find((href) => pattern.test(href)) ?? "";
  const docs = await Promise.all([links("/docs", /\/docs\/replies\/./), links("/docs", /\/docs\/records\/./), links("/docs", /\/docs\/findings\/./)]);
  expect(docs).not.toContain("");
  const pages = ["/", "/ja", "/docs", "/docs/api", "/docs/kept", ...docs, `/r/${id}`, `/ja/r/${id}`, ...EARLIER.map((report) => `/r/${report.id}`), `/r/${id}x`, `/r/${"A".repeat(22)}`, "/nowhere", "/?problem=rate-limited&seconds=5"];
  for (const path of pages) {
    const answer = await page.goto(`${app.url}${path}`, { waitUntil: "load" });
    const headers = answer?.headers() ?? {};
    const policy = (headers["content-security-policy"] ?? "").split("; ");
    expect(policy, path).toEqual(expect.arrayContaining(["default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"]));
    expect(headers["content-security-policy"], path).not.toMatch(/unsafe-|https?:|\*/);
    expect(policy.find((part) => part.startsWith("script-src")), path).toMatch(/^script-src 'self' 'nonce-[\w-]{22,}' 'strict-dynamic'$/);
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["permissions-policy"], path).toContain("geolocation=()");
    expect(headers["referrer-policy"], path).toBe(path.includes("/r/") ? "no-referrer" : "same-origin");
    expect(headers["x-powered-by"], path).toBeUndefined();
  }
  expect([...asked]).toEqual([app.url]);
  expect(complaints).toEqual([]);
  for (const report of EARLIER) {
    await page.goto(`${app.url}/r/${report.id}`);
    await expect(page.getByRole("main"), report.verdict.cause).toContainText(report.subject.domain);
  }
});

test("HSTS where it is served by TLS, and only there", async () => {
  const script = /src="(\/_next\/[^"]+\.js)"/.exec(await (await fetch(app.url)).text())?.[1] ?? "";
  for (const path of ["/", "/api/health", `/r/${"A".repeat(22)}`, "/icon.svg", script]) {
    const plain = await fetch(`${app.url}${path}`);
    const secure = await fetch(`${app.url}${path}`, { headers: { "X-Forwarded-Proto": "https" } });
    expect(plain.headers.get("strict-transport-security"), path).toBeNull();
    expect(secure.headers.get("strict-transport-security"), path).toBe("max-age=31536000");
    expect(secure.headers.get("x-content-type-options"), path).toBe("nosniff");
  }
  expect((await fetch(`${app.url}/api/health`)).headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
});

test("nothing that changes something is taken from another site's page", async () => {
  const { id, deleteToken } = await makeReport(app.url, { input: DOMAIN });
  const cookie = `rebound-delete-${id}=${deleteToken}`;
  const form = { "Content-Type": "application/x-www-form-urlencoded", Cookie: cookie };
  const strangers: readonly Record<string, string>[] = [{ "Sec-Fetch-Site": "cross-site" }, { "Sec-Fetch-Site": "same-site" }, { Origin: "https://elsewhere.test" }, { Origin: `${app.url}.elsewhere.test` }];
  for (const from of strangers) {
    for (const [path, body] of [["/submit", `input=${DOMAIN}`], ["/submit/file", ""], ["/submit/delete", `id=${id}`], ["/submit/recheck", `id=${id}`], [`/api/diagnoses/${id}/recheck`, ""]] as const) {
      expect((await post(path, body, { ...form, ...from })).status, `${path} ${JSON.stringify(from)}`).toBe(403);
    }
    // What a page of another site may send without asking first is no JSON.
    expect((await post("/api/diagnoses", JSON.stringify({ input: DOMAIN }), { ...from, "Content-Type": "text/plain" })).status).toBe(415);
  }
  const allowed = await fetch(`${app.url}/api/diagnoses`, { method: "OPTIONS", headers: { Origin: "https://elsewhere.test", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type" } });
  expect(allowed.headers.get("access-control-allow-origin")).toBeNull();
  expect((await fetch(`${app.url}/api/diagnoses/${id}`)).status).toBe(200);
});

test("requests that no client sends are refused, and tell nothing of the inside", async () => {
  const inside = /node_modules|\.tsx?\b|\bat \w+ \(|SQLITE|ENOENT|stack/i;
  const odd = ["/%E0%A4%A", "/r/%00", "/r/..%2f..%2fetc%2fpasswd", "/en/ja/en", "/r/constructor", `/${"a".repeat(4000)}`, "/docs/findings/__proto__/constructor", "/docs/replies/..%5c..", "/?draft=__proto__", "/api/diagnoses/%00", "/api/nothing", "/_next/image?url=http%3A%2F%2F127.0.0.1%2F&w=64&q=75", "/_next/../../package.json"];
  for (const path of odd) {
    const answer = await fetch(`${app.url}${path}`, { redirect: "manual" });
    expect(answer.status, path).toBeLessThan(500);
    expect((await answer.text()).replaceAll(/<script[\s\S]*?<\/script>/g, ""), path).not.toMatch(inside);
  }
  const raw = async (text: string) => {
    const socket = connect(app.port, "localhost");
    let answer = "";
    socket.setEncoding("utf8").on("data", (part: string) => (answer += part));
    socket.on("error", () => undefined);
    socket.end(text);
    await once(socket, "close");
    return answer.split("\r\n")[0];
  };
  expect(await raw(`GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${"a".repeat(20_000)}\r\n\r\n`)).toContain(" 431 ");
  expect(await raw("NONSENSE\r\n\r\n")).toContain(" 400 ");
  expect(await raw("POST /api/diagnoses HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")).toContain(" 400 ");
});

test("nothing of a paste is in the log, whichever way it ends", async () => {
  const domain = `${MARKER}.test`;
  const reply = smtpReply(GMAIL.unauthenticated(domain, "192.0.2.25"));
  const { id } = await makeReport(app.url, { input: `${reply}\n${MARKER}@${domain}`, selectors: [MARKER], keepAddresses: true });
  const json = (value: object) => JSON.stringify(value);
  await Promise.all([
    post("/api/diagnoses", json({ input: domain }), { Accept: "application/x-ndjson" }).then((answer) => answer.text()),
    post("/api/diagnoses", json({ input: `${MARKER} words` })),
    post("/api/diagnoses", json({ input: MARKER.repeat(20_000) })),
    post("/api/diagnoses", `{"${MARKER}": `),
    post("/api/diagnoses", json({ input: domain, sendingIp: MARKER })),
    post("/api/diagnoses", json({ [MARKER]: MARKER })),
    post("/api/diagnoses", json({ input: domain }), { "Content-Type": `text/${MARKER}`, "X-Marker": MARKER, Cookie: MARKER, Authorization: MARKER }),
    post("/api/spf", json({ ip: "192.0.2.1", mailFrom: `${MARKER}@${domain}` })),
    post("/api/spf", json({ ip: MARKER, mailFrom: MARKER })),
    post("/submit", `input=${MARKER}`, { "Content-Type": "application/x-www-form-urlencoded" }),
    post("/submit", MARKER, { "Content-Type": "multipart/form-data; boundary=x" }),
    post("/submit/file", MARKER, { "Content-Type": "multipart/form-data; boundary=x" }),
    post("/submit/delete", `id=${MARKER}`, { "Content-Type": "application/x-www-form-urlencoded" }),
    post(`/api/diagnoses/${id}/recheck`, ""),
    ...[`/r/${MARKER}`, `/${MARKER}`, `/?draft=${MARKER}`, `/api/${MARKER}`, `/api/diagnoses/${MARKER}`, `/%E0%A4%A${MARKER}`, `/r/${id}?problem=${MARKER}`, `/docs?q=${MARKER}`, `/docs/replies/${MARKER}`].map((path) => fetch(`${app.url}${path}`)),
    fetch(`${app.url}/api/diagnoses/${id}`, { method: "DELETE", headers: { Authorization: `Bearer ${MARKER}` } }),
    fetch(`${app.url}/api/diagnoses`, { method: "POST", headers: { "Content-Type": "application/json" }, body: json({ input: reply }), signal: AbortSignal.timeout(5) }).catch(() => null),
  ]);
  // It does log: each request at this level.
  await expect.poll(() => app.output().match(/"event":"request"/g)?.length ?? 0).toBeGreaterThan(10);
  for (const secret of [MARKER, MARKER.toUpperCase(), id, "192.0.2.25"]) expect(app.output()).not.toContain(secret);
  expect(app.output().split("\n").filter((line) => /^\s+at |Error/.test(line))).toEqual([]);
});

test("past the ceiling of the whole server questions are not asked, and what is not asked is unknown", async () => {
  const perSecond = 5;
  const quiet = await startDnsServer({ zones: [{ "calm.test": { TXT: ["v=spf1 mx -all"], MX: [[10, "mail.calm.test"]] }, "_dmarc.calm.test": { TXT: ["v=DMARC1; p=reject"] }, "mail.calm.test": { A: ["192.0.2.10"] } }] });
  const own = await startApp({ settings: { REBOUND_DNS_SERVERS: `127.0.0.1:${quiet.port}`, REBOUND_DNS_QPS: String(perSecond) } });
  try {
    const started = performance.now();
    const answers = await Promise.all(Array.from({ length: 6 }, () => fetch(`${own.url}/api/diagnoses`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ input: "calm.test" }) })));
    const reports = await Promise.all(answers.map(async (answer) => reportSchema.parse(await answer.json())));
    // Twice as many at once after a quiet while; one more for the second that has begun.
    expect(quiet.asked.length).toBeLessThanOrEqual((3 + (performance.now() - started) / 1000) * perSecond);
    expect(quiet.asked.length).toBeGreaterThan(perSecond);
    expect(reports.some(({ dns: { answers: told } }) => told.some(({ status }) => status === "not-asked"))).toBe(true);
    for (const { findings } of reports) expect(findings.map(({ code }) => code).filter((code) => ["spf.missing", "dmarc.missing", "transport.mx-missing", "dns.no-such-domain"].includes(code))).toEqual([]);
  } finally {
    await own.stop();
    await quiet.close();
  }
});
