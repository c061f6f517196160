import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Report } from "../../lib/diagnosis/report.ts";
import type { Faulty, WatchLeases } from "../../lib/store/index.ts";
import { sampleReport } from "../../lib/store/sample-report.ts";
import { type Heard, timingOf } from "../../lib/watch/index.ts";
import { type SharedWatches, watchTogether } from "./shared-watches.ts";
import type { WatchWork } from "./watch-work.ts";
import { type Told, watchers } from "./watchers.ts";

const FIX = { finding: "spf.missing" as const, action: "create" as const, name: "shop.test", type: "TXT" as const, value: "v=spf1 mx -all", strings: ["v=spf1 mx -all"], replaces: [], assumptions: [], proof: null, changes: [], advice: false, copiedFrom: [], alternative: null };
const NEXT = sampleReport({ verdict: { outcome: "accepted", cause: "policy.nothing-found" } });
const FAULT: Faulty = { status: "fault", fault: { kind: "unavailable", detail: "" } };
const HOUR = 3_600_000;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

interface Row {
  readonly holder: string;
  readonly until: Date;
  readonly state: string | null;
}

/** A database, as the suite of the stores has it. */
function database() {
  const rows = new Map<string, Row>();
  const stored = new Map([[NEXT.id, NEXT]]);
  const valid = (id: string) => {
    const row = rows.get(id);
    return row === undefined || row.until.getTime() <= Date.now() ? null : row;
  };
  return { rows, stored, valid, isDown: false };
}

/** One process. While it is `dead`, nothing of it reaches the database; what it asks DNS is counted. */
function instance(shared: ReturnType<typeof database>, holder: string, { recheck = NEXT as Report | null } = {}) {
  const dns = { records: [] as string[], asked: 0, rechecks: 0, dead: false };
  const answered = <T>(answer: () => T): Promise<T | Faulty> => Promise.resolve(shared.isDown || dns.dead ? FAULT : answer());
  const leases: WatchLeases = {
    claimWatch: (id, by, until) =>
      answered(() => {
        const row = shared.valid(id);
        if (row !== null && row.holder !== by) return { status: "held", until: row.until } as const;
        shared.rows.set(id, { holder: by, until, state: row?.state ?? null });
        return { status: "claimed" } as const;
      }),
    tellWatch: (id, by, state) =>
      answered(() => {
        const row = shared.rows.get(id);
        if (row?.holder !== by) return { status: "lost" } as const;
        shared.rows.set(id, { ...row, state });
        return { status: "told" } as const;
      }),
    releaseWatch: (id, by) =>
      answered(() => {
        if (shared.rows.get(id)?.holder === by) shared.rows.delete(id);
        return { status: "released" } as const;
      }),
    watcherOf: (id) =>
      answered(() => {
        const row = shared.valid(id);
        return row === null ? ({ status: "free" } as const) : ({ status: "watched", ...row } as const);
      }),
  };
  const work: WatchWork = {
    servers: () => Promise.resolve([{ kind: "own", name: "ns1.shop.test", address: "203.0.113.53", targets: [0] }]),
    ask: () => {
      dns.asked += 1;
      return Promise.resolve<Heard>({ records: dns.records, secondsLeft: null });
    },
    passes: () => Promise.resolve(true),
    recheck: () => {
      dns.rechecks += 1;
      return Promise.resolve(recheck);
    },
  };
  const load: SharedWatches["load"] = (id) => Promise.resolve(shared.isDown ? "unknown" : (shared.stored.get(id) ?? "gone"));
  const registry = watchers({ work: () => work, timing: () => timingOf(5000), together: (watching) => watchTogether(watching, { leases, holder, load, leaseMs: 30_000 }) });
  const watch = (report: Report) => {
    const told: Told[] = [];
    const joined = registry.join(report, (state) => told.push(state));
    return { told, leave: () => joined?.leave(), phase: () => told.at(-1)?.phase };
  };
  return { dns, watch };
}

function two(options?: { recheck: Report | null }) {
  const shared = database();
  return { shared, one: instance(shared, "one", options), other: instance(shared, "other", options), report: sampleReport({ fixes: [FIX] }) };
}

const LIVE = ["v=spf1 mx -all"];

