import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DnsServer, startDnsServer } from "../../e2e/dns-server.ts";
import { type NodeResolverOptions, nodeResolver } from "./node-resolver.ts";
import { packetResolver } from "./packet-resolver.ts";
import type { DnsStatus, RecordType, Resolver } from "./resolver.ts";

const MASTER = `
$ORIGIN test.
$TTL 60
@            SOA  ns hostmaster 7 7200 3600 1209600 300
bakery       A    192.0.2.1
             AAAA 2001:db8::1
             MX   10 MX.Bakery
             NS   ns
             TXT  "v=spf1 mx" " -all"
mx.bakery    A    192.0.2.2
only-a       A    192.0.2.3
null         MX   0 .
below.empty  A    192.0.2.4
alias        CNAME bakery
alias-void   CNAME only-a
alias-gone   CNAME gone
octets       TXT  "v=spf1\\227\\128\\128-all"
             TXT  "caf\\233"
             TXT  "\\239\\187\\191v=spf1 -all"
             TXT  "split \\227\\129" "\\130"
             TXT  ""
foo:bar      TXT  "colon"
o'brien._spf A    127.0.0.2
a\\032b\\037  A    127.0.0.3
*.wild       A    192.0.2.5
big          TXT  "${"a".repeat(250)}" "${"b".repeat(250)}" "${"c".repeat(250)}" "${"d".repeat(250)}" "${"e".repeat(250)}" "${"f".repeat(250)}"
big:odd      TXT  "${"a".repeat(250)}" "${"b".repeat(250)}" "${"c".repeat(250)}"
odd:alias    CNAME bakery
1.2.0.192.in-addr.arpa. PTR Mail.Bakery.test.
6.2.0.192.in-addr.arpa. CNAME 6.rev.test.
6.rev        PTR  delegated.bakery
`;

const TYPES: readonly RecordType[] = ["A", "AAAA", "TXT", "MX", "PTR", "CNAME", "NS", "SOA"];
let server: DnsServer;
const QUICK = { timeoutMs: 200, tries: 2 };
const local = (more: Partial<NodeResolverOptions> = {}) => nodeResolver({ ...QUICK, servers: [`127.0.0.1:${server.port}`], ...more });
const packets = () => packetResolver({ ...QUICK, servers: [`127.0.0.1:${server.port}`] });

beforeAll(async () => {
  server = await startDnsServer({ zones: [{ master: MASTER }] });
});
afterAll(() => server.close());

describe.each([
  ["Node's resolver", () => local()],
  ["the packet resolver", () => packets()],
])("%s", (_, make: () => Resolver) => {
  test.each<[name: string, type: RecordType, records: unknown[]]>([
    ["bakery.test", "A", ["192.0.2.1"]],
    ["BAKERY.Test.", "AAAA", ["2001:db8::1"]],
    ["bakery.test", "MX", [{ preference: 10, exchange: "mx.bakery.test" }]],
    ["bakery.test", "TXT", [["v=spf1 mx", " -all"]]],
    ["bakery.test", "NS", ["ns.test"]],
    ["test", "SOA", [{ nsname: "ns.test", hostmaster: "hostmaster.test", serial: 7, refresh: 7200, retry: 3600, expire: 1209600, minttl: 300 }]],
    ["null.test", "MX", [{ preference: 0, exchange: "" }]],
    ["1.2.0.192.in-addr.arpa", "PTR", ["mail.bakery.test"]],
    ["6.2.0.192.in-addr.arpa", "PTR", ["delegated.bakery.test"]],
    ["alias.test", "CNAME", ["bakery.test"]],
    ["alias.test", "A", ["192.0.2.1"]],
    ["alias.test", "TXT", [["v=spf1 mx", " -all"]]],
    ["x.y.wild.test", "A", ["192.0.2.5"]],
    ["octets.test", "TXT", [["v=spf1\u3000-all"], ["caf\u00e9"], ["\ufeffv=spf1 -all"], ["split ", "あ"], [""]]],
  ])("%s %s", async (name, type, records) => {
    expect(await make().query(name, type)).toEqual({ status: "ok", name: name.toLowerCase().replace(/\.$/, ""), type, records, ms: expect.any(Number) });
  });

  test("a name that does not exist and a name without the type are kept apart, for every type", async () => {
    for (const type of TYPES) {
      expect(await make().query("gone.test", type), type).toMatchObject({ status: "no-name", records: [] });
      expect(await make().query("empty.test", type), type).toMatchObject({ status: "no-data", records: [] });
      if (type !== "CNAME") {
        expect(await make().query("alias-gone.test", type), type).toMatchObject({ status: "no-name" });
        if (type !== "A") expect(await make().query("alias-void.test", type), type).toMatchObject({ status: "no-data" });
      }
    }
  });

  test.each<[fault: Parameters<DnsServer["setFaults"]>[0][number]["kind"], status: DnsStatus]>([
    ["servfail", "server-failure"],
    ["refused", "refused"],
    ["timeout", "timeout"],
    ["malformed", "malformed"],
    ["wrong-id", "timeout"],
    ["nxdomain", "no-name"],
    ["nodata", "no-data"],
    ["delay", "ok"],
    ["truncate", "ok"],
  ])("a server that answers with %s: %s", async (kind, status) => {
    server.setFaults([{ name: "bakery.test", kind, ms: 20 }]);
    const from = server.asked.length;
    const answer = await make().query("bakery.test", "A");
    server.setFaults([]);
    expect(answer).toMatchObject({ status, name: "bakery.test", type: "A" });
    if (kind === "delay") expect(answer.ms).toBeGreaterThanOrEqual(19);
    if (kind === "truncate") expect(server.asked.slice(from).map(({ over }) => over)).toEqual(["udp", "tcp"]);
    if (kind === "timeout") expect(server.asked.length - from).toBe(QUICK.tries);
  });

  test("an answer too long for UDP is fetched over TCP", async () => {
    const answer = await make().query("big.test", "TXT");
    expect(answer.records[0]?.map((text) => text.length)).toEqual([250, 250, 250, 250, 250, 250]);
    expect(server.asked.at(-1)).toMatchObject({ name: "big.test", type: "TXT", over: "tcp" });
  });
});

