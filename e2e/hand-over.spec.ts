/** From the report to whoever makes the change: the panel that the record is typed into, the texts that are handed on, paper, and the picture of the link. */

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { reportSchema } from "../lib/diagnosis/report.ts";
import { translator } from "../lib/messages/translate.ts";
import { ROOT } from "../scripts/process.ts";
import { GMAIL, smtpReply } from "./bounce-texts.ts";
import { copiedBy, expectNoAxeFaults, expectNoSidewaysScroll, makeReport } from "./page-helpers.ts";
import { parseZoneFile } from "./zone-file.ts";

const en = translator("en");
const ja = translator("ja");
const TEA = smtpReply(GMAIL.unauthenticated("lantern-tea.test", "192.0.2.221"));
const JOINER = smtpReply(GMAIL.unauthenticated("hinoki-mokkou.test", "192.0.2.223"));

/** The clipboard after the button of this name is pressed. */
async function copied(page: Page, name: string): Promise<string> {
  return copiedBy(page, page.getByRole("button", { name, exact: true }));
}

async function open(page: Page, summary: string): Promise<void> {
  await page.locator("summary").filter({ hasText: summary }).first().click();
}

test("a zone at Cloudflare: the panel’s own fields, and every form says the same record", async ({ page, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { id, url } = await makeReport(baseURL ?? "", { input: TEA });
  const report = reportSchema.parse(await (await fetch(`${baseURL}/api/diagnoses/${id}`)).json());
  const [fix] = report.fixes.filter(({ advice }) => !advice);
  const value = fix?.value ?? "";
  expect(value).toMatch(/^v=spf1 /);
  await page.goto(`/r/${id}`);
  await open(page, en("report.host.headingAt", { host: "Cloudflare" }));
  const guide = page.locator("details").filter({ hasText: en("report.host.headingAt", { host: "Cloudflare" }) }).first();
  for (const part of ["Content", "Auto", "DNS › Records", "Add record", value]) await expect(guide).toContainText(part);

  for (const form of ["markdown", "plain", "zoneFile", "octodns"] as const) await open(page, en(`report.handOver.${form}`));
  await open(page, "cloudflare_dns_record");
  // Before anything is copied: for two seconds afterwards a button says so in place of its label.
  await expectNoAxeFaults(page);
  const markdown = await copied(page, en("report.handOver.copy.markdown"));
  expect(markdown).toContain(`\n\`\`\`\n${value}\n\`\`\`\n`);
  expect(markdown).toContain(`<${url}>`);
  expect(await copied(page, en("report.handOver.copy.plain"))).toContain(`\n${value}\n`);
  const served = parseZoneFile(new TextEncoder().encode(await copied(page, en("report.handOver.copy.zoneFile"))), "copied").records;
  expect(served.map((record) => [record.name, record.type === "TXT" ? record.data.join("") : record.type])).toEqual([["lantern-tea.test", value]]);
  expect(await copied(page, en("report.handOver.copy.terraform"))).toContain(`content = "\\"${value}\\""`);
  // octoDNS writes all records of the name: the one that stays is among them.
  expect(await copied(page, en("report.handOver.copy.octodns"))).toContain(`'':\n  type: TXT\n  ttl: 300\n  values:\n    - '${value}'\n    - 'site-verification=lt-82'\n`);
  await expect(page.getByRole("link", { name: en("report.handOver.json") }).last()).toHaveAttribute("href", `/api/diagnoses/${id}`);
});

test("a zone at SAKURA internet, read in Japanese: the labels of its panel, today’s record to change, on a phone", async ({ page, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { id } = await makeReport(baseURL ?? "", { input: JOINER });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/ja/r/${id}`);
  const heading = ja("report.host.headingAt", { host: "さくらインターネット" });
  await open(page, heading);
  const guide = page.locator("details").filter({ hasText: heading }).first();
  for (const part of ["エントリ名", "タイプ", "ドメインコントロールパネル", "v=spf1 mx -all"]) await expect(guide).toContainText(part);
  await open(page, ja("report.handOver.zoneFile"));
  const zoneFile = await copied(page, ja("report.handOver.copy.zoneFile"));
  expect(zoneFile).toContain('; hinoki-mokkou.test. 300 IN TXT "v=spf1 mx -all"\nhinoki-mokkou.test. 300 IN TXT "v=spf1 ');
  await expectNoSidewaysScroll(page);

  // On paper nothing is folded, nothing can be pressed, and no sentence lacks a word.
  const sentences = () => page.getByRole("main").locator("h1, p").evaluateAll((all) => all.slice(0, 6).map((element) => (element instanceof HTMLElement ? element.innerText.replaceAll(/\s+/g, " ") : "")));
  const onScreen = await sentences();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.locator("#dns-part")).toBeVisible();
  const seen = await page.evaluate(() => ({
    buttons: [...document.querySelectorAll("button:not([popovertarget])")].filter((button) => button.checkVisibility()).length,
    folded: [...document.querySelectorAll("main details > :not(summary)")].filter((part) => !part.checkVisibility({ contentVisibilityAuto: true }) && part.closest(".term-entry, dialog, [popover], .print\\:hidden") === null).length,
    scheme: getComputedStyle(document.documentElement).colorScheme,
  }));
  expect(seen).toEqual({ buttons: 0, folded: 0, scheme: "light" });
  expect(await sentences()).toEqual(onScreen);
  const pdf = await page.pdf({ format: "A4" });
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
});

test("the picture of the link is there in both languages", async ({ baseURL }) => {
  const { id } = await makeReport(baseURL ?? "", { input: TEA });
  const pictures = new Set<string>();
  for (const locale of ["en", "ja"]) {
    const page = await (await fetch(`${baseURL}/${locale}/r/${id}`)).text();
    const address = /property="og:image" content="([^"]+)"/.exec(page)?.[1] ?? "";
    const picture = await fetch(address.replaceAll("&amp;", "&"));
    expect([picture.status, picture.headers.get("content-type")], locale).toEqual([200, "image/png"]);
    const drawn = Buffer.from(await picture.arrayBuffer());
    expect(drawn.byteLength).toBeGreaterThan(5000);
    pictures.add(drawn.toString("base64"));
  }
  expect(pictures.size).toBe(2);
});

test("what the picture is drawn with goes into the container with it", async () => {
  const trace = join(ROOT, ".next", "server", "app", "[locale]", "r", "[id]", "opengraph-image", "route.js.nft.json");
  const { files } = z.object({ files: z.array(z.string()) }).parse(JSON.parse(readFileSync(trace, "utf8")));
  const font = files.filter((file) => file.includes("biz-udpgothic")).map((file) => basename(file));
  expect(font).toEqual(expect.arrayContaining(["LICENSE", "biz-udpgothic-japanese-400-normal.woff", "biz-udpgothic-10-400-normal.woff"]));
  expect(font.filter((file) => file.includes("-700-") || file.endsWith(".woff2"))).toEqual([]);
});
