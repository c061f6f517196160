/** `npm run bench`: what the product costs in time and memory. Prints tables and asserts nothing; `docs/bench.md` holds the latest. */

import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { CASES } from "../e2e/cases.ts";
import { startDnsServer } from "../e2e/dns-server.ts";
import { type AppServer, startApp } from "../scripts/app-server.ts";
import { ensureBuilt } from "../scripts/build.ts";
import { endWithStarter, ROOT } from "../scripts/process.ts";
import { worstPastes } from "./bounce-worst.ts";
import { longestChain } from "./chain.ts";
import { emptyPageWeight } from "./empty-page.ts";
import { lighthouseScores } from "./lighthouse.ts";
import { type Asking, underLoad } from "./load.ts";
import { pageWeight } from "./page-weight.ts";
import { mostQuestions } from "./questions.ts";
import { spfRates } from "./spf-rate.ts";
import { type SpfWall, spfWalls } from "./spf-wall.ts";
import { spfWorst } from "./spf-worst.ts";

const DELAY_MS = 30;
const REPEATS = 5;
const DIAGNOSES = 1000;
const AT_ONCE = 8;
const LOAD_SECONDS = 10;
/** `npm run bench -- weights lighthouse` runs just those. */
const PARTS = { wall: wallTimes, rates, spf: spfTimes, "spf-worst": spfWorstCases, questions: questionsOfTheWorst, weights, memory, load: loads, pastes: worstPasteTimes, lighthouse: lighthouseTable };

endWithStarter();
const failed = await ensureBuilt();
if (failed !== null) {
  console.error(failed);
  process.exit(1);
}

