import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type IpAddress, parseDomain, parseIp } from "../../address/index.ts";
import { overlay } from "../../dns/overlay.ts";
import type { DnsFailure, Resolver } from "../../dns/resolver.ts";
import { type Zone, zone, type ZoneEntry } from "../../dns/zone.ts";
import { checkHost } from "../check-host.ts";
import { withHostBits, addressText, bytesOf } from "../network.ts";
import { randomCase } from "../random-records.ts";
import { parseSpfRecord, selectSpfRecords } from "../record.ts";
import { unfold } from "../tree.ts";
import type { SpfAlternative, SpfCorrection, SpfNode } from "../types.ts";
import { correctSpf, type CorrectionRequest, cureSpf } from "./index.ts";
import { meantOf } from "./meaning.ts";

/** 20,000 in a long run. */
const RUNS = Number(process.env["SPF_FUZZ_RUNS"] ?? 250);

const DOMAIN = "example.test";

interface Case {
  readonly zone: Zone;
  readonly ip: string | null;
  readonly ending?: "-all" | "~all" | undefined;
}

function requestOf({ ip, ending }: Case): CorrectionRequest {
  const read = parseDomain(DOMAIN);
  if (!read.ok) throw new Error(DOMAIN);
  return { domain: read.domain, ip: ip === null ? null : parseIp(ip), helo: null, ptr: null, mx: [], stranger: false, ending };
}

/** Zones of every kind: macros, failing servers, faulty records, exclusions. */
const wild: fc.Arbitrary<Case> = fc.tuple(randomCase(), fc.boolean()).map(([{ zone: entries, question }, known]) => ({ zone: entries, ip: known ? question.ip : null }));

/** Zones such as companies have: many services, most of them authorised by `+`, over the limits as often as not. */
const PROVIDERS = ["sendgrid.net", "mailgun.org", "eu.mailgun.org", "amazonses.com", "_spf.google.com"];
const SERVICES = [...Array.from({ length: 9 }, (_, n) => `s${n}.test`), ...PROVIDERS];
const OWN = ["mail.example.test", "web.example.test", "old.example.test"];
const octet = fc.integer({ min: 0, max: 255 });
const network4 = fc.tuple(fc.constantFrom("192.0.2", "198.51.100", "203.0.113"), octet, fc.constantFrom("", "", "/32", "/30", "/28", "/26", "/24", "/23")).map(([net, host, length]) => `ip4:${net}.${host}${length}`);
const network6 = fc.tuple(octet, fc.constantFrom("", "/128", "/64", "/48", "/127")).map(([host, length]) => `ip6:2001:db8:${host.toString(16)}::${length}`);
const service = fc.constantFrom(...SERVICES, ...SERVICES, ...PROVIDERS, "gone.test", "nospf.test", "silent.test");
const host = fc.constantFrom(...OWN, ...OWN, "h1.test", "h2.test", "gone.test");
const reference = fc.oneof({ arbitrary: service.map((name) => `include:${name}`), weight: 6 }, { arbitrary: host.map((name) => `a:${name}`), weight: 2 }, host.map((name) => `mx:${name}`), fc.constantFrom("a", "mx", "a/28", "mx/30//64", "ptr", "exists:%{i}.list.test", "exists:h1.test", "A:%{d}"));
const authorising = fc.oneof({ arbitrary: reference, weight: 3 }, { arbitrary: network4, weight: 2 }, network6);
const excluding = fc.tuple(fc.constantFrom("-", "~", "?"), fc.oneof(network4, network4, service.map((name) => `include:${name}`), host.map((name) => `a:${name}`))).map(([sign, term]) => `${sign}${term}`);
const inside = (min: number, max: number) => fc.array(fc.oneof({ arbitrary: authorising, weight: 14 }, excluding), { minLength: min, maxLength: max });
const ending = fc.constantFrom("-all", "-all", "~all", "~all", "?all", "", "redirect=s1.test", "-all exp=why.test", "+all", "-all ip4:192.0.2.200", "~all redirect=s2.test");
const recordOf = (min: number, max: number) => fc.tuple(inside(min, max), ending).map(([terms, last]) => ["v=spf1", ...terms, ...(last === "" ? [] : [last])].join(" "));
const addresses = { A: fc.array(fc.tuple(fc.constantFrom("192.0.2", "203.0.113"), octet).map(([net, last]) => `${net}.${last}`), { maxLength: 3 }), AAAA: fc.array(octet.map((last) => `2001:db8::${last.toString(16)}`), { maxLength: 2 }) };
const own = fc.record({ ...addresses, MX: fc.array(fc.tuple(fc.nat(20), host), { maxLength: 4 }) });
const published = fc.oneof({ arbitrary: recordOf(0, 16).map((text) => [text]), weight: 6 }, { arbitrary: fc.tuple(recordOf(0, 6), recordOf(0, 6)).map((texts): string[] => texts), weight: 2 }, { arbitrary: recordOf(0, 8).map((text) => ["google-site-verification=x", text]), weight: 1 });
const failure = fc.constantFrom<DnsFailure[]>("timeout", "server-failure", "refused", "not-asked", "malformed");
const asked = fc.oneof(network4.map((term) => term.slice(4).split("/")[0] ?? ""), network6.map((term) => term.slice(4).split("/")[0] ?? ""), fc.constant(null), fc.constant("192.0.2.9"));