beforeEach(() => {
  vi.useFakeTimers();
  globalThis.reboundShutdown = new Set();
  vi.spyOn(console, "error").mockReturnValue();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("one asks, the viewers of both are told the same, and there is one new report", async () => {
  const { one, other, report } = two();
  const [here, there] = [one.watch(report), other.watch(report)];
  await pass(61_000);
  expect([one.dns.asked > 5, other.dns.asked]).toEqual([true, 0]);
  expect(there.told.at(-1)).toEqual(here.told.at(-1));
  one.dns.records = LIVE;
  await pass(35_000);
  expect([here.phase(), there.phase()]).toEqual(["done", "done"]);
  expect(there.told.at(-1)).toEqual({ ...here.told.at(-1), report: NEXT });
  expect([one.dns.rechecks, other.dns.rechecks, other.dns.asked]).toEqual([1, 0, 0]);
});

test("what came of it is seen elsewhere for ten minutes; then a watch is begun anew", async () => {
  const { one, other, report } = two();
  one.dns.records = LIVE;
  one.watch(report);
  await pass(590_000);
  const late = other.watch(report);
  await pass(1);
  expect([late.phase(), late.told.length, other.dns.asked]).toEqual(["done", 1, 0]);
  const third = two();
  third.shared.rows.set(third.report.id, { holder: "gone", until: new Date(Date.now() - 1), state: '{"phase":"done"}' });
  third.one.watch(third.report);
  await pass(1000);
  expect(third.one.dns.asked).toBeGreaterThan(0);
});

test("when the holder dies another takes over within half a minute, and its hour goes on", async () => {
  const { one, other, report } = two();
  one.watch(report);
  const there = other.watch(report);
  await pass(1_000_000);
  const began = there.told.at(-1)?.startedAt;
  one.dns.dead = true;
  await pass(33_000);
  expect(other.dns.asked).toBeGreaterThan(0);
  expect([there.phase(), there.told.at(-1)?.startedAt]).toEqual(["watching", began]);
  await pass(HOUR - 1_000_000);
  expect(there.told.at(-1)).toMatchObject({ phase: "stopped", reason: "time" });
});

test("a holder that comes back late gives way, and follows", async () => {
  const { one, other, report } = two();
  const [here, there] = [one.watch(report), other.watch(report)];
  await pass(5000);
  one.dns.dead = true;
  await pass(60_000);
  one.dns.dead = false;
  await pass(15_000);
  const { asked } = one.dns;
  other.dns.records = LIVE;
  await pass(60_000);
  expect([here.phase(), there.phase(), one.dns.asked, one.dns.rechecks, other.dns.rechecks]).toEqual(["done", "done", asked, 0, 1]);
});

test("when nobody looks at the holder any more, another that is looked at goes on", async () => {
  const { one, other, report } = two();
  const here = one.watch(report);
  const there = other.watch(report);
  await pass(5000);
  here.leave();
  await pass(123_000);
  const { asked } = one.dns;
  other.dns.records = LIVE;
  await pass(60_000);
  expect([there.phase(), one.dns.asked, other.dns.rechecks]).toEqual(["done", asked, 1]);
});

test("without the database each watches for itself; once it is back, one does", async () => {
  const { shared, one, other, report } = two();
  shared.isDown = true;
  const [here, there] = [one.watch(report), other.watch(report)];
  await pass(30_000);
  expect([here.phase(), there.phase(), one.dns.asked > 3, other.dns.asked > 3]).toEqual(["watching", "watching", true, true]);
  shared.isDown = false;
  await pass(60_000);
  const before = [one.dns.asked, other.dns.asked];
  await pass(90_000);
  expect([one.dns.asked > (before[0] ?? 0), other.dns.asked > (before[1] ?? 0)].filter(Boolean)).toHaveLength(1);
  [one.dns.records, other.dns.records] = [LIVE, LIVE];
  await pass(60_000);
  expect([here.phase(), there.phase(), one.dns.rechecks + other.dns.rechecks]).toEqual(["done", "done", 1]);
});

test("a short fault of the database lets the followers wait, and what was told meanwhile is told afterwards", async () => {
  const { shared, one, other, report } = two();
  one.watch(report);
  const there = other.watch(report);
  await pass(10_000);
  shared.isDown = true;
  one.dns.records = LIVE;
  await pass(6000);
  expect([other.dns.asked, there.phase(), one.dns.rechecks]).toEqual([0, "watching", 1]);
  shared.isDown = false;
  await pass(5000);
  expect([there.phase(), other.dns.asked, other.dns.rechecks]).toEqual(["done", 0, 0]);
});

test("what came to nothing is told elsewhere, and whoever wants it anew gets it", async () => {
  const { one, other, report } = two({ recheck: null });
  one.watch(report);
  const there = other.watch(report);
  await pass(5000);
  one.dns.records = LIVE;
  await pass(8000);
  expect(there.told.at(-1)).toMatchObject({ phase: "stopped", reason: "failed" });
  const anew = other.watch(report);
  await pass(15_000);
  expect([anew.phase(), other.dns.asked > 0]).toEqual(["watching", true]);
});

test("a new report that was deleted at once is none", async () => {
  const { shared, one, other, report } = two();
  one.watch(report);
  const there = other.watch(report);
  await pass(5000);
  shared.stored.clear();
  one.dns.records = LIVE;
  await pass(35_000);
  expect(there.told.at(-1)).toMatchObject({ phase: "stopped", reason: "failed", report: null });
});

test("told to stop, an instance gives its lease back", async () => {
  const { shared, one, other, report } = two();
  one.watch(report);
  other.watch(report);
  await pass(5000);
  const [end] = globalThis.reboundShutdown ?? [];
  end?.();
  await pass(2001);
  expect(shared.rows.get(report.id)?.holder).toBe("other");
  const { asked } = one.dns;
  await pass(30_000);
  expect([one.dns.asked, other.dns.asked > 0]).toEqual([asked, true]);
});
