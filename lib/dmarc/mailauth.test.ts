/**
 * Random zones through mailauth's dmarc(), which follows RFC 9989: the same record, policy and alignment must come out.
 * Where the two are known to differ (docs/dmarc-differences.md) mailauth is asked in words that it understands as we do.
 */

import fc from "fast-check";
import { dmarc } from "mailauth/lib/dmarc/index.js";
import { expect, test } from "vitest";
import { type Domain, parseDomain } from "../address/index.ts";
import type { DnsFailure, RecordType, Resolver } from "../dns/resolver.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { evaluateAlignment } from "./alignment.ts";
import { discoverDmarc, organizationalDomains } from "./discover.ts";
import type { DmarcPolicy } from "./record.ts";

const NAMES = ["shop.test", "news.shop.test", "a.news.shop.test", "b.c.d.e.f.g.a.news.shop.test", "other.test", "mail.other.test", "brand.co.uk", "x.brand.co.uk"];
const PLACES = [...NAMES, "test", "co.uk", "uk", "g.a.news.shop.test"];
const CODES: Readonly<Record<string, string>> = { "no-name": "ENOTFOUND", "no-data": "ENODATA", timeout: "ETIMEOUT", "server-failure": "ESERVFAIL", refused: "EREFUSED", malformed: "EBADNAME" };

const policy = fc.constantFrom("none", "quarantine", "reject");
const usual = fc.tuple(policy, fc.uniqueArray(fc.constantFrom("sp=none", "sp=reject", "np=quarantine", "np=reject", "adkim=s", "aspf=s", "aspf=r", "t=y", "t=n", "psd=n", "psd=y", "psd=u", "pct=20", "rua=mailto:a@shop.test", "note=x"), { maxLength: 5, selector: (tag) => tag.slice(0, tag.indexOf("=")) })).map(([p, tags]) => ["v=DMARC1", `p=${p}`, ...tags].join("; "));
const odd = fc.constantFrom(
  "v=dmarc1; p=reject", "v=DMARC1 p=reject", "v=DMARC1", "v=DMARC1;", "v=DMARC1; p=monitor", "v=DMARC1; p=monitor; rua=mailto:a@shop.test", "v=DMARC1; p=reject; sp=all; rua=mailto:a@shop.test", "v=DMARC1; rua=mailto:a@shop.test", "V = DMARC1 ;P=Reject",
  "v=DMARC1; sp=none; p=reject", "v=DMARC1; p=reject; p=none", "v=DMARC1; p=none; sp=reject; sp=none; aspf=s; aspf=r", "v=DMARC1; p=none; t=yes", "v=DMARC1; p=reject; adkim=strict", "p=reject; v=DMARC1", "v=spf1 -all", "v=DMARC1; p=reject; psd=y; psd=n", "v=DMARC1; p=quarantine; T=Y; ASPF=S",
);
const texts = fc.array(fc.oneof({ arbitrary: usual, weight: 5 }, { arbitrary: odd, weight: 2 }), { minLength: 1, maxLength: 2 });
const failure = fc.constantFrom<DnsFailure[]>("timeout", "server-failure", "refused");
const site = fc.oneof({ arbitrary: fc.constant(null), weight: 6 }, { arbitrary: texts.filter((list) => list.length === 1), weight: 5 }, { arbitrary: texts, weight: 1 });
const entries = fc.tuple(fc.array(site, { minLength: PLACES.length, maxLength: PLACES.length }), fc.subarray(NAMES), fc.option(fc.tuple(fc.constantFrom(...PLACES), failure), { freq: 8 }));
const identifiers = fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 2 });

const zoneOf = ([sites, existing, failing]: readonly [readonly (readonly string[] | null)[], readonly string[], readonly [string, DnsFailure] | null], rewrite: (text: string) => string): Zone => ({
  ...Object.fromEntries(existing.map((name) => [name, { A: ["192.0.2.1"] }])),
  ...Object.fromEntries(PLACES.flatMap((name, index) => (sites[index] === null || sites[index] === undefined ? [] : [[`_dmarc.${name}`, { TXT: sites[index].map(rewrite) }] as const]))),
  ...(failing === null ? {} : { [`_dmarc.${failing[0]}`]: { fail: failing[1] } }),
});

/** Known difference `duplicate-tag`: of a tag given twice mailauth takes the last, we the first. */
function firstOfEach(text: string): string {
  if (!/^v\s*=\s*DMARC1/i.test(text)) return text;
  const seen = new Set<string>();
  return text.split(";").filter((tag) => {
    const name = tag.slice(0, tag.indexOf("=")).trim().toLowerCase();
    return !seen.has(name) && seen.add(name);
  }).join(";");
}

const domain = (text: string): Domain => {
  const parsed = parseDomain(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.domain;
};
const MILDER: Readonly<Record<DmarcPolicy, DmarcPolicy>> = { none: "none", quarantine: "none", reject: "quarantine" };

async function ours(resolver: Resolver, from: string, spf: readonly string[], dkim: readonly string[]): Promise<object> {
  const discovery = await discoverDmarc(domain(from), resolver);
  if (discovery.status === "unanswered") return { result: "temperror" };
  if (discovery.status === "none" || discovery.policy === null) return { result: "none" };
  const orgOf = await organizationalDomains([from, ...spf, ...dkim].map(domain), resolver);
  const [envelope] = spf;
  const { result } = evaluateAlignment({
    headerFrom: domain(from),
    spf: envelope === undefined ? null : { domain: domain(envelope), result: "pass" },
    dkim: dkim.map((name) => ({ domain: domain(name), pass: true })),
    signaturesSeen: true,
    record: discovery.record,
    orgOf,
  });
  return { result: result === "unknown" ? "fail" : result, at: discovery.domain, policy: discovery.record.test ? MILDER[discovery.policy] : discovery.policy };
}

async function theirs(resolver: Resolver, from: string, spf: readonly string[], dkim: readonly string[]): Promise<object> {
  const ask = async (name: string, type: RecordType) => {
    const answer = await resolver.query(name, type);
    if (answer.status !== "ok") throw Object.assign(new Error(answer.status), { code: CODES[answer.status] });
    return answer.records;
  };
  // Its types want the resolver's overloads of Node.
  const options = { headerFrom: `someone@${from}`, spfDomains: spf, dkimDomains: dkim.map((name) => ({ domain: name })), resolver: ask };
  const said = await dmarc(options as unknown as Parameters<typeof dmarc>[0]);
  if (said === false) throw new Error(from);
  const { result } = said.status;
  return result === "pass" || result === "fail" ? { result, at: said.policyDomain, policy: said.policy } : { result };
}

test("discovery, policy and alignment are mailauth's", async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(entries, fc.constantFrom(...NAMES), identifiers, identifiers, async (given, from, envelopes, signers) => {
      const spf = envelopes.slice(0, 1);
      const [our, their] = await Promise.all([ours(zone(zoneOf(given, (text) => text)), from, spf, signers), theirs(zone(zoneOf(given, firstOfEach)), from, spf, signers)]);
      // Known difference `failed-walk`: above a record that was found, or of a signer, we go by the public suffix list where mailauth gives up.
      if (given[2] !== null && "result" in their && their.result === "temperror") return;
      expect(our).toEqual(their);
      const key = "result" in our ? String(our.result) : "";
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }),
    { numRuns: 600, seed: 9989 },
  );
  // Every outcome was compared, and often.
  for (const result of ["pass", "fail", "none"]) expect(seen.get(result) ?? 0, result).toBeGreaterThan(40);
});
