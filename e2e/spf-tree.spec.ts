/** The SPF tree and the difference of the records: by keyboard, as text, on a phone, without scripts. */

import { expect, type Locator, type Page, test } from "@playwright/test";
import { translator } from "../lib/messages/translate.ts";
import { GMAIL, smtpReply } from "./bounce-texts.ts";
import { CASES } from "./cases.ts";
import { copiedBy, expectNoAxeFaults, expectNoSidewaysScroll, makeReport } from "./page-helpers.ts";

const t = translator("en");

async function open(page: Page, baseURL: string | undefined, id: string, request: object = {}, path = ""): Promise<Locator> {
  const asked = CASES.find((one) => one.id === id);
  const report = await makeReport(baseURL ?? "", { input: asked?.input ?? "", sendingIp: asked?.sendingIp, selectors: asked?.selectors, ...request });
  await page.goto(`${path}/r/${report.id}`);
  return page.locator("#spf-tree");
}

const treeOf = (domain: string) => t("report.tree.label", { domain });
/** The item whose line begins so. */
const item = (part: Locator, text: string) => part.getByRole("treeitem", { name: new RegExp(`^${text.replaceAll(/[.*+?/]/g, "\\$&")}(?: |$)`) });

test("the way to the term that matched is told from the root to the leaf", async ({ page, baseURL }) => {
  const part = await open(page, baseURL, "eleven-lookups", { input: smtpReply(GMAIL.unauthenticated("atlas-logistics.test", "203.0.113.162")) });
  const outer = item(part, "include:mailgun.org");
  await expect(outer).toHaveAttribute("aria-expanded", "true");
  await expect(outer.locator("[data-line]").first()).toContainText(t("report.tree.inside", { ip: "203.0.113.162" }));
  await expect(item(part, "include:_spf.mailgun.org").locator("[data-line]").first()).toContainText(t("report.tree.inside", { ip: "203.0.113.162" }));
  await expect(item(part, "ip4:203.0.113.160/28")).toContainText(t("report.tree.here", { ip: "203.0.113.162", result: t("word.spfResult.pass") }));
  await expect(part.getByText(/matches here/)).toHaveCount(1);
});

test("the term that refused the sender is told", async ({ page, baseURL }) => {
  const part = await open(page, baseURL, "ip-not-listed");
  await expect(item(part, "-all")).toContainText(t("report.tree.here", { ip: "192.0.2.140", result: t("word.spfResult.fail") }));
  await expect(part.getByText(/matches (?:here|inside)/)).toHaveCount(1);
});

test("counts look-ups in the order of evaluation, and says where receivers give up", async ({ page, baseURL }) => {
  const part = await open(page, baseURL, "eleven-lookups");
  await expect(part).toContainText(t("report.tree.total", { count: 11 }));
  const line = (text: string) => item(part, text).locator("[data-line]").first();
  await expect(line("a")).toContainText(t("report.tree.number", { first: 1 }));
  await expect(line("include:_spf.google.com")).toContainText("Google Workspace");
  await expect(line("include:_spf.google.com")).toContainText(t("report.tree.number", { first: 3 }));
  await expect(line("include:mailgun.org")).toContainText(t("report.tree.numbers", { first: 8, last: 10 }));
  await expect(line("include:amazonses.com")).toContainText(t("report.tree.givesUp.lookups", { number: 11 }));
  await expect(part.getByText(t("report.tree.givesUp.lookups", { number: 11 }))).toHaveCount(1);
  await expect(part.getByRole("tree").locator("> li").last()).toContainText(t("report.tree.unreached"));
});

test("a record that includes itself, and one without a record, are told in words", async ({ page, baseURL }) => {
  const loop = await open(page, baseURL, "include-loop");
  await expect(item(loop, "include:twin-pines-camping.test")).toContainText(t("word.spfNodeStatus.loop"));
  await expect(item(loop, "include:twin-pines-camping.test")).toContainText(t("report.tree.givesUp.unusable"));
  await expect(item(loop, "-all")).toContainText(t("report.tree.unreached"));
  const dead = await open(page, baseURL, "dead-include");
  await expect(dead.getByText(t("word.spfNodeStatus.none"))).toBeVisible();
});

test("is a tree for the keyboard: one stop for Tab, arrows, Home, End, Enter, Space, letters", async ({ page, baseURL }) => {
  const part = await open(page, baseURL, "eleven-lookups");
  await expect(part.getByRole("tree", { name: treeOf("atlas-logistics.test") })).toBeVisible();
  const focused = page.locator("li:focus > [data-line]");
  const press = async (key: string, expected: string | RegExp) => {
    await page.keyboard.press(key);
    await expect(focused).toHaveText(typeof expected === "string" ? new RegExp(`^${expected.replaceAll(/[.*+?/]/g, "\\$&")}`) : expected);
  };
  await part.getByRole("button", { name: t("report.copy.tree") }).focus();
  await press("Tab", "a");
  await press("ArrowDown", "mx");
  await press("ArrowUp", "a");
  await press("ArrowUp", "a");
  await press("End", "-all");
  await press("Home", "a");
  await press("i", "include:_spf.google.com");
  const google = item(part, "include:_spf.google.com");
  await expect(google).toHaveAttribute("aria-expanded", "true");
  await press("ArrowRight", "ip4:203.0.113.0/27");
  await press("ArrowLeft", "include:_spf.google.com");
  await press("ArrowLeft", "include:_spf.google.com");
  await expect(google).toHaveAttribute("aria-expanded", "false");
  await expect(part.getByText("ip4:203.0.113.0/27")).toBeHidden();
  await press("ArrowDown", "include:spf.protection.outlook.com");
  await press("ArrowUp", "include:_spf.google.com");
  for (const [key, open] of [["Enter", "true"], [" ", "false"], ["ArrowRight", "true"]] as const) {
    await page.keyboard.press(key);
    await expect(google).toHaveAttribute("aria-expanded", open);
  }
  // The stop for Tab is where one has been; Tab leaves the tree.
  await page.keyboard.press("Tab");
  await expect(focused).toHaveCount(0);
  await page.keyboard.press("Shift+Tab");
  await expect(focused).toContainText("include:_spf.google.com");
  await expect(part.locator("li[tabindex='0']")).toHaveCount(1);
});

