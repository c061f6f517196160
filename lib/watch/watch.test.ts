import { describe, expect, test } from "vitest";
import { sampleReport } from "../store/sample-report.ts";
import { readRecords } from "./read.ts";
import { type Target, targetsOf } from "./targets.ts";
import { begin, dueAt, duePlaces, ending, hear, type Heard, shownServers, timingOf, type Watch, type WatchedServer } from "./watch.ts";

const target = (more: Partial<Target> = {}): Target => ({ kind: "spf", name: "shop.test", type: "TXT", wanted: ["v=spf1 mx ip4:192.0.2.1 -all"], today: ["v=spf1 mx -all"], judged: true, ...more });

describe("what a server's records mean", () => {
  test.each<[string, Partial<Target>, string[], string]>([
    ["the proposal", {}, ["v=spf1 mx ip4:192.0.2.1 -all"], "seen"],
    ["the proposal, spaced and cased otherwise, beside others' records", {}, ["site=1", " v=spf1", "V=SPF1  MX ip4:192.0.2.1  -ALL "], "seen"],
    ["macro letters keep their case", { wanted: ["v=spf1 exists:%{i}.x.test -all"] }, ["v=spf1 exists:%{I}.x.test -all"], "other"],
    ["today's", {}, ["v=spf1 mx -all"], "old"],
    ["none", {}, [], "absent"],
    ["none of the kind", {}, ["v=spf10 mx", "site=1"], "absent"],
    ["both", {}, ["v=spf1 mx -all", "v=spf1 mx ip4:192.0.2.1 -all"], "several"],
    ["twice the proposal", {}, ["v=spf1 mx ip4:192.0.2.1 -all", "v=spf1 mx ip4:192.0.2.1 -all"], "several"],
    ["two as before", { today: ["v=spf1 a -all", "v=spf1 mx -all"] }, ["v=spf1 mx -all", "v=spf1 a -all"], "old"],
    ["another", {}, ["v=spf1 a -all"], "other"],
    ["the cure for good instead of the quick one", { wanted: ["v=spf1 a -all", "v=spf1 mx -all"], today: [] }, ["v=spf1 mx -all"], "seen"],
    ["a policy, spaced otherwise", { kind: "dmarc", wanted: ["v=DMARC1; p=none; rua=mailto:a@shop.test"] }, ["v=DMARC1;p=none;rua=mailto:a@shop.test;"], "seen"],
    ["a policy of another value", { kind: "dmarc", wanted: ["v=DMARC1; p=none"] }, ["v=DMARC1; p=reject"], "other"],
    ["a key with a blank put in by a panel", { kind: "key", wanted: ["v=DKIM1; k=rsa; p=MIGfMA0"] }, ["v=DKIM1; k=rsa; p=MIGf MA0"], "seen"],
    ["a key cut short", { kind: "key", wanted: ["v=DKIM1; k=rsa; p=MIGfMA0"] }, ["v=DKIM1; k=rsa; p=MIGf"], "other"],
    ["the name among names", { kind: "name", type: "PTR", wanted: ["Mail.Shop.test"], today: ["host.isp.test"] }, ["host.isp.test", "mail.shop.test."], "seen"],
    ["the old name", { kind: "name", type: "PTR", wanted: ["mail.shop.test"], today: ["host.isp.test"] }, ["host.isp.test"], "old"],
    ["gone", { kind: "gone", wanted: [], today: ["v=spf1 -all"] }, ["site=1"], "seen"],
    ["not gone", { kind: "gone", wanted: [], today: ["v=spf1 -all"] }, ["v=spf1 -all", "site=1"], "old"],
    ["whatever the provider wrote", { kind: "changed", wanted: [], today: [] }, ["mail.shop.test"], "other"],
    ["the provider wrote nothing yet", { kind: "changed", wanted: [], today: ["p="] }, ["p="], "old"],
  ])("%s", (_, more, records, expected) => {
    expect(readRecords(target(more), records).state).toBe(expected);
  });
});

