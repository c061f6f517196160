/** What programs are promised: each command of the README does what it says, figures are there for those who ask for them, and the log tells what happened without saying to whom. */

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { API_EXAMPLES } from "../components/docs/api-examples.ts";
import { type AppServer, freePort, startApp } from "../scripts/app-server.ts";
import { ROOT } from "../scripts/process.ts";
import { startDnsServer, type DnsServer } from "./dns-server.ts";

const run = promisify(execFile);
const README = "http://localhost:3000";

let dns: DnsServer;
let app: AppServer;
test.beforeAll(async () => {
  dns = await startDnsServer({ zones: [join(ROOT, "e2e", "zones")] });
  app = await startApp({ settings: { REBOUND_DNS_SERVERS: `127.0.0.1:${dns.port}`, REBOUND_METRICS: "1", REBOUND_MAIL_DOMAIN: "check.rebound.test", REBOUND_SMTP_PORT: String(await freePort()) } });
});
test.afterAll(async () => {
  await app.stop();
  await dns.close();
});

/** The commands as they stand in the README, in its order. */
function commands(): readonly string[] {
  const block = /^## For programs\n+```sh\n([\s\S]*?)```/m.exec(readFileSync(join(ROOT, "README.md"), "utf8"))?.[1] ?? "";
  return block.split("\n").filter((line) => line !== "");
}

async function shell(command: string, variables: Readonly<Record<string, string>> = {}): Promise<{ status: number; body: string }> {
  const { stdout } = await run("sh", ["-c", command.replace(/^curl /, "curl -sS -w '\\n%{http_code}' ").replaceAll(README, app.url)], { env: { ...process.env, ...variables } });
  const end = stdout.lastIndexOf("\n");
  return { status: Number(stdout.slice(end + 1)), body: stdout.slice(0, end) };
}

test("each command of the README, and one for each operation of the API", async () => {
  const [diagnose = "", stream = "", get = "", recheck = "", watch = "", remove = "", spf = "", openTest = "", getTest = "", health = "", metrics = "", openApi = ""] = commands();
  expect(commands().map((line) => line.replaceAll(README, ""))).toEqual(expect.arrayContaining(Object.values(API_EXAMPLES).map((example) => example(""))));
  const made = await shell(diagnose);
  expect(made.status).toBe(201);
  const { id, deleteToken } = JSON.parse(made.body) as { id: string; deleteToken: string };
  const events = (await shell(stream)).body.trim().split("\n").map((line) => (JSON.parse(line) as { event: string }).event);
  expect([events[0], events.at(-1)]).toEqual(["progress", "report"]);
  const variables = { ID: id, TOKEN: deleteToken };
  expect(await shell(get, variables)).toMatchObject({ status: 200 });
  const again = await shell(recheck, variables);
  expect(again.status).toBe(201);
  expect(JSON.parse(again.body)).toMatchObject({ previous: id });
  // It goes on until the change is live: its first words will do.
  const watching = await shell(`curl -m 2 ${watch.slice("curl ".length)}; true`, variables);
  expect(watching.body).toMatch(/^(?:retry: \d+\n\ndata: \{"|\{"error":\{"code":"nothing-to-watch")/);
  expect(await shell(remove, variables)).toMatchObject({ status: 204 });
  expect(await shell(get, variables)).toMatchObject({ status: 404 });
  const evaluated = await shell(spf);
  expect(evaluated.status).toBe(200);
  expect(JSON.parse(evaluated.body)).toHaveProperty("result");
  const opened = await shell(openTest);
  expect(opened.status).toBe(201);
  const waiting = await shell(getTest, { TEST: (JSON.parse(opened.body) as { url: string }).url.split("/").at(-1) ?? "" });
  expect(waiting.status).toBe(200);
  expect(await shell(health)).toMatchObject({ status: 200 });
  expect((await shell(metrics)).body).toContain("rebound_diagnoses_total{");
  const { paths } = JSON.parse((await shell(openApi)).body) as { paths: Record<string, Record<string, { operationId?: string }>> };
  const operations = Object.values(paths).flatMap((path) => Object.values(path).flatMap(({ operationId }) => operationId ?? []));
  expect(operations.sort()).toEqual(Object.keys(API_EXAMPLES).sort());
});

test("figures say how often and how long, never of whom; without being asked for they are not there", async ({ request }) => {
  await request.post(`${app.url}/api/diagnoses`, { data: { input: "eleven.test", sendingIp: "192.0.2.77" } });
  const text = await (await request.get(`${app.url}/api/metrics`)).text();
  for (const name of ["rebound_diagnoses_total", "rebound_causes_total", "rebound_dns_answers_total", "rebound_dns_seconds_bucket", "rebound_store_seconds_bucket", "rebound_http_requests_total", "rebound_in_progress", "rebound_build_info", "process_resident_memory_bytes"]) expect(text, name).toContain(`\n${name}`);
  expect(text).not.toMatch(/eleven|192\.0\.2\.77/);
  expect((await request.get("/api/metrics")).status()).toBe(404);
});

test("the log is a JSON object a line, and knows neither domains nor reports", async ({ request }) => {
  const { id } = (await (await request.post(`${app.url}/api/diagnoses`, { data: { input: "eleven.test", sendingIp: "192.0.2.77" } })).json()) as { id: string };
  await expect.poll(() => lines().filter(({ event }) => event === "diagnosis").length).toBeGreaterThan(0);
  expect(lines()[0]).toMatchObject({ app: "rebound", level: "info", event: "start" });
  expect(lines().find(({ event }) => event === "diagnosis")).toMatchObject({ outcome: expect.any(String), cause: expect.any(String), questions: expect.any(Number), ms: expect.any(Number) });
  for (const secret of ["eleven.test", "192.0.2.77", id]) expect(app.output()).not.toContain(secret);
});

function lines(): readonly Record<string, unknown>[] {
  return app.output().split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Record<string, unknown>);
}

test("SIGTERM: what is under way is finished and stored, then the server ends", async () => {
  const own = await startApp({ settings: { REBOUND_DNS_SERVERS: `127.0.0.1:${dns.port}`, DATABASE_URL: `file:${test.info().outputPath("drained.db")}` } });
  dns.setDelay(150);
  const asked = fetch(`${own.url}/api/diagnoses`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ input: "eleven.test" }) });
  const questions = dns.asked.length;
  await expect.poll(() => dns.asked.length).toBeGreaterThan(questions);
  const stopped = own.stop();
  const answer = await asked;
  expect(answer.status).toBe(201);
  await answer.arrayBuffer();
  dns.setDelay(0);
  await stopped;
});