test("folds by the pointer and all at once; what Tab comes to is never folded away", async ({ page, baseURL }) => {
  const part = await open(page, baseURL, "eleven-lookups");
  const inner = item(part, "ip4:203.0.113.0/27");
  await inner.click();
  await expect(inner).toHaveAttribute("tabindex", "0");
  await part.locator("summary").filter({ hasText: "include:_spf.google.com" }).click();
  await expect(part.getByText("ip4:203.0.113.0/27")).toBeHidden();
  await part.getByText("Google Workspace").click();
  await expect(inner).toBeVisible();
  await part.getByText("Google Workspace").click();
  await expect(part.getByText("ip4:203.0.113.0/27")).toBeHidden();
  await expect(item(part, "include:_spf.google.com")).toHaveAttribute("tabindex", "0");
  await part.getByRole("button", { name: t("report.tree.unfold") }).click();
  await expect(part.getByRole("treeitem", { expanded: false })).toHaveCount(0);
  await part.getByRole("button", { name: t("report.tree.fold"), exact: true }).click();
  await expect(part.getByRole("treeitem", { expanded: true })).toHaveCount(0);
  await expect(part.locator("li[tabindex='0']")).toHaveCount(1);
});

test("is copied as an indented text, with counts and the match", async ({ page, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const part = await open(page, baseURL, "eleven-lookups", { input: smtpReply(GMAIL.unauthenticated("atlas-logistics.test", "203.0.113.162")) });
  const lines = (await copiedBy(page, part.getByRole("button", { name: t("report.copy.tree") }))).split("\n");
  expect(lines[0]).toContain("atlas-logistics.test  v=spf1 a mx include:_spf.google.com");
  expect(lines).toContain("├─ mx  (atlas-logistics.test)  → 192.0.2.21, 192.0.2.22  [look-up 2]");
  const at = lines.findIndex((line) => line.startsWith("├─ include:mailgun.org"));
  expect(lines.slice(at, at + 3)).toEqual([
    "├─ include:mailgun.org  [Mailgun; look-ups 8 to 10]  <== 203.0.113.162 matches inside",
    "│  ├─ include:_spf.mailgun.org  [Mailgun; look-up 9]  <== 203.0.113.162 matches inside",
    "│  │  ├─ ip4:203.0.113.160/28  <== 203.0.113.162 matches here. Pass: allowed",
  ]);
  expect(lines.find((line) => line.startsWith("├─ include:amazonses.com"))).toContain("Receivers give up here: look-up 11");
});

test("the records are shown whole, with a reason at each change", async ({ page, baseURL }) => {
  await open(page, baseURL, "eleven-lookups");
  const main = page.getByRole("main");
  const reasons = main.getByRole("list", { name: t("report.change.reasons") }).first();
  await expect(reasons.getByRole("listitem")).toHaveCount(1);
  await expect(reasons).toContainText(t("changeBy.covered", { by: "mx" }));
  const heard = async (side: "removed" | "added") => (await main.locator("p").filter({ has: page.locator(side === "removed" ? "del" : "ins") }).first().innerText()).replaceAll(/\s+/g, " ");
  expect(await heard("removed")).toContain(`v=spf1 ${t("report.change.removed")} a`);
});

/** Each width with each theme, each language with both. */
const LOOKS = [["en", "light", 1280], ["en", "dark", 390], ["ja", "light", 390], ["ja", "dark", 1280]] as const;

for (const [locale, colorScheme, width] of LOOKS) {
  test.describe(`${locale} ${colorScheme} ${width}`, () => {
    test.use({ colorScheme, viewport: { width, height: 844 } });

    for (const id of ["eleven-lookups", "misspelt-ip4"]) {
      test(`${id}: nothing that axe finds, nothing that scrolls sideways, all unfolded`, async ({ page, baseURL }) => {
        const part = await open(page, baseURL, id, {}, `/${locale}`);
        await expect(part.getByRole("tree")).toBeVisible();
        const all = part.getByRole("button", { name: translator(locale)("report.tree.unfold") });
        if (await all.isVisible()) await all.click();
        await expectNoSidewaysScroll(page);
        await expectNoAxeFaults(page);
      });
    }
  });
}

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("nested lists that fold, and no button that could do nothing", async ({ page, baseURL }) => {
    const part = await open(page, baseURL, "eleven-lookups");
    const google = part.locator("details").filter({ hasText: "include:_spf.google.com" }).first();
    await expect(google.getByText("ip4:203.0.113.0/27")).toBeVisible();
    await google.locator("summary").first().click();
    await expect(google.getByText("ip4:203.0.113.0/27")).toBeHidden();
    await expect(part.getByRole("tree")).toHaveCount(0);
    await expect(part.getByRole("list").first()).toBeVisible();
    await expect(part.getByRole("button")).toHaveCount(0);
    await expect(part).toContainText(t("report.tree.givesUp.lookups", { number: 11 }));
  });
});
