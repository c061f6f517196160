/** What a person does with the pages, by the names that they read there. */

import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page } from "@playwright/test";
import { type Locale, translator } from "../lib/messages/translate.ts";

interface Paste {
  readonly input: string;
  readonly sendingIp?: string | undefined;
  readonly selectors?: readonly string[] | undefined;
}

/** Fills the form that is open, and sends it. */
export async function submitForm(page: Page, { input, sendingIp, selectors }: Paste, locale: Locale = "en"): Promise<void> {
  const t = translator(locale);
  await page.getByLabel(t("form.label"), { exact: true }).fill(input);
  if (sendingIp !== undefined || selectors !== undefined) {
    const ip = page.getByLabel(t("form.ip.label"), { exact: true });
    if (!(await ip.isVisible())) await page.locator("summary").filter({ hasText: t("form.more") }).click();
    await ip.fill(sendingIp ?? "");
    await page.getByLabel(t("form.selectors.label"), { exact: true }).fill(selectors?.join(", ") ?? "");
  }
  await page.getByRole("button", { name: t("form.submit") }).click();
}

export async function makeReport(baseURL: string, request: object): Promise<{ readonly id: string; readonly deleteToken: string; readonly url: string }> {
  const answer = await fetch(`${baseURL}/api/diagnoses`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(request) });
  expect(answer.status).toBe(201);
  return (await answer.json()) as { id: string; deleteToken: string; url: string };
}

/** The page, once its scripts listen: a form that is sent before goes the way of browsers without them. */
export async function openListening(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.waitForFunction(() => Object.keys(document).some((name) => name.startsWith("_reactListening")));
}

/** Drags a file over the page, as long as it takes until the page says that it may be dropped, as hands do; and drops it. */
export async function dropFile(page: Page, name: string, text: string, locale: Locale = "en"): Promise<void> {
  const dataTransfer = await page.evaluateHandle(([file, content]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content ?? ""], file ?? ""));
    return transfer;
  }, [name, text]);
  await expect(async () => {
    await page.dispatchEvent("body", "dragover", { dataTransfer });
    await expect(page.getByText(translator(locale)("form.file.drop"))).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.dispatchEvent("body", "drop", { dataTransfer });
}

/** The clipboard after the button was pressed; what was in it before does not count. */
export async function copiedBy(page: Page, button: Locator): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText(""));
  await button.click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).not.toBe("");
  return page.evaluate(() => navigator.clipboard.readText());
}

/** What is laid out only when it comes near the screen would be measured as if it were empty. */
async function layOutAll(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelectorAll<HTMLElement>(".later > *").forEach((part) => part.style.setProperty("content-visibility", "visible")));
}

export async function expectNoAxeFaults(page: Page): Promise<void> {
  await layOutAll(page);
  // No page of ours has frames: so axe needs no second page to gather what each frame said.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"], preload: false }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`)).toEqual([]);
}

export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  await layOutAll(page);
  const { wide, view } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, view: document.documentElement.clientWidth }));
  expect(wide).toBeLessThanOrEqual(view);
}