describe("what is waited for", () => {
  const fix = { finding: "spf.missing", action: "create", name: "shop.test", type: "TXT", value: "v=spf1 mx -all", strings: [], replaces: [], assumptions: [], proof: null, changes: [], advice: false, copiedFrom: [], alternative: null } as const;
  const of = (...fixes: object[]) => targetsOf({ ...sampleReport(), fixes: fixes.map((more) => ({ ...fix, ...more })) as unknown as ReturnType<typeof sampleReport>["fixes"] }).map(({ kind, name }) => `${kind} ${name}`);
  test.each<[string, object[], string[]]>([
    ["cures alone", [{}, { advice: true, name: "_dmarc.shop.test", value: "v=DMARC1; p=none" }], ["spf shop.test"]],
    ["advice where there is no cure", [{ advice: true, name: "_dmarc.shop.test", value: "v=DMARC1; p=none" }], ["dmarc _dmarc.shop.test"]],
    ["what nobody can see in DNS is not", [{ action: "ask-provider", type: null, value: null }], []],
    ["a name that its owner sets", [{ action: "ask-provider", type: "PTR", name: "1.2.0.192.in-addr.arpa", value: null }], ["changed 1.2.0.192.in-addr.arpa"]],
    ["a record to delete", [{ action: "delete", value: null, replaces: ["v=spf1 -all"] }], ["gone shop.test"]],
    ["services on subdomains of their own", [{ value: null, alternative: { moves: [{ record: { name: "news.shop.test", value: "v=spf1 include:a.test -all" } }], main: { value: "v=spf1 mx -all" } } }], ["spf news.shop.test", "spf shop.test"]],
  ])("%s", (_, fixes, expected) => {
    expect(of(...fixes)).toEqual(expected);
  });
});

const OWN: WatchedServer = { kind: "own", name: "ns1.shop.test", address: "203.0.113.53", targets: [0] };
const GOOGLE: WatchedServer = { kind: "public", name: null, address: "8.8.8.8", targets: [0] };
const UNASKED: WatchedServer = { kind: "own", name: "ns2.shop.test", address: null, targets: [0] };
const NEW = ["v=spf1 mx ip4:192.0.2.1 -all"];
const OLD = ["v=spf1 mx -all"];
const said = (records: string[] | null, secondsLeft: number | null = null): Heard => ({ records, secondsLeft });
const TIMING = timingOf(5000);

/** Rounds of what each server says, in order; a round goes out when the watch itself says so. */
function played(servers: readonly WatchedServer[], rounds: readonly (readonly (Heard & { passes?: boolean })[])[]): { watch: Watch; now: number; asked: number[] } {
  let watch = begin([target()], servers, 0, TIMING);
  let now = 0;
  const asked: number[] = [];
  for (const round of rounds) {
    now = dueAt(watch) ?? now;
    const places = duePlaces(watch, now);
    asked.push(...places.map(() => now));
    watch = hear(watch, new Map(places.flatMap((place) => (round[place.server] === undefined ? [] : [[place, round[place.server] ?? said(null)] as const]))), now);
  }
  return { watch, now, asked };
}

