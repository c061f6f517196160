/**
 * The suite of RFC 7208 through the product: each case's zone served as real DNS packets, each question put to `POST /api/spf`
 * of the production build. A name that the zone marks as timing out gets no answer.
 */

import { expect, test } from "@playwright/test";
import { type SpfAnswer, spfAnswerSchema } from "../app/_http/spf-answer.ts";
import { COUNTING_CASES, RFC7208_CASES, unfoldedCounts, type WholeCase } from "../lib/spf/rfc7208/index.ts";
import type { Zone } from "../lib/dns/zone.ts";
import { type AppServer, startApp } from "../scripts/app-server.ts";
import { type Asked, type DnsServer, startDnsServer } from "./dns-server.ts";

/** What the request of the contract has no place for, or DNS packets cannot hold. Everything else is asked. */
const NOT_CARRIED: Readonly<Record<string, string>> = {
  "2.4 the identity that is checked: <domain> may differ from the sender's": "the request has no <domain> of its own",
  "4.4 record lookup: a question never asked is temperror, not none": "a server cannot leave a question unasked",
  "5.3 a: an address that DNS should not give does not match": "a packet holds no A record of three numbers",
  "6.2 exp: all letters": "the request has no receiver and no clock",
};
const CASES = [...RFC7208_CASES, ...COUNTING_CASES];
const CARRIED = CASES.filter(({ name }) => !(name in NOT_CARRIED));

/** An app and the DNS server that it asks: one case at a time. Several stand side by side, since a question without an answer takes the app four seconds. */
interface Lane {
  readonly dns: DnsServer;
  readonly app: AppServer;
}
const LANES = 4;
const lanes: Lane[] = [];

interface Outcome {
  readonly status: number;
  readonly body: unknown;
  readonly asked: readonly Asked[];
}

async function outcomeOf({ dns, app }: Lane, zone: Zone, { ip, mailFrom, helo }: WholeCase["question"]): Promise<Outcome> {
  dns.serve([zone]);
  const before = dns.asked.length;
  const answer = await fetch(`${app.url}/api/spf`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ip, mailFrom, helo }) });
  return { status: answer.status, body: await answer.json(), asked: dns.asked.slice(before) };
}

function answerOf({ status, body }: Outcome): SpfAnswer {
  expect(status).toBe(200);
  return spfAnswerSchema.parse(body);
}

/** Outcomes by the case's place, from the first that was wanted on: the lanes work ahead of the tests. */
const outcomes: Pending[] = [];
interface Pending {
  readonly promise: Promise<Outcome>;
  readonly settle: (outcome: Promise<Outcome>) => void;
}
let next: number | null = null;

function outcomeAt(place: number): Promise<Outcome> {
  if (next === null) {
    next = place;
    for (const lane of lanes) void work(lane);
  }
  return pendingAt(place).promise;
}

function pendingAt(place: number): Pending {
  let settle: Pending["settle"] = () => undefined;
  const promise = new Promise<Outcome>((resolve) => (settle = resolve));
  return (outcomes[place] ??= { promise, settle });
}

async function work(lane: Lane): Promise<void> {
  while (next !== null && next < CARRIED.length) {
    const place = next++;
    const one = CARRIED[place];
    if (one === undefined) return;
    const outcome = outcomeOf(lane, one.zone, one.question);
    pendingAt(place).settle(outcome);
    // The test that waits for it is told; where none waits any more, nobody is.
    await outcome.catch(() => null);
  }
}

// One worker, in order: fullyParallel would give each worker lanes of its own.
test.describe.configure({ mode: "default" });

test.beforeAll(async () => {
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      const dns = await startDnsServer({ zones: [] });
      lanes.push({ dns, app: await startApp({ settings: { REBOUND_DNS_SERVERS: `127.0.0.1:${dns.port}` } }) });
    }),
  );
});

test.afterAll(async () => {
  next = CARRIED.length;
  await Promise.all(lanes.map(async ({ dns, app }) => {
    await app.stop();
    await dns.close();
  }));
});

for (const [place, { name, expected }] of CARRIED.entries()) {
  test(name, async () => {
    const outcome = await outcomeAt(place);
    const { matched: _matched, asks, unfolded, ...rest } = expected;
    const answer = answerOf(outcome);
    expect(answer).toMatchObject(rest);
    if (unfolded !== undefined) expect(unfoldedCounts(answer.tree)).toEqual(unfolded);
    if (asks !== undefined) expect(outcome.asked.map(questionOf)).toContain(asks.toLowerCase());
    // RFC 7208 section 3.1: records of type SPF (99) are not looked at.
    expect(outcome.asked.filter(({ type }) => !["TXT", "A", "AAAA", "MX", "PTR"].includes(type))).toEqual([]);
  });
}

function questionOf({ name, type }: Asked): string {
  return `${type} ${name}`.toLowerCase();
}

test("what the API cannot carry is named, and little", () => {
  const names = new Set(CASES.map(({ name }) => name));
  console.log(`RFC 7208 suite: ${CARRIED.length} of ${CASES.length} cases go through POST /api/spf; ${Object.keys(NOT_CARRIED).length} do not:`);
  for (const [name, reason] of Object.entries(NOT_CARRIED)) {
    console.log(`  ${name} (${reason})`);
    expect(names.has(name), name).toBe(true);
  }
  expect(CARRIED.length).toBeGreaterThanOrEqual(250);
});

test("names that Node's resolver refuses are asked all the same, each from a socket of its own; all others go through Node's", async () => {
  const [lane] = lanes;
  if (lane === undefined) throw new Error("no lane");
  const ODD = ["foo:bar.example.test", "o'brien._spf.example.test", "a b.example.test"];
  const PLAIN = ["in.example.test", "host.example.test", "host-2.example.test", "_host.example.test"];
  const zone: Zone = {
    "example.test": { TXT: ["v=spf1 a:foo:bar.%{d} exists:%{l}._spf.%{d} exists:a%_b.%{d} include:in.%{d} a:host-2.%{d} a:_host.%{d} a:host.%{d} -all"] },
    "foo:bar.example.test": { A: ["198.51.100.1"] },
    "in.example.test": { TXT: ["v=spf1 ip4:198.51.100.2 -all"] },
    "host.example.test": { A: ["192.0.2.1"] },
    "host-2.example.test": { A: ["198.51.100.3"] },
    "_host.example.test": { A: ["198.51.100.4"] },
  };
  const outcome = await outcomeOf(lane, zone, { ip: "192.0.2.1", mailFrom: "o'brien@example.test", helo: "mail.example.test" });
  expect(answerOf(outcome)).toMatchObject({ result: "pass", mechanism: "a:host.%{d}", lookups: 7, voidLookups: 2 });
  const portsOf = (names: readonly string[]) => outcome.asked.filter(({ name }) => names.includes(name.toLowerCase())).map(({ port }) => port);
  for (const name of [...ODD, ...PLAIN]) expect(portsOf([name]).length, name).toBeGreaterThan(0);
  // Node's asks from one socket whatever is asked at once.
  expect(new Set(portsOf(PLAIN)).size).toBeLessThan(PLAIN.length);
  expect(new Set(portsOf(ODD)).size).toBe(portsOf(ODD).length);
  expect(portsOf(ODD).filter((port) => portsOf(PLAIN).includes(port))).toEqual([]);
});