describe("names that Node's resolver refuses are asked on the wire", () => {
  test.each<[name: string, type: RecordType, status: DnsStatus, records: unknown[]]>([
    ["foo:bar.test", "TXT", "ok", [["colon"]]],
    ["O'Brien._spf.test", "A", "ok", ["127.0.0.2"]],
    ["a b%.test", "A", "ok", ["127.0.0.3"]],
    ["it's.wild.test", "A", "ok", ["192.0.2.5"]],
    ["no@body.test", "A", "no-name", []],
    ["odd:alias.test", "A", "ok", ["192.0.2.1"]],
  ])("%s %s", async (name, type, status, records) => {
    const from = server.asked.length;
    expect(await local().query(name, type)).toMatchObject({ status, name: name.toLowerCase(), records });
    expect(server.asked.slice(from)).toMatchObject([{ name: name.toLowerCase(), type, over: "udp" }]);
  });

  test.each(["a\0b.test", "a\\.b.test", "é.test", "tab\there.test"])("%j is asked as it is, not as something else", async (name) => {
    const from = server.asked.length;
    expect(await local().query(name, "A")).toMatchObject({ status: "no-name", name });
    expect(server.asked.slice(from).map((asked) => asked.name)).toEqual([name]);
  });

  test("also over TCP", async () => {
    const answer = await local().query("big:odd.test", "TXT");
    expect(answer.records[0]).toHaveLength(3);
    expect(server.asked.at(-1)?.over).toBe("tcp");
  });
});

test.each(["", ".", "a..b", ".a.test", `${"a".repeat(64)}.test`, `${"a.".repeat(127)}a`, `${"a".repeat(63)}.`.repeat(4).slice(0, -1), `fo:o..test`])("%j cannot be asked, and is not", async (name) => {
  const from = server.asked.length;
  expect(await local().query(name, "A")).toMatchObject({ status: "malformed", records: [], ms: 0 });
  expect(await packets().query(name, "A")).toMatchObject({ status: "malformed", records: [], ms: 0 });
  expect(server.asked.length).toBe(from);
});

test("a name of exactly 253 octets is asked", async () => {
  const name = `${`${"a".repeat(62)}.`.repeat(3)}${"b".repeat(59)}.test`;
  expect(name.length).toBe(253);
  expect((await local().query(name, "A")).status).toBe("no-name");
});

test("a closed port: nobody answered", async () => {
  const gone = await startDnsServer({ zones: [] });
  await gone.close();
  const servers = [`127.0.0.1:${gone.port}`];
  expect((await nodeResolver({ ...QUICK, servers }).query("bakery.test", "A")).status).toBe("timeout");
  expect((await nodeResolver({ ...QUICK, servers }).query("foo:bar.test", "A")).status).toBe("timeout");
});

test("the second server is asked where the first is silent; a first server that says SERVFAIL has answered", async () => {
  const fault = async (kind: "timeout" | "server-failure", status: DnsStatus) => {
    const first = await startDnsServer({ zones: [{ "bakery.test": { fail: kind }, "foo:bar.test": { fail: kind } }] });
    const resolver = nodeResolver({ ...QUICK, servers: [`127.0.0.1:${first.port}`, `127.0.0.1:${server.port}`] });
    expect(resolver.servers).toHaveLength(2);
    expect((await resolver.query("bakery.test", "A")).status).toBe(status);
    expect((await resolver.query("foo:bar.test", "TXT")).status).toBe(status);
    await first.close();
  };
  await fault("timeout", "ok");
  await fault("server-failure", "server-failure");
});

test("the signal ends questions in flight, and nothing is asked after it", async () => {
  server.setFaults([{ name: "test", below: true, kind: "timeout" }]);
  const end = new AbortController();
  const resolver = local({ timeoutMs: 5000, signal: end.signal });
  const started = performance.now();
  const answers = Promise.all([resolver.query("bakery.test", "A"), resolver.query("foo:bar.test", "A")]);
  setTimeout(() => end.abort(), 30);
  expect((await answers).map(({ status }) => status)).toEqual(["timeout", "timeout"]);
  expect(performance.now() - started).toBeLessThan(1000);
  server.setFaults([]);
  const from = server.asked.length;
  expect((await resolver.query("bakery.test", "A")).status).toBe("not-asked");
  expect(server.asked.length).toBe(from);
});

test("many questions at once are all answered", async () => {
  const resolver = local();
  const answers = await Promise.all(Array.from({ length: 300 }, (_, index) => resolver.query(`n${index}.wild.test`, "A")));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(["ok"]));
});

test("an answer that cannot be read takes none of those down that are waited for beside it", async () => {
  const names = ["bakery.test", "only-a.test", "mx.bakery.test", "below.empty.test"];
  server.setDelay(30);
  server.setFaults([{ name: "null.test", kind: "malformed" }]);
  const resolver = local();
  try {
    const [spoilt, ...others] = await Promise.all(["null.test", ...names].map((name) => resolver.query(name, "A")));
    expect(spoilt?.status).toBe("malformed");
    expect(others.map(({ status }) => status)).toEqual(names.map(() => "ok"));
  } finally {
    server.setDelay(0);
    server.setFaults([]);
  }
});
