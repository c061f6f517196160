/**
 * `npm run shots`: a picture of every page and state, in both languages, themes and widths, in `.shots/`, over the sample zones.
 * Words behind it choose by name: `npm run shots -- report- -ja-`. `npm run shots -- readme` renews those of README.md, in `docs/`.
 */

import { mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { CASES } from "../e2e/cases.ts";
import { startDnsServer } from "../e2e/dns-server.ts";
import { submitForm } from "../e2e/page-helpers.ts";
import { LOCALES, type Locale, translator } from "../lib/messages/translate.ts";
import { startApp } from "./app-server.ts";
import { ensureBuilt } from "./build.ts";
import { CHROMIUM_FLAGS, provideChromium } from "./chromium.ts";
import { endWithStarter, ROOT } from "./process.ts";

const FOLDER = join(ROOT, ".shots");
const AT_ONCE = 4;
/** A file is no folder: there the store cannot be. */
const NO_STORE = `file:${join(ROOT, "package.json", "rebound.db")}`;

interface Look {
  readonly locale: Locale;
  readonly colorScheme: "light" | "dark";
  readonly width: 390 | 1280;
}

interface Shot {
  readonly name: string;
  /** Absent: every look. */
  readonly looks?: readonly Look[];
  /** Leaves the page as the picture shall show it. */
  readonly show: (page: Page, look: Look) => Promise<unknown>;
}

/** Each verdict, and one where no SPF record is the cure: in every look. */
const REPORTS = ["no-spf", "eleven-lookups", "healthy", "include-unanswered", "forwarder"];
/** What makes the longest and the most unlike reports: in two looks that have nothing in common. */
const MORE_REPORTS = ["two-spf-records", "ip-not-listed", "twelve-lookups", "long-record", "dkim-revoked", "dmarc-not-aligned", "ptr-missing", "internationalised", "free-domain", "parked", "missing-dmarc", "dns-servfail", "healthy/rate"];
/** By the name in `docs/`: what README.md shows, as much of it as one screen. */
const README: Readonly<Record<string, { readonly shot: string; readonly look: Look }>> = {
  report: { shot: "report-no-spf", look: { locale: "en", colorScheme: "light", width: 1280 } },
  form: { shot: "form", look: { locale: "en", colorScheme: "light", width: 1280 } },
  working: { shot: "working", look: { locale: "en", colorScheme: "dark", width: 1280 } },
  "report-ja": { shot: "report-eleven-lookups", look: { locale: "ja", colorScheme: "dark", width: 1280 } },
  "report-phone": { shot: "report-ip-not-listed", look: { locale: "en", colorScheme: "light", width: 390 } },
  reply: { shot: "docs-reply", look: { locale: "ja", colorScheme: "light", width: 390 } },
};
const PAGES = { form: "", "not-found": "/nowhere", "report-gone": `/r/${"A".repeat(22)}`, docs: "/docs", "docs-reply": "/docs/replies/unauthenticated", "docs-finding": "/docs/findings/spf/too-many-lookups", "docs-record": "/docs/records/spf", "docs-kept": "/docs/kept" };

interface Job {
  readonly shot: Shot;
  readonly look: Look;
  /** Where the picture goes. */
  readonly file: string;
}

endWithStarter();
const failed = await ensureBuilt();
const provided = await provideChromium();
if (failed !== null || !provided.ok) {
  console.error(failed ?? (provided.ok ? "" : provided.output));
  process.exit(1);
}

const started = performance.now();
const dns = await startDnsServer({ zones: [join(ROOT, "e2e", "zones")] });
const settings = { REBOUND_DNS_SERVERS: `127.0.0.1:${dns.port}` };
const [app, storeless, browser] = await Promise.all([
  startApp({ settings }),
  startApp({ settings: { ...settings, DATABASE_URL: NO_STORE } }),
  chromium.launch({ ...(provided.path === null ? {} : { executablePath: provided.path }), args: [...CHROMIUM_FLAGS] }),
]);

const wanted = process.argv.slice(2);
const looks: readonly Look[] = LOCALES.flatMap((locale) => (["light", "dark"] as const).flatMap((colorScheme) => ([390, 1280] as const).map((width) => ({ locale, colorScheme, width }))));
const few = looks.filter(({ locale, colorScheme, width }) => (locale === "en") === (width === 1280) && (locale === "en") === (colorScheme === "light"));
const shots = [...(await reports()), ...pages(), ...formStates()];
const isForReadme = wanted.includes("readme");
const jobs: readonly Job[] = isForReadme ? readmeJobs() : shots.flatMap((shot) => (shot.looks ?? looks).map((look) => ({ shot, look, file: join(FOLDER, `${shot.name}-${look.locale}-${look.colorScheme}-${look.width}.png`) }))).filter(({ file }) => wanted.every((word) => basename(file).includes(word)));

if (wanted.length === 0) rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const contexts = new Map<Look, Promise<BrowserContext>>();
const faults: string[] = [];
const waiting = [...jobs];
await Promise.all(Array.from({ length: AT_ONCE }, async () => {
  for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await picture(job).catch((error: unknown) => faults.push(`${job?.file}: ${String(error)}`));
}));
await Promise.all([browser.close(), app.stop(), storeless.stop(), dns.close()]);
for (const fault of faults) console.error(fault);
console.log(`${jobs.length - faults.length} pictures in ${isForReadme ? "docs" : ".shots"}, ${((performance.now() - started) / 1000).toFixed(0)} s.`);
process.exit(faults.length === 0 ? 0 : 1);

function readmeJobs(): Job[] {
  return Object.entries(README).flatMap(([name, { shot, look }]) => shots.filter((one) => one.name === shot).map((one) => ({ shot: one, look, file: join(ROOT, "docs", `${name}.png`) })));
}

async function picture({ shot, look, file }: Job): Promise<void> {
  const page = await (await contextOf(look)).newPage();
  try {
    await shot.show(page, look);
    await page.screenshot({ path: file, fullPage: !isForReadme, animations: "disabled" });
  } finally {
    await page.close();
  }
}

function contextOf(look: Look): Promise<BrowserContext> {
  const { locale, colorScheme, width } = look;
  const made = contexts.get(look) ?? browser.newContext({ locale: locale === "ja" ? "ja-JP" : "en-GB", colorScheme, viewport: { width, height: 844 } });
  contexts.set(look, made);
  return made;
}

function pages(): Shot[] {
  const opened = Object.entries(PAGES).map(([name, path]): Shot => ({ name, show: (page, { locale }) => page.goto(`${app.url}/${locale}${path}`) }));
  return [...opened, { name: "store-unavailable", show: (page, { locale }) => page.goto(`${storeless.url}/${locale}${PAGES["report-gone"]}`) }];
}

/** One report a case, made once; the first is shown with all that is folded away as well. */
async function reports(): Promise<Shot[]> {
  const made = await Promise.all([...REPORTS, ...MORE_REPORTS].map(async (id) => ({ id, address: await reportOf(id) })));
  return made.flatMap(({ id, address }, index): Shot[] => {
    const name = `report-${id.replace("/", "--")}`;
    const show: Shot["show"] = (page, { locale }) => page.goto(`${app.url}/${locale}${address}`);
    const unfold = (page: Page) => page.evaluate(() => document.querySelectorAll("details").forEach((element) => element.setAttribute("open", "")));
    if (MORE_REPORTS.includes(id)) return [{ name, show, looks: few }];
    return [{ name, show }, ...(index === 0 ? [{ name: `${name}-unfolded`, show: async (page: Page, look: Look) => (await show(page, look), unfold(page)) }] : [])];
  });
}

async function reportOf(id: string): Promise<string> {
  const asked = CASES.find((one) => one.id === id);
  const answer = await fetch(`${app.url}/api/diagnoses`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ input: asked?.input, sendingIp: asked?.sendingIp, selectors: asked?.selectors }) });
  const address = answer.headers.get("location");
  if (address === null) throw new Error(`${id}: ${answer.status} ${await answer.text()}`);
  return address;
}

