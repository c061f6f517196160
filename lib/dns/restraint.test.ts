import { describe, expect, test } from "vitest";
import type { Answer, RecordType, Resolver } from "./resolver.ts";
import { makeRestraint, OFTEN, restrained, SHARED_FOR_MS } from "./restraint.ts";

const open = new AbortController().signal;

function counting(status: "ok" | "timeout" = "ok"): { readonly resolver: Resolver; readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    resolver: {
      query<T extends RecordType>(name: string, type: T): Promise<Answer<T>> {
        asked.push(`${type} ${name}`);
        return Promise.resolve(status === "timeout" ? { status, name, type, records: [], ms: 5 } : { status: "no-data", name, type, records: [], ms: 5 });
      },
    },
  };
}

describe("a ceiling on the questions of the whole server", () => {
  test("two seconds' worth at once, then so many a second, then not asked", async () => {
    let now = 0;
    const restraint = makeRestraint({ questionsPerSecond: 10, clock: () => now });
    expect(Array.from({ length: 21 }, () => restraint.turnNow())).toEqual([...Array.from({ length: 20 }, () => true), false]);
    now += 300;
    expect(Array.from({ length: 4 }, () => restraint.turnNow())).toEqual([true, true, true, false]);
  });

  test("who has to wait does so in turn, and not for long", async () => {
    const restraint = makeRestraint({ questionsPerSecond: 200, clock: () => performance.now() });
    const started = performance.now();
    const turns = await Promise.all(Array.from({ length: 440 }, () => restraint.turn()));
    expect(turns).not.toContain(false);
    expect(performance.now() - started).toBeGreaterThan(150);
    const flooded = makeRestraint({ questionsPerSecond: 1, clock: () => 0 });
    for (let n = 0; n < 2; n += 1) expect(flooded.turnNow()).toBe(true);
    for (let n = 0; n < 2; n += 1) void flooded.turn();
    expect(await flooded.turn()).toBe(false);
  });

  test("what is not asked is unknown, never missing", async () => {
    const { resolver, asked } = counting();
    const restraint = makeRestraint({ questionsPerSecond: 1, clock: () => 0 });
    for (let n = 0; n < 2; n += 1) restraint.turnNow();
    for (let n = 0; n < 2; n += 1) void restraint.turn();
    expect(await restrained(resolver, restraint, open).query("Shop.test.", "TXT")).toEqual({ status: "not-asked", name: "shop.test", type: "TXT", records: [], ms: 0 });
    expect(asked).toEqual([]);
  });
});

describe("a question that is put over and over", () => {
  async function put(times: number, status: "ok" | "timeout" = "ok", signal = open) {
    const clock = { now: 0 };
    const { resolver, asked } = counting(status);
    const dns = restrained(resolver, makeRestraint({ questionsPerSecond: 10_000, clock: () => clock.now }), signal);
    for (let n = 0; n < times; n += 1) await dns.query("shop.test", "TXT");
    return { dns, asked, clock };
  }

  test("is asked as it comes while that is seldom", async () => {
    expect((await put(OFTEN)).asked).toHaveLength(OFTEN);
  });

  test.each(["ok", "timeout"] as const)("then shares its answer (%s), whatever the name's case, and no other question does", async (status) => {
    const { dns, asked } = await put(OFTEN + 50, status);
    expect(asked).toHaveLength(OFTEN);
    expect(await dns.query("SHOP.test.", "TXT")).toMatchObject({ status: status === "ok" ? "no-data" : "timeout", ms: 0 });
    expect(asked).toHaveLength(OFTEN);
    await dns.query("shop.test", "A");
    await dns.query("www.shop.test", "TXT");
    expect(asked).toHaveLength(OFTEN + 2);
  });

  test("is asked anew when the shared answer is old, and as it comes when it is seldom again", async () => {
    const { dns, asked, clock } = await put(OFTEN + 1);
    clock.now = SHARED_FOR_MS;
    await dns.query("shop.test", "TXT");
    await dns.query("shop.test", "TXT");
    expect(asked).toHaveLength(OFTEN + 1);
    clock.now = 60_000;
    await dns.query("shop.test", "TXT");
    await dns.query("shop.test", "TXT");
    expect(asked).toHaveLength(OFTEN + 3);
  });

  test("shares nothing that the end of a diagnosis cut short", async () => {
    expect((await put(OFTEN + 50, "timeout", AbortSignal.abort())).asked).toHaveLength(OFTEN + 50);
  });
});
