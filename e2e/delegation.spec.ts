/**
 * A zone's own name servers through the product. Zones name documentation addresses, which nobody asks; so the app is told by
 * REBOUND_NAME_SERVER_AT where to ask all of them: one server on loopback. What needs several servers that hold different things,
 * each reached by its own address, is tested over loopback too, without the pages: `lib/diagnosis/delegation.test.ts`.
 */

import { expect, test } from "@playwright/test";
import { type Report, reportSchema } from "../lib/diagnosis/report.ts";
import { translator } from "../lib/messages/translate.ts";
import { type AppServer, startApp } from "../scripts/app-server.ts";
import { type DnsServer, startDnsServer } from "./dns-server.ts";

const SHOP = `
$ORIGIN shop.test.
$TTL 7200
@       SOA  ns1.host.test. hostmaster.host.test. 1 7200 3600 1209600 900
        NS   ns1.host.test.
        NS   ns2.host.test.
        TXT  "v=spf1 -all"
_dmarc  TXT  "v=DMARC1; p=reject"
`;
const HOSTS = "ns1.host.test. A 192.0.2.53\nns2.host.test. A 198.51.100.53\n";

test.describe.configure({ mode: "default" });
let resolver: DnsServer;
let own: DnsServer;
let app: AppServer;
test.beforeAll(async () => {
  [resolver, own] = await Promise.all([startDnsServer({ zones: [] }), startDnsServer({ zones: [], recursive: false })]);
  app = await startApp({ settings: { REBOUND_DNS_SERVERS: `127.0.0.1:${resolver.port}`, REBOUND_NAME_SERVER_AT: `127.0.0.1:${own.port}` } });
});
test.afterAll(async () => {
  await app.stop();
  await Promise.all([resolver.close(), own.close()]);
});

async function reportOf(hosts: string, held: string): Promise<Report> {
  resolver.serve([{ master: SHOP }, { master: hosts }]);
  own.serve([{ master: held }]);
  const answer = await fetch(`${app.url}/api/diagnoses`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ input: "shop.test" }) });
  expect(answer.status).toBe(201);
  return reportSchema.parse(await answer.json());
}
const lame = ({ findings }: Report) => findings.filter(({ code }) => code === "dns.lame-server").map(({ params }) => [params["host"], params["reason"]]);

test("both answer for the zone", async () => {
  const report = await reportOf(HOSTS, SHOP);
  expect(report.delegation?.servers.map(({ host, status, spf }) => [host, status, spf])).toEqual([["ns1.host.test", "answered", ["v=spf1 -all"]], ["ns2.host.test", "answered", ["v=spf1 -all"]]]);
  expect(lame(report)).toEqual([]);
});

test("one that has no address", async ({ page }) => {
  const report = await reportOf(HOSTS.replace("ns2.host.test.", "other.host.test."), SHOP);
  expect(lame(report)).toEqual([["ns2.host.test", "no-address"]]);
  await page.goto(`${app.url}/en/r/${report.id}`);
  await expect(page.getByRole("main")).toContainText("ns2.host.test");
  await expect(page.getByRole("main")).toContainText(translator("en")("finding.dns.lame-server.title", { domain: "shop.test", host: "ns2.host.test", reason: "no-address", reasonIs: "no_address" }).replaceAll(/<\/?code>/g, ""));
});

test("servers that refuse to answer for it", async () => {
  expect(lame(await reportOf(HOSTS, ";$FAULT shop.test. and-below refused\n"))).toEqual([["ns1.host.test", "refused"], ["ns2.host.test", "refused"]]);
});