function formStates(): Shot[] {
  const opened = (page: Page, { locale }: Look) => page.goto(`${app.url}/${locale}`);
  const sent = (input: string): Shot["show"] => async (page, look) => {
    await opened(page, look);
    await submitForm(page, { input }, look.locale);
    await page.getByRole("alert").filter({ hasText: /\S/ }).first().waitFor();
  };
  return [
    { name: "form-filled", show: (page, look) => page.goto(`${app.url}/${look.locale}?example=1`) },
    { name: "form-error", show: sent("please help, my mail comes back") },
    { name: "form-domain-asked", show: sent("550 5.7.26 This mail is unauthenticated, which poses a security risk to the sender and Gmail users, and has been blocked. d2e1a72fcca58 - gsmtp") },
    { name: "form-ip", show: async (page, look) => (await opened(page, look), await submitForm(page, { input: "linden-clinic.test", sendingIp: "192.0.2.999" }, look.locale), page.getByRole("alert").filter({ hasText: "192.0.2.999" }).waitFor()) },
    { name: "working", show: working },
  ];
}

/** A name server that does not answer leaves time to see it: three areas known, one waited for. */
async function working(page: Page, look: Look): Promise<void> {
  const t = translator(look.locale);
  await page.goto(`${app.url}/${look.locale}`);
  await submitForm(page, { input: CASES.find(({ id }) => id === "include-unanswered")?.input ?? "" }, look.locale);
  await page.getByText(t("form.progress.fact.ptr-confirmed")).waitFor();
  await page.getByText(t("form.progress.seen")).nth(2).waitFor();
}
