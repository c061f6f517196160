/**
 * Random zones, served over loopback DNS, through libopendmarc (Debian: libopendmarc2), which follows RFC 7489: the same policy and
 * alignment must come out, but for the differences that docs/dmarc-differences.md explains by their names.
 */

import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { startDnsServer } from "../../../e2e/dns-server.ts";
import { type Domain, organizationalDomain, parseDomain } from "../../address/index.ts";
import { startLineService, working } from "../../dkim/differential/service.ts";
import { type Zone, zone } from "../../dns/zone.ts";
import { evaluateAlignment } from "../alignment.ts";
import { type DmarcDiscovery, discoverDmarc, organizationalDomains } from "../discover.ts";
import { parseDmarcRecord } from "../record.ts";

const asked = Number(process.env["DMARC_FUZZ_RUNS"] ?? 0);
const RUNS = asked > 0 ? asked : 400;
const python = working(["/usr/bin/python3", "python3"], ["-c", "import ctypes; ctypes.CDLL('libopendmarc.so.2'); open('/usr/share/publicsuffix/public_suffix_list.dat')"]);
if (python === null) console.error("SKIPPED: OpenDMARC is not here to compare with (docs/dmarc-differences.md says how to get it).");

// It takes every name under a top-level domain that the public suffix list lacks for its own organization: so none under "test".
const NAMES = ["example.com", "news.example.com", "a.news.example.com", "example.net", "mail.example.net", "brand.co.uk", "x.brand.co.uk"];
const PLACES = [...NAMES, "com", "co.uk"];

const policy = fc.constantFrom("none", "quarantine", "reject");
const TAGS = ["sp=none", "sp=reject", "np=reject", "adkim=s", "aspf=s", "aspf=r", "t=y", "psd=n", "psd=y", "pct=20", "rua=mailto:a@example.com", "ruf=mailto:a@example.com", "fo=1:d", "ri=3600", "rf=afrf", "note=x"];
const nameOf = (tag: string): string => tag.slice(0, tag.indexOf("="));
const usual = fc.tuple(policy, fc.uniqueArray(fc.constantFrom(...TAGS), { maxLength: 4, selector: nameOf }), fc.constantFrom("; ", ";", " ; ")).map(([p, tags, between]) => ["v=DMARC1", `p=${p}`, ...tags].join(between));
const odd = fc.constantFrom(
  "v=dmarc1; p=reject", "v=DMARC1 p=reject", "v=DMARC1", "v=DMARC1; p=monitor", "v=DMARC1; p=monitor; rua=mailto:a@example.com", "v=DMARC1; p=reject; sp=all; rua=mailto:a@example.com", "v=DMARC1; rua=mailto:a@example.com",
  "v=DMARC1; sp=none; p=reject", "v=DMARC1; p=reject; p=none", "v=DMARC1; p=reject; adkim=strict", "v=DMARC1; p=reject; pct=200", "v=DMARC1; P=Reject", "p=reject; v=DMARC1", "v=spf1 -all", "v=DMARC1; p=reject;", " v=DMARC1; p=reject", "V=DMARC1; p=reject", "v = DMARC1 ; p = quarantine",
);
const text = fc.oneof({ arbitrary: usual, weight: 5 }, { arbitrary: odd, weight: 1 });
const site = fc.oneof({ arbitrary: fc.constant(null), weight: 6 }, { arbitrary: text.map((one) => [one]), weight: 6 }, { arbitrary: fc.array(text, { minLength: 2, maxLength: 2 }), weight: 1 });
const zones = fc.tuple(fc.array(site, { minLength: PLACES.length, maxLength: PLACES.length }), fc.subarray(NAMES)).map(
  ([sites, existing]): Zone => ({
    ...Object.fromEntries(existing.map((name) => [name, { A: ["192.0.2.1"] }])),
    ...Object.fromEntries(PLACES.flatMap((name, index) => (sites[index] == null ? [] : [[`_dmarc.${name}`, { TXT: sites[index] }] as const]))),
  }),
);
const passing = fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 2 });

const domain = (name: string): Domain => {
  const parsed = parseDomain(name);
  if (!parsed.ok) throw new Error(name);
  return parsed.domain;
};

interface Outcome {
  readonly policy: string;
  readonly spfAligned: boolean;
  readonly dkimAligned: boolean;
}

interface Ours extends Outcome {
  readonly discovery: DmarcDiscovery;
}

