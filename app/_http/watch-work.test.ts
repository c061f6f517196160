import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type DnsServer, startDnsServer } from "../../e2e/dns-server.ts";
import { sampleReport } from "../../lib/store/sample-report.ts";
import type { Target, WatchedServer } from "../../lib/watch/index.ts";
import { watchWork } from "./watch-work.ts";

const ZONE = `$ORIGIN shop.test.
$TTL 300
@ SOA ns1.host.test. hostmaster.host.test. 1 7200 3600 1209600 60
  NS ns1.host.test.
  NS ns2.host.test.
  NS ns3.host.test.
  TXT "v=spf1 mx " "-all"
news CNAME elsewhere.test.
ns1.host.test. A 198.51.100.53
ns2.host.test. A 127.0.0.1
1.2.0.192.in-addr.arpa. PTR Host.isp.test.
2.0.192.in-addr.arpa. SOA ns1.host.test. hostmaster.host.test. 1 7200 3600 1209600 60
2.0.192.in-addr.arpa. NS ns1.host.test.
`;
const target = (name: string, type: Target["type"] = "TXT"): Target => ({ kind: "spf", name, type, wanted: [], today: [], judged: true });
const SPF = target("shop.test");
const POLICY = target("_dmarc.shop.test");
const PTR = target("1.2.0.192.in-addr.arpa", "PTR");

let dns: DnsServer;
let at: string;
beforeAll(async () => {
  dns = await startDnsServer({ zones: [{ master: ZONE }] });
  at = `127.0.0.1:${dns.port}`;
});
afterAll(() => dns.close());
beforeEach(() => {
  vi.stubEnv("REBOUND_DNS_SERVERS", at);
  vi.stubEnv("REBOUND_WATCH_RESOLVERS", "8.8.8.8,192.0.2.8:5353");
  vi.stubEnv("REBOUND_NAME_SERVER_AT", "");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const { signal } = new AbortController();
const found = (targets: readonly Target[]) => watchWork(sampleReport()).servers(targets, signal);
const own = (address: string | null): WatchedServer => ({ kind: "own", name: null, address, targets: [0] });
const cache = (): WatchedServer => ({ kind: "public", name: null, address: at, targets: [0] });

describe("who is asked", () => {
  test("of name servers only those out on the internet; the public resolvers; and the one that diagnoses ask", async () => {
    expect(await found([SPF, POLICY])).toEqual([
      { kind: "own", name: "ns1.host.test", address: null, targets: [0, 1] },
      { kind: "own", name: "ns2.host.test", address: null, targets: [0, 1] },
      { kind: "own", name: "ns3.host.test", address: null, targets: [0, 1] },
      { kind: "public", name: "Google Public DNS", address: "8.8.8.8", targets: [0, 1] },
      { kind: "public", name: null, address: "192.0.2.8:5353", targets: [0, 1] },
      { kind: "ours", name: null, address: at, targets: [0, 1] },
    ]);
  });

  test("a zone's servers only for what stands in the zone; ours once, where it is a public one", async () => {
    vi.stubEnv("REBOUND_NAME_SERVER_AT", at);
    vi.stubEnv("REBOUND_WATCH_RESOLVERS", at);
    expect(await found([SPF, PTR])).toEqual([
      { kind: "own", name: "ns1.host.test", address: "198.51.100.53", targets: [0] },
      { kind: "own", name: "ns2.host.test", address: "127.0.0.1", targets: [0] },
      { kind: "own", name: "ns3.host.test", address: null, targets: [0] },
      { kind: "own", name: "ns1.host.test", address: "198.51.100.53", targets: [1] },
      { kind: "public", name: null, address: at, targets: [0, 1] },
    ]);
  });

  test.each(["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1"])("a name server at %s is sent no question", async (address) => {
    const before = dns.asked.length;
    expect(await watchWork(sampleReport()).ask(own(address), SPF, signal)).toEqual({ records: null, secondsLeft: null });
    expect(dns.asked).toHaveLength(before);
  });
});

describe("what was heard", () => {
  beforeEach(() => {
    vi.stubEnv("REBOUND_NAME_SERVER_AT", at);
  });
  test.each<[string, () => WatchedServer, Target, object]>([
    ["records, their strings joined", cache, SPF, { records: ["v=spf1 mx -all"], secondsLeft: 300 }],
    ["that there are none, and how long that is remembered", cache, POLICY, { records: [], secondsLeft: 60 }],
    ["names", cache, PTR, { records: ["host.isp.test"], secondsLeft: 300 }],
    ["a zone's own word", () => own("198.51.100.53"), SPF, { records: ["v=spf1 mx -all"], secondsLeft: 300 }],
    ["an alias that leads elsewhere is no word on the name", () => own("198.51.100.53"), target("news.shop.test"), { records: null, secondsLeft: null }],
  ])("%s", async (_, server, about, expected) => {
    expect(await watchWork(sampleReport()).ask(server(), about, signal)).toEqual(expected);
  });

  test.each(["servfail", "refused", "timeout", "malformed"] as const)("%s is no answer", async (kind) => {
    dns.setFaults([{ name: "shop.test", kind, types: ["TXT"] }]);
    for (const server of [cache(), own("198.51.100.53")]) expect(await watchWork(sampleReport()).ask(server, SPF, signal)).toEqual({ records: null, secondsLeft: null });
    dns.setFaults([]);
  });
});

test.each<[string, string | null, boolean]>([
  ["v=spf1 ip4:192.0.2.1 -all", "192.0.2.1", true],
  ["v=spf1 ip4:192.0.2.9 -all", "192.0.2.1", false],
  ["v=spf1 ip4:192.0.2.1 -all", null, false],
])("whether %s lets %s pass: %s", async (record, sendingIp, expected) => {
  const { subject } = sampleReport();
  expect(await watchWork(sampleReport({ subject: { ...subject, sendingIp } })).passes(SPF, record, signal)).toBe(expected);
});
