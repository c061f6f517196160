/** From the button to the report: areas fill in as they become known, and nothing on the page moves by itself. */

import { expect, type Page, test } from "@playwright/test";
import { type Locale, translator } from "../lib/messages/translate.ts";
import { CASES } from "./cases.ts";
import { expectNoAxeFaults, expectNoSidewaysScroll, openListening, submitForm } from "./page-helpers.ts";

const ASKED = { input: CASES.find(({ id }) => id === "ip-not-listed")?.input ?? "" };
/** One of its includes is never answered: that takes seconds. */
const SLOW = { input: CASES.find(({ id }) => id === "include-unanswered")?.input ?? "" };
/** Of what can be seen of a page. Google calls 0.1 good; here nothing is to move at all. */
const MOST_SHIFT = 0.01;

/** What has moved since the page began, but for what followed a press or a key at once: the sum of all shifts, not the worst window. */
async function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (Reflect.get(entry, "hadRecentInput") !== true) sum += Number(Reflect.get(entry, "value"));
        }).observe({ type: "layout-shift", buffered: true });
        // Buffered entries come in a task of their own; two frames later they are here.
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum), 50)));
      }),
  );
}

/** The server's own events, given to the page in four parts, each when the test says so: all but SPF; SPF; the verdict and the scores; the report. */
async function holdEvents(page: Page): Promise<(part: 1 | 2 | 3) => Promise<void>> {
  await page.addInitScript(() => {
    let released = 0;
    let wake = () => {};
    Reflect.set(window, "release", (part: number) => {
      released = part;
      wake();
    });
    const partOf = (line: string) => (line.includes('"event":"report"') ? 3 : /"event":"(?:verdict|score)"|"step":"judging"/.test(line) ? 2 : line.includes('"event":"area","area":"spf"') ? 1 : 0);
    const ask = window.fetch;
    window.fetch = async (...request) => {
      const answer = await ask(...request);
      const lines = (await answer.text()).trim().split("\n");
      const body = new ReadableStream({
        async start(controller) {
          for (const part of [0, 1, 2, 3]) {
            while (released < part) await new Promise<void>((resolve) => (wake = resolve));
            for (const line of lines.filter((one) => partOf(one) === part)) controller.enqueue(new TextEncoder().encode(`${line}\n`));
          }
          controller.close();
        },
      });
      return new Response(body, { status: answer.status, headers: answer.headers });
    };
  });
  return (part) => page.evaluate((number) => Reflect.get(window, "release")(number), part);
}

for (const [locale, width] of [["en", 1280], ["ja", 390]] as const satisfies [Locale, number][]) {
  test(`${locale}, ${width} px: areas fill in while others are asked for, and nothing moves`, async ({ page }) => {
    const t = translator(locale);
    const release = await holdEvents(page);
    await page.setViewportSize({ width, height: 844 });
    await openListening(page, `/${locale}`);
    await page.waitForLoadState("networkidle");
    expect(await layoutShift(page), "the form").toBeLessThan(MOST_SHIFT);

    await submitForm(page, ASKED, locale);
    const line = (step: "reading" | "spf" | "dkim" | "dmarc" | "transport" | "judging") => page.locator("main ol > li").filter({ hasText: t(`form.progress.step.${step}`) }).first();
    for (const step of ["reading", "spf", "dkim", "dmarc", "transport", "judging"] as const) await expect(line(step)).toBeVisible();
    await expect(page.getByRole("heading", { name: t("form.progress.title") })).toBeFocused();
    await expect(page.getByText("cedar-joinery.test").first()).toBeVisible();
    // DMARC is known and says so, while SPF is still waited for and claims nothing.
    await expect(line("dmarc")).toContainText(t("form.progress.seen"));
    await expect(line("spf")).toContainText(t("form.progress.working"));
    await expect(line("spf")).toContainText(/\d/);
    await expect(line("spf")).not.toContainText("192.0.2.140");
    // Told to a screen reader in one go, after a pause.
    const told = page.getByRole("status").filter({ hasText: t("form.progress.step.dmarc") });
    await expect(told).toContainText(t("form.progress.step.transport"));
    await expectNoAxeFaults(page);
    await expectNoSidewaysScroll(page);

    await release(1);
    await expect(line("spf")).toContainText(t("form.progress.fact.spf-allows-not", { ip: "192.0.2.140" }));
    const outcome = page.getByText(t("word.outcome.refused"), { exact: true }).filter({ visible: true });
    await expect(outcome).toHaveCount(0);
    await release(2);
    await expect(outcome).toHaveCount(1);
    await expect(line("spf")).toContainText(t("report.scores.state.critical"));
    const scores = await Promise.all((["spf", "dkim", "dmarc"] as const).map((step) => line(step).locator("b").innerText()));
    await expectNoAxeFaults(page);
    await expectNoSidewaysScroll(page);
    expect(await layoutShift(page), "while it works").toBeLessThan(MOST_SHIFT);

    await release(3);
    await page.waitForURL(/\/r\//);
    for (const [index, area] of ["spf", "dkim", "dmarc"].entries()) await expect(page.locator(`#area-${area} > summary`)).toContainText(scores[index] ?? "");
    await page.waitForLoadState("networkidle");
    expect(await layoutShift(page), "the report").toBeLessThan(MOST_SHIFT);
  });
}

test("what moves is noticed by these measurements", async ({ page }) => {
  await openListening(page, "/");
  await page.evaluate(() => {
    const wedge = document.createElement("div");
    wedge.style.height = "200px";
    document.querySelector("main")?.prepend(wedge);
  });
  await expect.poll(() => layoutShift(page)).toBeGreaterThan(MOST_SHIFT);
});

test("stopped, the text is still there", async ({ page }) => {
  const t = translator("en");
  await openListening(page, "/");
  await submitForm(page, SLOW);
  await page.getByRole("button", { name: t("form.progress.stop") }).click();
  await expect(page.getByLabel(t("form.label"), { exact: true })).toHaveValue(SLOW.input);
  await expect(page.getByLabel(t("form.label"), { exact: true })).toBeFocused();
});
