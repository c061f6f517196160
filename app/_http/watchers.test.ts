import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Report } from "../../lib/diagnosis/report.ts";
import { sampleReport } from "../../lib/store/sample-report.ts";
import { type Heard, timingOf, type WatchedServer } from "../../lib/watch/index.ts";
import type { WatchWork } from "./watch-work.ts";
import { type Told, watchers } from "./watchers.ts";

const FIX = { finding: "spf.missing" as const, action: "create" as const, name: "shop.test", type: "TXT" as const, value: "v=spf1 mx -all", strings: ["v=spf1 mx -all"], replaces: [], assumptions: [], proof: null, changes: [], advice: false, copiedFrom: [], alternative: null };
const OWN: WatchedServer = { kind: "own", name: "ns1.shop.test", address: "203.0.113.53", targets: [0] };
const NEXT = sampleReport({ verdict: { outcome: "accepted", cause: "policy.nothing-found" } });
const HOUR = 3_600_000;

/** What DNS holds, who was asked, and what else was done. */
function world({ servers = [OWN], most = 2, recheck = NEXT as Report | null | "throws" } = {}) {
  const dns = { records: [] as string[] | null, asked: 0, passes: 0, rechecks: 0 };
  const work: WatchWork = {
    servers: () => Promise.resolve(servers),
    ask: () => {
      dns.asked += 1;
      return Promise.resolve<Heard>({ records: dns.records, secondsLeft: null });
    },
    passes: () => {
      dns.passes += 1;
      return Promise.resolve(true);
    },
    recheck: () => {
      dns.rechecks += 1;
      return recheck === "throws" ? Promise.reject(new Error("a fault")) : Promise.resolve(recheck);
    },
  };
  const registry = watchers({ work: () => work, timing: () => timingOf(5000), most });
  const watch = (report: Report) => {
    const told: Told[] = [];
    const joined = registry.join(report, (state) => told.push(state));
    return { told, joined, phase: () => told.at(-1)?.phase };
  };
  return { dns, registry, watch };
}

const report = () => sampleReport({ fixes: [FIX] });
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "error").mockReturnValue();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("all who look at a report share one watch: the same questions, the same new report", async () => {
  const { dns, watch } = world();
  const one = report();
  const [first, second] = [watch(one), watch(one)];
  await pass(5000);
  expect(dns.asked).toBe(2);
  const late = watch(one);
  expect(late.told).toHaveLength(1);
  dns.records = ["v=spf1 mx -all"];
  await pass(30_000);
  for (const { told, phase } of [first, second, late]) {
    expect(phase()).toBe("done");
    expect(told.at(-1)?.report).toBe(NEXT);
  }
  expect(dns.rechecks).toBe(1);
  expect(first.told.map(({ phase }) => phase).filter((phase, index, all) => phase !== all[index - 1])).toEqual(["watching", "checking", "done"]);
});

test("who reloads is told what came of it for ten minutes, and after that a watch is begun anew", async () => {
  const { dns, watch, registry } = world();
  const one = report();
  dns.records = ["v=spf1 mx -all"];
  watch(one).joined?.leave();
  await pass(1000);
  expect([watch(one).phase(), dns.rechecks]).toEqual(["done", 1]);
  await pass(600_000);
  expect(registry.isWatched(one.id)).toBe(false);
});

test("it ends two minutes after the last viewer has gone, and not before", async () => {
  const { dns, watch, registry } = world();
  const one = report();
  watch(one).joined?.leave();
  await pass(119_000);
  const back = watch(one);
  await pass(60_000);
  expect(registry.isWatched(one.id)).toBe(true);
  back.joined?.leave();
  await pass(121_000);
  expect(registry.isWatched(one.id)).toBe(false);
  const { asked } = dns;
  await pass(HOUR);
  expect(dns.asked).toBe(asked);
});

test("after an hour it stops by itself, and can be begun anew", async () => {
  const { dns, watch } = world();
  const one = report();
  const first = watch(one);
  await pass(HOUR + 60_000);
  expect(first.told.at(-1)).toMatchObject({ phase: "stopped", reason: "time", nextAt: null });
  expect(dns.rechecks).toBe(0);
  expect(watch(one).phase()).toBe("watching");
});

test("past the most there may be, a further one is refused; one that has ended makes room", async () => {
  const { dns, watch, registry } = world({ most: 2 });
  const [one, two, three] = [report(), report(), report()];
  watch(one);
  watch(two);
  expect(watch(three).joined).toBe(null);
  expect(registry.isWatched(three.id)).toBe(false);
  expect(watch(two).joined).not.toBe(null);
  dns.records = ["v=spf1 mx -all"];
  await pass(30_000);
  expect(watch(three).joined).not.toBe(null);
});

test.each<[string, Report | null | "throws"]>([["could not be kept", null], ["met a fault of ours", "throws"]])("a new report that %s is told as that", async (_, recheck) => {
  const { dns, watch } = world({ recheck });
  dns.records = ["v=spf1 mx -all"];
  const { told } = watch(report());
  await pass(1000);
  expect(told.at(-1)).toMatchObject({ phase: "stopped", reason: "failed" });
});

test("with nobody to ask it says so at once", async () => {
  const { watch } = world({ servers: [] });
  const { told } = watch(report());
  await pass(0);
  expect(told.at(-1)).toMatchObject({ phase: "stopped", reason: "nobody" });
});

test("another record is evaluated once, however often it is seen", async () => {
  const { dns, watch } = world({ servers: [OWN, { ...OWN, name: "ns2.shop.test" }] });
  dns.records = ["v=spf1 ip4:192.0.2.1 -all"];
  const { told, phase } = watch(report());
  await pass(1000);
  expect(phase()).toBe("done");
  expect(told.at(-1)?.servers.map(({ records }) => records[0]?.state)).toEqual(["works", "works"]);
  expect(dns.passes).toBe(1);
});
