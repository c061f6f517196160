/** A report's page is drawn once for many: each still gets a nonce of their own, and what is gone or somebody's own is not shown from it. */

import { gunzipSync } from "node:zlib";
import { request as ask } from "node:http";
import { expect, test } from "@playwright/test";
import { openListening } from "./page-helpers.ts";

interface Made {
  readonly id: string;
  readonly deleteToken: string;
}

interface Raw {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
}

/** As it comes over the wire. */
function raw(url: string, headers: Record<string, string>): Promise<Raw> {
  return new Promise((resolve, reject) => {
    ask(url, { headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }));
    })
      .on("error", reject)
      .end();
  });
}

const nonceOf = ({ headers }: Raw) => /'nonce-([0-9a-f]{32})'/.exec(String(headers["content-security-policy"]))?.[1] ?? "";

test("each look has a nonce of its own, on every script, packed or not; what is deleted is gone at once", async ({ request, baseURL }) => {
  const { id, deleteToken } = (await (await request.post("/api/diagnoses", { data: { input: "millstone-bakery.test" } })).json()) as Made;
  const url = `${baseURL}/r/${id}`;
  const looks = [await raw(url, { "accept-encoding": "gzip" }), await raw(url, { "accept-encoding": "gzip, deflate, br, zstd" }), await raw(url, { "accept-encoding": "gzip;q=0" }), await raw(url, {}), await raw(url, { "accept-encoding": "gzip", "user-agent": "second" })];
  const texts = looks.map((look) => {
    expect(look.status).toBe(200);
    expect(look.headers["referrer-policy"]).toBe("no-referrer");
    expect(look.headers["x-robots-tag"]).toBe("noindex");
    expect(String(look.headers.vary).toLowerCase()).toContain("accept-encoding");
    const text = (look.headers["content-encoding"] === "gzip" ? gunzipSync(look.body) : look.body).toString("utf8");
    const nonce = nonceOf(look);
    const scripts = text.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(3);
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
    expect(text).toMatch(/^<!DOCTYPE html>/i);
    return text.replaceAll(nonce, "");
  });
  expect(looks.map(({ headers }) => headers["content-encoding"])).toEqual(["gzip", "gzip", undefined, undefined, "gzip"]);
  expect(new Set(looks.map(nonceOf)).size).toBe(looks.length);
  expect(new Set(texts).size).toBe(1);
  const japanese = gunzipSync((await raw(url, { "accept-encoding": "gzip", "accept-language": "ja" })).body).toString("utf8");
  expect(japanese).toContain('<html lang="ja"');
  expect((await request.delete(`/api/diagnoses/${id}`, { headers: { Authorization: `Bearer ${deleteToken}` } })).status()).toBe(204);
  expect((await raw(url, { "accept-encoding": "gzip" })).status).toBe(404);
});

test("the form is drawn for the name that it is asked by, and for each language", async ({ baseURL }) => {
  for (const [host, language] of [["mail.example.com", "en"], ["mail.example.org:8443", "ja"], ["mail.example.com", "ja"]]) {
    const text = (await raw(`${baseURL}/`, { host: host ?? "", "accept-language": language ?? "" })).body.toString("utf8");
    expect(text).toContain(`<html lang="${language}"`);
    expect(text).toContain(`hrefLang="ja" href="http://${host}/ja"`);
    expect(text).not.toContain("localhost");
  }
});

test("in a browser: scripts run, and only whoever made the report can delete it", async ({ page, browser, baseURL }) => {
  const problems: string[] = [];
  const watched = (one: typeof page) => one.on("console", (message) => (message.type() === "error" ? problems.push(message.text()) : undefined));
  watched(page);
  await openListening(page, "/en");
  await page.getByRole("textbox").first().fill("millstone-bakery.test");
  await page.locator("form button[type=submit]").first().click();
  await page.waitForURL(/\/r\//);
  const stranger = await browser.newContext({ baseURL: baseURL ?? "", locale: "en-US" });
  const theirs = await stranger.newPage();
  watched(theirs);
  for (const look of [1, 2]) {
    await theirs.goto(page.url());
    await expect(theirs.getByRole("heading", { level: 1 }), `look ${look}`).toBeVisible();
    await expect(theirs.locator("form[action$='/submit/delete']")).toHaveCount(0);
  }
  await page.reload();
  await expect(page.locator("form[action$='/submit/delete']")).toHaveCount(1);
  await stranger.close();
  expect(problems).toEqual([]);
});

test("what is sent from the page that is kept says the same of itself as what Next sends", async ({ request, baseURL }) => {
  const { id } = (await (await request.post("/api/diagnoses", { data: { input: "millstone-bakery.test" } })).json()) as Made;
  // Of the connection, of how it was packed, and of Next's own rewriting.
  const besides = new Set(["date", "link", "content-length", "transfer-encoding", "content-encoding", "vary", "x-middleware-rewrite"]);
  const said = ({ status, headers }: Raw) => ({
    status,
    ...Object.fromEntries(Object.entries(headers).filter(([name]) => !besides.has(name))),
    "content-security-policy": String(headers["content-security-policy"]).replaceAll(/[0-9a-f]{32}/g, "NONCE"),
  });
  for (const path of [`/r/${id}`, `/ja/r/${id}`, "/", "/en"]) {
    const own = await raw(`${baseURL}${path}?own`, { "accept-encoding": "gzip" });
    const kept = await raw(`${baseURL}${path}`, { "accept-encoding": "gzip" });
    expect(String(kept.headers.link)).toMatch(/^<\/_next\/static\/[^>]+\.css>; rel=preload; as=style$/);
    expect(kept.headers["content-length"]).toBe(String(kept.body.length));
    expect(String(kept.headers.vary)).toBe(/^\/(?:en|ja)/.test(path) ? "Accept-Encoding" : "Accept-Encoding, Accept-Language");
    expect(said(kept)).toEqual(said(own));
  }
});

test("a page that is kept is painted before its scripts are fetched, and then does what they do", async ({ page, request, baseURL, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: baseURL ?? "" });
  const { id } = (await (await request.post("/api/diagnoses", { data: { input: "millstone-bakery.test" } })).json()) as Made;
  // No frame is told of, and the patience of whoever waits for one has no end, until it is let go on.
  await page.addInitScript(() => {
    const [frame, timer] = [globalThis.requestAnimationFrame, globalThis.setTimeout];
    const waiting: FrameRequestCallback[] = [];
    globalThis.requestAnimationFrame = (work) => waiting.push(work);
    Object.assign(globalThis, {
      setTimeout: (work: () => void, ms?: number) => (ms === 2000 ? 0 : timer(work, ms)),
      goOn: () => {
        globalThis.requestAnimationFrame = frame;
        waiting.splice(0).forEach((work) => frame(work));
      },
    });
  });
  const fetched: string[] = [];
  page.on("request", (asked) => (asked.resourceType() === "script" ? fetched.push(asked.url()) : undefined));
  await page.goto(`/en/r/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect.poll(() => page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length)).toBe(1);
  expect(fetched).toEqual([]);
  // Pressed too early, it does what it says as soon as it can.
  await page.getByRole("button", { name: "Copy the value" }).first().click();
  await page.evaluate("goOn()");
  await expect.poll(() => fetched.length).toBeGreaterThan(3);
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^v=spf1 /);
});
