import { expect, test, vi } from "vitest";
import { budgeted } from "./budget.ts";
import { evidenceResolver } from "./evidence.ts";
import { recording } from "./recording.ts";
import type { Resolver } from "./resolver.ts";
import { type Zone, zone } from "./zone.ts";

const ZONE = { "bakery.test": { TXT: ["v=spf1 -all"], A: ["192.0.2.1"] }, "slow.test": { fail: "timeout" as const } };
/** A server that never answers. */
const mute: Resolver = { query: () => new Promise(() => undefined) };

test("each question goes out once, whoever asks it and however it is spelt", async () => {
  const asked: string[] = [];
  const resolver = recording(zone(ZONE, asked));
  const [one, two] = await Promise.all([resolver.query("bakery.test", "A"), resolver.query("Bakery.Test.", "A")]);
  expect(await resolver.query("bakery.test", "A")).toBe(one);
  expect(two).toBe(one);
  await resolver.query("bakery.test", "TXT");
  expect(asked).toEqual(["A bakery.test", "TXT bakery.test"]);
});

test("answers stand in the order first asked, whenever they came; what is open is not-asked", async () => {
  const late: Resolver = { query: async (name, type) => (await new Promise((done) => setTimeout(done, name === "slow.test" ? 20 : 0)), zone(ZONE).query(name, type)) };
  const resolver = recording(late);
  const slow = resolver.query("slow.test", "A");
  await resolver.query("bakery.test", "A");
  expect(resolver.answers().map(({ name, status }) => [name, status])).toEqual([["slow.test", "not-asked"], ["bakery.test", "ok"]]);
  expect([resolver.indexOf("SLOW.test", "A"), resolver.indexOf("bakery.test.", "A"), resolver.indexOf("bakery.test", "MX")]).toEqual([0, 1, null]);
  await slow;
  await resolver.settled();
  expect(resolver.answers().map(({ status }) => status)).toEqual(["timeout", "ok"]);
});

test("hooks see each question once; scopes count their own, shared questions in both", async () => {
  const events: unknown[] = [];
  const resolver = recording<"spf" | "dmarc">(zone(ZONE), {
    onAsk: ({ name, type }) => events.push(`ask ${type} ${name}`),
    onAnswer: ({ name, status }) => events.push(`${status} ${name}`),
    onProgress: (progress) => events.push(progress),
  });
  const spf = resolver.scope("spf");
  await spf.query("bakery.test", "TXT");
  await spf.query("BAKERY.test", "TXT");
  await resolver.scope("dmarc").query("bakery.test", "TXT");
  await resolver.scope("spf").query("bakery.test", "A");
  expect(events).toEqual([
    { step: "spf", done: 0, of: 1 }, "ask TXT bakery.test", "ok bakery.test", { step: "spf", done: 1, of: 1 },
    { step: "dmarc", done: 0, of: 1 }, { step: "dmarc", done: 1, of: 1 },
    { step: "spf", done: 1, of: 2 }, "ask A bakery.test", "ok bakery.test", { step: "spf", done: 2, of: 2 },
  ]);
});

test("stored answers replay without the network, and tell what was never asked", async () => {
  const resolver = recording(zone(ZONE));
  for (const [name, type] of [["bakery.test", "TXT"], ["gone.test", "A"], ["slow.test", "MX"]] as const) await resolver.query(name, type);
  const replay = evidenceResolver(resolver.answers());
  expect(await replay.query("BAKERY.test.", "TXT")).toMatchObject({ status: "ok", records: [["v=spf1 -all"]] });
  expect((await replay.query("gone.test", "A")).status).toBe("no-name");
  expect((await replay.query("slow.test", "MX")).status).toBe("timeout");
  expect(await replay.query("bakery.test", "A")).toEqual({ status: "not-asked", name: "bakery.test", type: "A", records: [], ms: 0 });
});

test("past the budget of questions nothing is asked; repeats are free behind a recording", async () => {
  const asked: string[] = [];
  const resolver = recording(budgeted(zone(ZONE, asked), { questions: 2, deadlineMs: 1000 }));
  for (const type of ["A", "A", "TXT", "TXT", "MX"] as const) await resolver.query("bakery.test", type);
  expect(resolver.answers().map(({ type, status }) => [type, status])).toEqual([["A", "ok"], ["TXT", "ok"], ["MX", "not-asked"]]);
  expect(asked).toHaveLength(2);
});

test("an answer past the budget of octets is dropped, and nothing more is asked", async () => {
  const asked: string[] = [];
  const entries: Zone = { "a.test": { TXT: ["x".repeat(60)], A: ["192.0.2.1"] }, "b.test": { TXT: ["y".repeat(30)], MX: [[1, "mail.b.test"]], A: ["192.0.2.2"] } };
  const resolver = budgeted(zone(entries, asked), { questions: 9, deadlineMs: 1000, octets: 100 });
  const statuses: string[] = [];
  for (const [name, type] of [["a.test", "TXT"], ["a.test", "A"], ["b.test", "MX"], ["none.test", "A"], ["b.test", "TXT"], ["b.test", "A"]] as const) statuses.push((await resolver.query(name, type)).status);
  expect(statuses).toEqual(["ok", "ok", "ok", "no-name", "not-asked", "not-asked"]);
  expect(asked.at(-1)).toBe("TXT b.test");
});

test("the deadline ends questions in flight with timeout, and later ones are not asked", async () => {
  vi.useFakeTimers();
  try {
    const resolver = budgeted(mute, { questions: 9, deadlineMs: 12_000 });
    const flying = resolver.query("bakery.test", "A");
    await vi.advanceTimersByTimeAsync(11_999);
    expect(await Promise.race([flying, Promise.resolve("open")])).toBe("open");
    await vi.advanceTimersByTimeAsync(1);
    expect(await flying).toMatchObject({ status: "timeout", ms: 12_000 });
    expect(await resolver.query("bakery.test", "TXT")).toMatchObject({ status: "not-asked", ms: 0 });
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test("an answer in time leaves no timer behind", async () => {
  vi.useFakeTimers();
  try {
    expect((await budgeted(zone(ZONE), { questions: 9, deadlineMs: 12_000 }).query("bakery.test", "A")).status).toBe("ok");
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