const dns = await startDnsServer({ zones: [join(ROOT, "e2e", "zones")] });
const servers = [`127.0.0.1:${dns.port}`];
const app = await startApp({ settings: { REBOUND_DNS_SERVERS: `127.0.0.1:${dns.port}` } });
console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), DNS server and app on the same machine.\n`);
const chosen = process.argv.slice(2);
for (const [name, part] of Object.entries(PARTS)) if (chosen.length === 0 || chosen.includes(name)) await part();
await app.stop();
await dns.close();
process.exit(0);

async function wallTimes(): Promise<void> {
  const rows: string[][] = [];
  for (const id of ["healthy", "no-spf", "ip-not-listed", "provider-not-listed", "eleven-lookups", "dmarc-not-aligned"]) {
    const asked = CASES.find((one) => one.id === id);
    if (asked === undefined) continue;
    const request = { input: asked.input, sendingIp: asked.sendingIp, selectors: asked.selectors === undefined ? undefined : [...asked.selectors] };
    dns.setDelay(0);
    const chain = await longestChain(request, servers);
    dns.setDelay(DELAY_MS);
    const times: number[] = [];
    let queries = 0;
    for (let turn = 0; turn < REPEATS; turn++) {
      const started = performance.now();
      const report = await diagnoseBy(app, request);
      times.push(performance.now() - started);
      queries = report.dns.queries;
    }
    const median = times.sort((a, b) => a - b)[Math.floor(REPEATS / 2)] ?? 0;
    rows.push([id, String(queries), String(chain), `${chain * DELAY_MS} ms`, `${median.toFixed(0)} ms`, (median / (chain * DELAY_MS)).toFixed(2)]);
  }
  dns.setDelay(0);
  table(`A diagnosis through the API, ${DELAY_MS} ms added to each answer, median of ${REPEATS}`, ["case", "questions", "longest chain", "chain × delay", "wall time", "ratio"], rows);
}

async function rates(): Promise<void> {
  table(
    "SPF evaluations a second, answers in memory",
    ["record", "Rebound", "mailauth", "ratio"],
    (await spfRates()).map(({ name, ours, theirs }) => [name, ours.toLocaleString("en"), theirs.toLocaleString("en"), `${(ours / theirs).toFixed(1)} ×`]),
  );
}

async function spfTimes(): Promise<void> {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const walls = await spfWalls();
  table(
    "SPF over one DNS server that answers late, medians",
    ["record", "the sender matches", "a reply takes", "longest chain × delay", "Rebound", "÷ chain", "mailauth"],
    walls.map(({ shape, where, delayMs, chainMs, oursMs, theirsMs }) => [shape, where, `${delayMs} ms`, ms(chainMs), ms(oursMs), chainMs === 0 ? "" : (oursMs / chainMs).toFixed(2), ms(theirsMs)]),
  );
  const each = walls.filter((wall, index) => walls.findIndex((other) => sameCase(other, wall)) === index);
  table(
    "SPF: questions sent",
    ["record", "the sender matches", "result", "mailauth's", "Rebound asks", "in strict order", "ratio"],
    each.map(({ shape, where, result, theirResult, ourQuestions, strictQuestions }) => [shape, where, result, theirResult, String(ourQuestions), String(strictQuestions), (ourQuestions / strictQuestions).toFixed(2)]),
  );
}

function sameCase(one: SpfWall, other: SpfWall): boolean {
  return one.shape === other.shape && one.where === other.where;
}

async function spfWorstCases(): Promise<void> {
  const rows: string[][] = [];
  for await (const { name, way, cost } of spfWorst()) {
    rows.push([name, way, ...(cost === null ? ["", "", "", "", "did not end"] : [String(cost.questions), `${cost.cpuMs.toFixed(0)} ms`, `${cost.growthMb.toFixed(1)} MB`, `${(cost.octets / 1024).toFixed(0)} KiB`, cost.result])]);
  }
  table("SPF zones made to hurt, each in a process of its own", ["zone", "looked at by", "questions", "CPU", "memory grows by", "answer as JSON", "result"], rows);
}

async function questionsOfTheWorst(): Promise<void> {
  table(
    "The most DNS questions that one request can cause: zones made for it, counted where they arrive",
    ["zone", "in the report", "with those asked directly", "packets, with further tries and TCP"],
    (await mostQuestions()).slice(0, 8).map(({ zone, inReport, arrived, packets }) => [zone, String(inReport), String(arrived), String(packets)]),
  );
}

async function weights(): Promise<void> {
  const empty = await emptyPageWeight();
  const pages = await Promise.all((await measuredPages()).map(async (page) => ({ ...page, ...(await pageWeight(app.url, page.path)) })));
  table(
    "First-load JavaScript and HTML, KB gzip",
    ["page", "scripts", "JavaScript", "above hello, world", "allowed above", "HTML"],
    [{ ...empty, name: "hello, world", allowedKb: "" }, ...pages].map(({ name, scripts, gzipKb, allowedKb, htmlKb }) => [name, String(scripts), gzipKb.toFixed(1), (gzipKb - empty.gzipKb).toFixed(1), allowedKb, htmlKb.toFixed(1)]),
  );
}

async function lighthouseTable(): Promise<void> {
  const pages = await measuredPages();
  const scores = await lighthouseScores(app.url, pages.map(({ path }) => path));
  if (scores === null) return console.log("Lighthouse was left out: there is no Chromium.\n");
  table(
    "Lighthouse, median of 3; SEO also without the audit for search engines, which reports keep out by contract",
    ["page", "as on", "performance", "accessibility", "best practices", "SEO", "SEO without is-crawlable", "first paint", "largest paint", "blocked", "layout shift", "took points"],
    scores.map(({ path, preset, performance: speed, performanceFrom, performanceTo, accessibility, bestPractices, seo, seoWithoutCrawling, firstPaint, largestPaint, blocked, shift, lost }) => [
      pages.find((page) => page.path === path)?.name ?? path, preset, `${speed} (${performanceFrom} to ${performanceTo})`, ...[accessibility, bestPractices, seo, seoWithoutCrawling].map(String), ...[firstPaint, largestPaint, blocked].map((ms) => `${ms.toFixed(0)} ms`), shift.toFixed(3), lost.join(", "),
    ]),
  );
}

/** The form, a report as most are, and one of the longest. */
async function measuredPages(): Promise<{ readonly path: string; readonly name: string; readonly allowedKb: string }[]> {
  const reports = await Promise.all(["no-spf", "eleven-lookups"].map(async (id) => ({ path: `/r/${(await diagnoseBy(app, { input: CASES.find((one) => one.id === id)?.input ?? "" })).id}`, name: `/r/{id}, ${id}`, allowedKb: "45" })));
  return [{ path: "/", name: "/", allowedKb: "25" }, ...reports];
}

async function memory(): Promise<void> {
  const before = residentMb(app.pid);
  const inputs = CASES.filter(({ id }) => id !== "dns-timeout" && id !== "include-unanswered");
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < DIAGNOSES) {
        const asked = inputs[next++ % inputs.length];
        if (asked !== undefined) await diagnoseBy(app, { input: asked.input, sendingIp: asked.sendingIp });
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  table(`Memory of the server, resident, and ${DIAGNOSES} diagnoses, ${AT_ONCE} at once`, ["before", "after", "diagnoses a second"], [[`${before} MB`, `${residentMb(app.pid)} MB`, (DIAGNOSES / seconds).toFixed(0)]]);
}

async function loads(): Promise<void> {
  const asked = CASES.find(({ id }) => id === "eleven-lookups");
  const body = { input: asked?.input ?? "", sendingIp: asked?.sendingIp };
  const { id } = await diagnoseBy(app, body);
  const rows: string[][] = [];
  for (const clients of [50, 500]) {
    for (const delayMs of [0, DELAY_MS]) rows.push(await loadRow({ what: "diagnoses, JSON", url: `${app.url}/api/diagnoses`, clients, seconds: LOAD_SECONDS, delayMs, body }));
    rows.push(await loadRow({ what: "permalinks, the page as browsers ask", url: `${app.url}/r/${id}`, clients, seconds: LOAD_SECONDS, delayMs: 0, gzip: true }));
    rows.push(await loadRow({ what: "permalinks, JSON", url: `${app.url}/api/diagnoses/${id}`, clients, seconds: LOAD_SECONDS, delayMs: 0 }));
  }
  table(`Under load, ${LOAD_SECONDS} s each: one server process, the clients and the DNS server on the same machine`, ["what", "clients", "DNS takes", "right answers a second", "p50", "p95", "p99", "503 with Retry-After", "errors", "the server's computing, of an answer", "memory"], rows);
}

async function loadRow(asking: Asking): Promise<string[]> {
  dns.setDelay(asking.delayMs);
  const computedBefore = computedMs(app.pid);
  const { what, clients, delayMs, perSecond, p50, p95, p99, turnedAway, errors } = await underLoad(asking);
  const each = (computedMs(app.pid) - computedBefore) / (perSecond * asking.seconds);
  dns.setDelay(0);
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  return [what, String(clients), `${delayMs} ms`, perSecond.toFixed(0), ms(p50), ms(p95), ms(p99), String(turnedAway), String(errors), `${each.toFixed(2)} ms`, `${residentMb(app.pid)} MB`];
}

/** Of all its threads, since its start. Linux counts in hundredths of a second. */
function computedMs(pid: number): number {
  const [, rest = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const fields = rest.split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function diagnoseBy({ url }: AppServer, request: object): Promise<{ id: string; dns: { queries: number } }> {
  const answer = await fetch(`${url}/api/diagnoses`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(request) });
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as { id: string; dns: { queries: number } };
}

function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
}

async function worstPasteTimes(): Promise<void> {
  const slowest = (await worstPastes()).slice(0, 10);
  table("Reading the worst pastes of 256 KiB, median of 5", ["paste", "ms"], slowest.map(({ name, ms }) => [name, ms.toFixed(0)]));
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  console.log([`## ${title}`, "", line(head), line(head.map(() => "---")), ...rows.map(line), ""].join("\n"));
}