describe("how a watch ends", () => {
  test.each<[string, readonly WatchedServer[], (Heard & { passes?: boolean })[][], string | null]>([
    ["nobody to ask", [UNASKED], [], "nobody"],
    ["at once where the change is there already", [OWN, GOOGLE], [[said(NEW), said(NEW, 60)]], "ready"],
    ["not while a cache has the old record", [OWN, GOOGLE], [[said(NEW), said(OLD, 60)]], null],
    ["once that has the new one too", [OWN, GOOGLE], [[said(NEW), said(OLD, 5)], [said(NEW), said(NEW, 60)]], "ready"],
    ["a server that may not be asked does not hold it up", [OWN, UNASKED], [[said(NEW)]], "ready"],
    ["one that stays silent holds it up for three rounds", [OWN, GOOGLE], [[said(NEW), said(null)], [said(NEW), said(null)]], null],
    ["and no longer", [OWN, GOOGLE], [[said(NEW), said(null)], [said(NEW), said(null)], [said(NEW), said(null)]], "ready"],
    ["silence alone is no change", [OWN], [[said(null)], [said(null)], [said(null)], [said(null)]], null],
    ["another record that works", [OWN], [[{ ...said(["v=spf1 ip4:192.0.2.1 -all"]), passes: true }]], "ready"],
    ["another record is looked at twice", [OWN], [[said(["v=spf1 a -all"])]], null],
    ["and then judged", [OWN], [[said(["v=spf1 a -all"])], [said(["v=spf1 a -all"])]], "ready"],
    ["not while it is still being edited", [OWN], [[said(["v=spf1 a -all"])], [said(["v=spf1 a b -all"])]], null],
    ["two records are waited out", [OWN], [[said([...OLD, ...NEW])], [said([...OLD, ...NEW])], [said([...OLD, ...NEW])]], null],
  ])("%s", (_, servers, rounds, expected) => {
    const { watch, now } = played(servers, rounds);
    expect(ending(watch, now)).toBe(expected);
  });

  test("after an hour, and after three thousand questions", () => {
    const { watch } = played([OWN], [[said(OLD)]]);
    expect(ending(watch, 3_599_999)).toBe(null);
    expect(ending(watch, 3_600_000)).toBe("time");
    expect(ending({ ...watch, questions: 3000 }, 0)).toBe("questions");
  });

  test("a change of two records is there when both are", () => {
    const both = { ...OWN, targets: [0, 1] };
    let watch = begin([target(), target({ name: "news.shop.test" })], [both], 0, TIMING);
    const [first, second] = watch.places;
    if (first === undefined || second === undefined) throw new Error("two places");
    watch = hear(watch, new Map([[first, said(NEW)], [second, said([])]]), 0);
    expect(ending(watch, 0)).toBe(null);
    expect(duePlaces(watch, 5000).map(({ target: index }) => index)).toEqual([1]);
  });
});

describe("when servers are asked again", () => {
  const pauses = (at: readonly number[]) => at.slice(1).map((time, index) => time - (at[index] ?? 0));

  test("a zone's own after 5 seconds, then ever later, up to 30", () => {
    const { asked } = played([OWN], Array.from({ length: 9 }, () => [said(OLD, 3600)]));
    expect(pauses(asked).map(Math.round)).toEqual([5000, 7000, 9800, 13_720, 19_208, 26_891, 30_000, 30_000]);
  });

  test.each<[string, Heard, number]>([
    ["a cache when its time is over", said(OLD, 20), 20_500],
    ["one that remembers that there is none, too", said([], 42), 42_500],
    ["one that remembers for a day, once a minute", said(OLD, 86_400), 60_000],
    ["one whose time is nearly over, no sooner than others", said(OLD, 1), 5000],
    ["one with another record, soon", said(["v=spf1 a -all"], 3600), 5000],
  ])("%s", (_, heard, expected) => {
    expect(dueAt(played([GOOGLE], [[heard]]).watch)).toBe(expected);
  });

  test("one that stays silent, once a minute", () => {
    const { watch, now } = played([OWN], [[said(null)], [said(null)], [said(null)]]);
    expect((dueAt(watch) ?? 0) - now).toBe(60_000);
  });

  test("one that has the change, never", () => {
    const { watch } = played([OWN, GOOGLE], [[said(NEW), said(OLD, 20)]]);
    expect(duePlaces(watch, 1e9).map(({ server }) => server)).toEqual([1]);
    expect(dueAt(played([OWN], [[said(NEW)]]).watch)).toBe(null);
  });

  test("an hour of it is some 130 questions at most of each server", () => {
    let watch = begin([target()], [OWN], 0, TIMING);
    for (let now = 0; ending(watch, now) === null; now = dueAt(watch) ?? now) watch = hear(watch, new Map(duePlaces(watch, now).map((place) => [place, said(OLD)])), now);
    expect(watch.questions).toBeLessThan(130);
  });
});

test("until when a cache says so is told of caches alone", () => {
  const { watch } = played([OWN, GOOGLE, UNASKED], [[said(OLD, 300), said(OLD, 300)]]);
  expect(shownServers(watch).map(({ records }) => records)).toEqual([[{ target: 0, state: "old", until: null }], [{ target: 0, state: "old", until: 300_000 }], []]);
});