const company: fc.Arbitrary<Case> = fc
  .tuple(published, fc.tuple(...SERVICES.map(() => recordOf(0, 5))), fc.tuple(...[DOMAIN, ...OWN, "h1.test", "h2.test"].map(() => own)), failure, asked, fc.constantFrom(undefined, undefined, undefined, "-all" as const, "~all" as const))
  .map(([TXT, services, hosts, fail, ip, ending]) => {
    const entries: Record<string, ZoneEntry> = { "silent.test": { fail }, "nospf.test": { A: ["192.0.2.77"], TXT: ["hello"] }, "h9.list.test": { A: ["127.0.0.2"] } };
    for (const [n, name] of SERVICES.entries()) entries[name] = { TXT: [services[n] ?? ""] };
    for (const [n, name] of [DOMAIN, ...OWN, "h1.test", "h2.test"].entries()) entries[name] = { ...hosts[n] };
    return { zone: { ...entries, [DOMAIN]: { ...entries[DOMAIN], TXT } }, ip, ending };
  });

/** The ends of every network in the tree, what is just outside, and points between. */
function points(node: SpfNode): IpAddress[] {
  const texts = networksIn(node).flatMap((cidr) => {
    const [address = "", length = ""] = cidr.split("/");
    const bytes = bytesOf(address);
    if (bytes === null) return [];
    const first = withHostBits(bytes, Number(length), 0);
    const last = withHostBits(bytes, Number(length), 255);
    const inner = first.map((byte, index) => byte | ((last[index] ?? 0) & ~byte & ((index * 151 + 90) % 256)));
    return [addressText(first), addressText(last), addressText(inner), addressText(stepped(first, -1)), addressText(stepped(last, 1))];
  });
  return [...new Set([...texts, "192.0.2.9", "203.0.113.255", "8.8.8.8", "2001:db8::1", "2001:db8:ffff::1"])].flatMap((text) => parseIp(text) ?? []);
}

function stepped(bytes: readonly number[], by: 1 | -1): number[] {
  const next = [...bytes];
  for (let at = next.length - 1; at >= 0; at -= 1) {
    const value = (next[at] ?? 0) + by;
    next[at] = (value + 256) % 256;
    if (value >= 0 && value <= 255) break;
  }
  return next;
}

function networksIn(node: SpfNode): string[] {
  return [...new Set(node.terms.flatMap((term) => [...term.networks, ...(term.child === null ? [] : networksIn(term.child))]))];
}

const check = (ip: IpAddress, resolver: Resolver, domain = DOMAIN) => checkHost({ ip, mailFrom: `postmaster@${domain}`, helo: domain }, resolver);

const reasons = (correction: SpfCorrection): ReadonlySet<string | null> => new Set(correction.changes.map(({ reason }) => reason));

