/** The examples of RFC 9989 appendix B and section 5.1, and the sentences of section 4.10 that no example shows. */

import { expect, test } from "vitest";
import { type Domain, parseDomain } from "../address/index.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { evaluateAlignment } from "./alignment.ts";
import { discoverDmarc, organizationalDomains } from "./discover.ts";

const domain = (text: string): Domain => {
  const parsed = parseDomain(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.domain;
};
const records = (entries: Readonly<Record<string, string | readonly string[]>>): Zone => Object.fromEntries(Object.entries(entries).map(([name, text]) => [`_dmarc.${name}`, { TXT: typeof text === "string" ? [text] : [...text] }]));

interface Question {
  readonly from: string;
  /** Of an SPF pass. */
  readonly spf?: string;
  /** Of a valid signature. */
  readonly dkim?: string;
}

interface Outcome {
  readonly record?: string | null;
  readonly organizations?: readonly string[];
  readonly spfAligned?: boolean;
  readonly dkimAligned?: boolean;
  readonly result?: string;
  readonly policy?: string | null;
  readonly asked?: readonly string[];
}

const REJECT = "v=DMARC1; p=reject";
const NONE = "v=DMARC1; p=none";
const STRICT = "v=DMARC1; p=reject; aspf=s; adkim=s";
const SIGNING = { "example.com": REJECT, "signing.example.com": NONE };
const BANK = { "bank.example": "v=DMARC1; p=reject; psd=y", "giant.bank.example": "v=DMARC1; p=quarantine" };
const DEEP = "a.b.c.d.e.f.g.h.i.j.k.example.com";

const CASES: readonly (readonly [name: string, published: Readonly<Record<string, string | readonly string[]>>, question: Question, outcome: Outcome])[] = [
  ["B.1.1 example 1: SPF, the same domain", { "example.com": STRICT }, { from: "example.com", spf: "example.com" }, { spfAligned: true, result: "pass" }],
  ["B.1.1 example 2: SPF, the parent, relaxed", { "example.com": REJECT }, { from: "child.example.com", spf: "example.com" }, { spfAligned: true, result: "pass" }],
  ["B.1.1 example 2: SPF, the parent, strict", { "example.com": STRICT }, { from: "child.example.com", spf: "example.com" }, { spfAligned: false, result: "fail" }],
  ["B.1.1 example 3: SPF, another domain", { "example.com": REJECT }, { from: "child.example.com", spf: "example.net" }, { spfAligned: false, result: "fail" }],
  ["B.1.2 example 1: DKIM, the same domain", { "example.com": STRICT }, { from: "example.com", dkim: "example.com" }, { dkimAligned: true, result: "pass" }],
  ["B.1.2 example 2: DKIM, the parent, relaxed", { "example.com": REJECT }, { from: "child.example.com", dkim: "example.com" }, { dkimAligned: true, result: "pass" }],
  ["B.1.2 example 2: DKIM, the parent, strict", { "example.com": STRICT }, { from: "child.example.com", dkim: "example.com" }, { dkimAligned: false, result: "fail" }],
  ["B.1.2 example 3: DKIM, another domain", { "example.com": REJECT }, { from: "child.example.com", dkim: "example.net" }, { dkimAligned: false, result: "fail" }],
  ["B.4.1: a signer with a record of its own", SIGNING, { from: "example.com", spf: "example.com", dkim: "signing.example.com" }, { record: "example.com", organizations: ["example.com", "example.com", "example.com"], spfAligned: true, dkimAligned: true, result: "pass" }],
  ["B.4.2: a deep author domain", SIGNING, { from: DEEP, spf: "example.com", dkim: "signing.example.com" }, { record: "example.com", organizations: ["example.com", "example.com", "example.com"], spfAligned: true, dkimAligned: true }],
  ["B.4.2: what is asked for it", { "example.com": REJECT }, { from: DEEP }, { asked: [DEEP, "g.h.i.j.k.example.com", "h.i.j.k.example.com", "i.j.k.example.com", "j.k.example.com", "k.example.com", "example.com", "com"] }],
  ["B.4.3: under a public suffix with a record", BANK, { from: "giant.bank.example", spf: "mail.giant.bank.example", dkim: "mail.mega.bank.example" }, { record: "giant.bank.example", organizations: ["giant.bank.example", "giant.bank.example", "mega.bank.example"], spfAligned: true, dkimAligned: false, result: "pass" }],
  ["5.1: a zone cut too deep to be found", { "example.com": REJECT, "b.c.d.e.f.g.example.com": "v=DMARC1; p=none; psd=n" }, { from: "mail.a.b.c.d.e.f.g.example.com" }, { record: "example.com", organizations: ["example.com"] }],
  ["4.10, step 2: several are discarded", { "example.com": [REJECT, NONE] }, { from: "example.com", spf: "example.com" }, { record: null, result: "none" }],
  ["4.10, step 2: another version is discarded", { "example.com": "v=DMARC2; p=reject" }, { from: "example.com", spf: "example.com" }, { record: null, result: "none" }],
  ["4.10, step 2: beside other texts", { "example.com": ["v=spf1 -all", REJECT] }, { from: "example.com", spf: "example.com" }, { record: "example.com", result: "pass" }],
  ["4.10, step 2: psd=y where the walk starts ends it", { "bank.example": "v=DMARC1; p=reject; psd=y", example: NONE }, { from: "bank.example" }, { record: "bank.example", organizations: ["bank.example"], policy: "reject" }],
  ["4.10, step 6: psd=y ends the walk", { "bank.example": "v=DMARC1; p=reject; psd=y", example: NONE }, { from: "mail.giant.bank.example" }, { record: "bank.example", organizations: ["giant.bank.example"] }],
  ["4.10.1: sp for a domain that exists", { "example.com": "v=DMARC1; p=reject; sp=quarantine; np=none" }, { from: "child.example.com" }, { policy: "quarantine" }],
  ["4.10.1: np for one that does not", { "example.com": "v=DMARC1; p=none; sp=quarantine; np=reject" }, { from: "gone.example.com" }, { policy: "reject" }],
  ["4.10.1: p without them", { "example.com": REJECT }, { from: "child.example.com" }, { policy: "reject" }],
  ["4.10.1: no p, and a report address", { "example.com": "v=DMARC1; rua=mailto:dmarc@example.com" }, { from: "example.com", spf: "example.net" }, { policy: "none", result: "fail" }],
  ["4.10.1: no p, and no report address", { "example.com": "v=DMARC1; adkim=s" }, { from: "example.com" }, { policy: null }],
  ["4.10.1: an sp that is not valid spoils p", { "example.com": "v=DMARC1; p=reject; sp=bogus; rua=mailto:dmarc@example.com" }, { from: "example.com" }, { policy: "none" }],
];

test.each(CASES)("%s", async (_, published, { from, spf, dkim }, { record, organizations, policy, asked, ...aligned }) => {
  const names: string[] = [];
  const resolver = zone({ ...records(published), "child.example.com": { A: ["192.0.2.1"] } }, names);
  const found = await discoverDmarc(domain(from), resolver);
  if (asked !== undefined) expect([...new Set(names)].filter((name) => name.includes("_dmarc.")).map((name) => name.replace(/^.*_dmarc\./, ""))).toEqual(asked);
  if (record !== undefined) expect(found.status === "found" ? found.domain : null).toBe(record);
  if (policy !== undefined) expect(found.status === "found" ? found.policy : undefined).toBe(policy);
  const identifiers = [from, spf, dkim].filter((name) => name !== undefined).map(domain);
  const orgOf = await organizationalDomains(identifiers, resolver);
  if (organizations !== undefined) expect(identifiers.map(orgOf)).toEqual(organizations);
  const evaluation = evaluateAlignment({
    headerFrom: domain(from), spf: { domain: domain(spf ?? from), result: spf === undefined ? "none" : "pass" }, dkim: dkim === undefined ? [] : [{ domain: domain(dkim), pass: true }], signaturesSeen: true, record: found.status === "found" ? found.record : null, orgOf,
  });
  expect(evaluation).toMatchObject(aligned);
});