/** `older`: as RFC 7489 has it, the domain's record or its registrable domain's, and organizations by the public suffix list alone. */
async function ours(served: Zone, from: string, spf: string | null, dkim: readonly string[], older: boolean): Promise<Ours> {
  const resolver = zone(older ? withoutWalk(served, from) : served);
  const names = [from, ...(spf === null ? [] : [spf]), ...dkim].map(domain);
  const discovery = await discoverDmarc(domain(from), resolver);
  const orgOf = older ? organizationalDomain : await organizationalDomains(names, resolver);
  if (discovery.status !== "found" || discovery.policy === null) return { policy: "absent", spfAligned: false, dkimAligned: false, discovery };
  const { result, spfAligned, dkimAligned } = evaluateAlignment({
    headerFrom: domain(from), spf: spf === null ? null : { domain: domain(spf), result: "pass" }, dkim: dkim.map((name) => ({ domain: domain(name), pass: true })), signaturesSeen: true, record: discovery.record, orgOf,
  });
  return { policy: result === "pass" ? "pass" : discovery.policy, spfAligned: spfAligned === true, dkimAligned: dkimAligned === true, discovery };
}

function withoutWalk(served: Zone, from: string): Zone {
  const looked = [from, organizationalDomain(domain(from))].map((name) => `_dmarc.${name}`);
  const entries = Object.entries(served).filter(([name]) => !name.startsWith("_dmarc.") || looked.includes(name));
  return Object.fromEntries(entries.map(([name, entry]) => [name, entry.TXT === undefined ? entry : { ...entry, TXT: entry.TXT.map((one) => withoutTag(String(one), "psd")) }]));
}

const withoutTag = (record: string, name: string): string => record.split(";").filter((tag) => nameOf(tag).trim() !== name).join(";");

const isSame = (our: Outcome, their: Outcome): boolean => our.policy === their.policy && (our.policy === "absent" || (our.spfAligned === their.spfAligned && our.dkimAligned === their.dkimAligned));

/** What a record must have for the difference to be the one named. */
const DIFFERENCES: Readonly<Record<string, (our: Ours, theirs: Outcome, texts: readonly string[], several: boolean) => boolean>> = {
  "version-spaced": (_, theirs, texts) => texts.some((one) => /^(?:[ \tV]|v[ \t]|v=[ \t])/.test(one)),
  "strict": (our, theirs, texts) => (theirs.spfAligned && !our.spfAligned && texts.some((one) => one.includes("aspf=s"))) || (theirs.dkimAligned && !our.dkimAligned && texts.some((one) => one.includes("adkim=s"))),
  "not-discarded": (_, theirs, texts) => texts.some((one) => /DMARC1/i.test(one) && parseDmarcRecord(one).status === "not-a-record"),
  "several": (_, theirs, texts, several) => several,
  "policy-assumed": ({ discovery }) => discovery.status === "found" && discovery.policyAssumed,
  "duplicate-tag": (_, theirs, texts) => texts.some((one) => /p=\w+; p=/.test(one)),
  "bad-value": (_, theirs, texts) => texts.some((one) => /adkim=strict|pct=200/.test(one)),
  "np": ({ discovery }) => discovery.status === "found" && discovery.policyTag === "np",
};

test.skipIf(python === null)(`${RUNS} random zones: OpenDMARC says the same, but for the differences that are explained`, async () => {
  if (python === null) return;
  const dns = await startDnsServer({ zones: [] });
  const other = await startLineService(python, join(import.meta.dirname, "opendmarc.py"), [String(dns.port)]);
  const counts = new Map<string, number>();
  const count = (key: string): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  try {
    await fc.assert(
      fc.asyncProperty(zones, fc.constantFrom(...NAMES), passing, passing, async (served, from, [spf = null], dkim) => {
        dns.serve([served]);
        const theirs = (await other.ask({ from, spf, dkim })) as Outcome;
        count(theirs.policy);
        if (isSame(await ours(served, from, spf, dkim, false), theirs)) return;
        const our = await ours(served, from, spf, dkim, true);
        if (isSame(our, theirs)) return count("tree-walk");
        const places = [...new Set([from, organizationalDomain(domain(from))])].map((name) => (served[`_dmarc.${name}`]?.TXT ?? []).map(String));
        const several = places.some((texts) => texts.length > 1);
        const known = Object.keys(DIFFERENCES).find((name) => DIFFERENCES[name]?.(our, theirs, places.flat(), several) === true);
        if (known === undefined) throw new Error(`${from}, SPF ${String(spf)}, DKIM ${dkim.join()}: Rebound ${JSON.stringify(our)}, OpenDMARC ${JSON.stringify(theirs)}\n${JSON.stringify(served)}`);
        count(known);
      }),
      { numRuns: RUNS, ...(asked > 0 ? {} : { seed: 7489 }) },
    );
  } finally {
    other.end();
    await dns.close();
  }
  console.log(`OpenDMARC ${other.version}: ${[...counts].map(([key, number]) => `${key} ${number}`).join(", ")}`);
  for (const outcome of ["pass", "none", "quarantine", "reject", "absent"]) expect(counts.get(outcome) ?? 0, outcome).toBeGreaterThan(RUNS / 40);
}, 20_000 + RUNS * 50);