/** With all its records published, the move loses nobody: whoever was meant passes at the domain or, being of the service, at its subdomain. */
async function moveHolds({ moves, main, steps }: SpfAlternative, request: CorrectionRequest, resolver: Resolver, samples: readonly IpAddress[], certain: boolean, added: boolean): Promise<void> {
  const names = [...moves.map(({ record }) => record), { name: DOMAIN, value: main.value, strings: main.strings }];
  const after = overlay(resolver, names.map(({ name, value }) => ({ name, txt: [value] })));
  for (const { value, strings } of names) {
    expect(parseSpfRecord(value).ok).toBe(true);
    expect(strings.join("")).toBe(value);
    expect(strings.filter((string) => Buffer.byteLength(string) > 255)).toEqual([]);
  }
  for (const { lookups, voidLookups } of [main.proof, ...moves.map(({ proof }) => proof)]) {
    expect(lookups).toBeLessThanOrEqual(10);
    expect(voidLookups).toBeLessThanOrEqual(2);
  }
  expect(main.proof.kept).toBeLessThanOrEqual(main.proof.of);
  expect(main.changes.filter(({ reason }) => reason === "moved-to-subdomain").map(({ by }) => by)).toEqual(expect.arrayContaining(steps.includes("replace-main") && !added ? moves.map(({ domain }) => domain) : []));
  for (const sample of samples) {
    const [then, meaning] = [await check(sample, resolver), await meantOf({ ip: sample, domain: DOMAIN, resolver }, "read")];
    const now = await Promise.all(names.map(async ({ name }) => (await check(sample, after, name)).result));
    const context = `${sample}: ${then.result} became ${now.join(" ")}\n${JSON.stringify(names)}`;
    if (certain && then.result === "pass") expect(now, context).toContain("pass");
    // Of a service that has to be added, all is asked for.
    if (certain && !added && now.includes("pass") && sample !== request.ip && meaning !== "unknown") expect(then.result === "pass" || meaning === "pass", context).toBe(true);
  }
}

async function lawsHold(given: Case): Promise<void> {
  const { zone: entries, ip } = given;
  const resolver = zone(entries);
  const request = requestOf(given);
  const cure = await cureSpf(request, resolver);
  if (cure?.value === null) await moveHolds(cure.alternative, request, resolver, points(await unfold(DOMAIN, resolver)), false, false);
  if (cure === null || cure.value === null) return;
  const correction = cure;
  const after = overlay(resolver, { name: DOMAIN, txt: [correction.value] });
  const why = reasons(correction);

  // The record can be read and published.
  expect(parseSpfRecord(correction.value).ok).toBe(true);
  expect(correction.strings.join("")).toBe(correction.value);
  expect(correction.strings.filter((string) => Buffer.byteLength(string) > 255)).toEqual([]);
  expect(correction.changes.flatMap((change) => change.after ?? []).join(" ")).toBe(correction.value);
  expect(correction.changes.some((change) => change.kind !== "kept")).toBe(true);
  // Whoever is dropped is dropped by name.
  if (why.has("broken-include")) expect(correction.proof.kept).toBeLessThanOrEqual(correction.proof.of);
  else expect(correction.proof.kept).toBe(correction.proof.of);
  if (request.ip !== null) expect((await check(request.ip, after)).result).toBe("pass");

  const answer = await resolver.query(DOMAIN, "TXT");
  const texts = selectSpfRecords(answer.records);
  const dropped = correction.changes.flatMap(({ reason, before }) => (reason === "broken-include" ? (before ?? []) : []));
  const added = correction.changes.flatMap(({ reason, after: term }) => (reason === "provider-of-refused-sender" ? (term ?? []) : []));
  const addedAlone = overlay(resolver, { name: DOMAIN, txt: [["v=spf1", ...added, "-all"].join(" ")] });
  const withoutDropped = overlay(resolver, { name: DOMAIN, txt: texts.map((text) => text.split(" ").filter((term) => !dropped.includes(term)).join(" ")) });
  if (texts.length > 0) expect(correction.replaces.toSorted()).toEqual(texts.toSorted());
  // Repairs have tables of their own: here they mean what they say.
  const unreadable = correction.replaces.some((text) => !parseSpfRecord(text).ok) || ["syntax-repaired", "misspelt-mechanism", "address-in-include"].some((reason) => why.has(reason)) || correction.changes.some(({ before }) => /^[-+~?]?(?:a|mx|ptr|all|include|exists|ip[46])=/i.test(before ?? ""));
  // An include that lets everybody pass leaves nobody whose evaluation goes through the whole record.
  const open = (await Promise.all(["8.8.8.8", "2a00:1450::1"].flatMap((text) => parseIp(text) ?? []).map((ip) => check(ip, after)))).some(({ result }) => result === "pass");
  const about = new Set([...(request.ip === null ? [] : [request.ip.includes(":")])]);
  let most = { lookups: 0, voidLookups: 0 };
  const seen = [...points(await unfold(DOMAIN, resolver)), ...(await Promise.all(texts.map((text) => unfold(DOMAIN, overlay(resolver, { name: DOMAIN, txt: [text] }))))).flatMap(points), ...points(await unfold(DOMAIN, after)), ...(request.ip === null ? [] : [request.ip])];
  for (const sample of new Set(seen)) {
    const [then, now] = [await check(sample, resolver), await check(sample, after)];
    const context = () => `${sample}: ${then.result} became ${now.result} (${now.problem?.code ?? ""})\n${JSON.stringify(texts)} asked ${ip}\n${correction.value}`;
    if (!open && (about.has(sample.includes(":")) || (about.size === 0 && now.result === "pass"))) {
      // Where something could not be looked up, or depends on the message, nobody can promise for every address.
      const counts = !correction.assumptions.includes("some-lookups-unanswered") && !correction.assumptions.includes("macro-terms-kept");
      if (counts) expect(now.result, context()).not.toMatch(/error/);
      if (counts) expect(now.lookups, context()).toBeLessThanOrEqual(10);
      if (counts) expect(now.voidLookups, context()).toBeLessThanOrEqual(2);
      if (counts) most = { lookups: Math.max(most.lookups, now.lookups), voidLookups: Math.max(most.voidLookups, now.voidLookups) };
    }
    const meaning = await meantOf({ ip: sample, domain: DOMAIN, resolver }, "read");
    const certain = await meantOf({ ip: sample, domain: DOMAIN, resolver: withoutDropped }, "ignored");
    // Whoever passed still passes, but where a term is dropped that nobody can list.
    const byOpen = then.matched?.term.replace(/^\+/, "").toLowerCase() ?? "";
    const told = (why.has("pass-all-replaced") && byOpen === "all") || byOpen.startsWith("ptr");
    if (then.result === "pass" && !told) expect(now.result, context()).toBe("pass");
    // What lies behind a look-up that failed is left as it is, with the voids beside it: such an address is no worse off than before.
    const left = now.result === "permerror" && correction.assumptions.includes("some-lookups-unanswered");
    if (then.result === "permerror" && certain === "pass" && now.result !== "temperror" && !unreadable && !left && !(open && now.result === "permerror")) expect(now.result, `meant: ${context()}`).toBe("pass");
    // Nobody passes who neither passed nor was meant or asked for.
    const asked = added.length > 0 && (await check(sample, addedAlone)).result === "pass";
    if (now.result === "pass" && then.result !== "pass" && sample !== request.ip && !asked && !unreadable && meaning !== "unknown") expect(meaning, `not meant: ${context()}`).toBe("pass");
  }
  if (correction.alternative !== null) {
    const plain = !["ptr-removed", "ptr-replaced", "pass-all-replaced", "broken-include"].some((reason) => why.has(reason)) && !unreadable && !open && !correction.assumptions.includes("some-lookups-unanswered") && !correction.assumptions.includes("macro-terms-kept");
    await moveHolds(correction.alternative, request, resolver, points(await unfold(DOMAIN, resolver)), plain, added.length > 0);
  }
  expect(correction.proof.lookups).toBeLessThanOrEqual(10);
  expect(correction.proof.voidLookups).toBeLessThanOrEqual(2);
  if (!open) expect(correction.proof.lookups, correction.value).toBe((await unfold(DOMAIN, after)).lookups);
  expect(correction.proof.lookups, correction.value).toBeGreaterThanOrEqual(most.lookups);

  // A corrected record needs no correction.
  const again = await correctSpf(request, after);
  expect(again?.value ?? null, `${JSON.stringify(texts)} asked ${ip}\n${correction.value}`).toBeNull();
}

describe("what holds of every correction", () => {
  test("of zones such as companies have", async () => {
    await fc.assert(fc.asyncProperty(company, lawsHold), { numRuns: RUNS });
  }, 60_000 + RUNS * 100);

  test("of zones at random", async () => {
    await fc.assert(fc.asyncProperty(wild, lawsHold), { numRuns: RUNS });
  }, 60_000 + RUNS * 100);
});
