/**
 * Zones and senders at random, for comparing check_host() implementations. Records point mostly downwards, so that most evaluations
 * come to an end by a match; each of the faults that RFC 7208 has a sentence for comes up now and then.
 */

import fc from "fast-check";
import { parseIp, reverseName } from "../../address/index.ts";
import type { Answer, DnsFailure, RecordType, Resolver } from "../../dns/resolver.ts";
import { type Zone, zone, type ZoneEntry } from "../../dns/zone.ts";
import { ip4, ip6 } from "../random-records.ts";
import { macro, SPELT } from "./domain-specs.ts";
import { faultyRecord, type Pointers, record } from "./records.ts";

export interface Case {
  readonly zone: Zone;
  readonly question: { readonly ip: string; readonly mailFrom: string; readonly helo: string };
}

const DOMAINS = ["example.test", "a.test", "b.test", "c.test", "d.example.test", "e.test"];
const HOSTS = ["mail.example.test", "h1.test", "h2.test", "h3.example.test"];

export function differentialCase(): fc.Arbitrary<Case> {
  const entries = fc.tuple(fc.tuple(...DOMAINS.map((_, index) => domain(index))), fc.tuple(...HOSTS.map(() => host)), explain, explain, rest);
  return fc.tuple(entries, question, pointers).map(([[domains, hosts, text, other, more], asked, names]) => ({
    question: asked,
    zone: {
      ...more,
      ...Object.fromEntries(DOMAINS.map((name, at) => [name, domains[at] ?? {}])),
      ...Object.fromEntries(HOSTS.map((name, at) => [name, hosts[at] ?? {}])),
      "explain.test": text,
      "explain2.test": other,
      [reverseOf(asked.ip)]: names,
    },
  }));
}

/** The zone, and below `spelt.test` names whose existence (three in four) and addresses follow from their letters: a macro expanded otherwise gives another result. */
export function resolverOf(entries: Zone): Resolver {
  const plain = zone(entries);
  return {
    query<T extends RecordType>(name: string, type: T): Promise<Answer<T>> {
      const key = name.toLowerCase();
      if (!key.endsWith(`.${SPELT}`) || key.includes("..")) return plain.query(name, type);
      const sum = [...Buffer.from(key)].reduce((total, byte) => (total * 31 + byte) % 65_521, 7);
      return zone(sum % 4 === 0 ? {} : { [key]: { A: [`192.0.2.${sum % 8}`], AAAA: [`2001:db8::${(sum % 7) + 1}`] } }).query(name, type);
    },
  };
}

const failing = fc.constantFrom<DnsFailure[]>("timeout", "server-failure", "refused").map((fail): ZoneEntry => ({ fail }));
const exchanges = (most: number) => fc.array(fc.tuple(fc.nat(30), fc.constantFrom(...HOSTS, ...HOSTS, "gone.test", "fails.test", ".")), { maxLength: most });
const addresses = { A: fc.array(ip4, { minLength: 1, maxLength: 3 }), AAAA: fc.array(ip6, { minLength: 1, maxLength: 2 }), MX: fc.oneof({ arbitrary: exchanges(3), weight: 30 }, { arbitrary: exchanges(14), weight: 1 }) };
/** Now and then one family only. */
const someAddresses = fc.record(addresses, { requiredKeys: [] });
const host = fc.oneof({ arbitrary: fc.record(addresses), weight: 12 }, { arbitrary: someAddresses, weight: 4 }, { arbitrary: fc.constantFrom(...HOSTS, "gone.test").map((name): ZoneEntry => ({ CNAME: name })), weight: 1 }, { arbitrary: failing, weight: 1 });

/** The first is the one that is asked about most: the others are mostly below it. */
function domain(index: number): fc.Arbitrary<ZoneEntry> {
  const below = DOMAINS.slice(index + 1);
  const names: Pointers = {
    records: [...Array.from({ length: 8 }, () => (below.length === 0 ? ["wild.test"] : below)).flat(), "a.test", "gone.test", "explain.test"],
    hosts: [...HOSTS, ...HOSTS, ...HOSTS, ...DOMAINS, ...DOMAINS, "gone.test", "sub.wild.test"],
  };
  const most = index === 0 ? 6 : 3;
  const text = fc.oneof({ arbitrary: record(names, most), weight: 20 }, { arbitrary: faultyRecord(names, most), weight: index === 0 ? 3 : 1 });
  const txt = fc.oneof(
    { arbitrary: text.map((one): (string | string[])[] => [one]), weight: 14 },
    { arbitrary: text.chain(inStrings).map((strings) => [strings]), weight: 3 },
    { arbitrary: fc.tuple(text, fc.constantFrom("", "x", "v=spf10 -all", " v=spf1 -all", "v=spf1", "V=SPF1 +all", "v=spf2.0/mfrom -all", "\"v=spf1 -all\"", "é")).chain((two) => fc.constantFrom<(string | string[])[]>([...two], [...two].reverse())), weight: 2 },
    { arbitrary: fc.constantFrom<(string | string[])[][]>([], ["x"], [""], [["v=spf1", ""]]), weight: 1 },
  );
  const entry = fc.record({ TXT: txt, ...addresses });
  const withSome = fc.tuple(txt, someAddresses).map(([TXT, some]): ZoneEntry => ({ TXT, ...some }));
  const failsAt = fc.tuple(entry, fc.constantFrom<RecordType[]>("TXT", "A", "AAAA", "MX"), fc.constantFrom<DnsFailure[]>("timeout", "server-failure", "refused")).map(([whole, type, failure]): ZoneEntry => ({ ...whole, fail: { [type]: failure } }));
  return fc.oneof({ arbitrary: entry, weight: 24 }, { arbitrary: withSome, weight: 6 }, { arbitrary: failsAt, weight: 2 }, { arbitrary: fc.constantFrom(...below, "gone.test").map((name): ZoneEntry => ({ CNAME: name })), weight: 1 });
}

/** One record in several character-strings, cut anywhere. */
function inStrings(text: string): fc.Arbitrary<string[]> {
  return fc.array(fc.nat(text.length), { minLength: 1, maxLength: 3 }).map((cuts) => {
    const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
    return places.slice(1).map((end, at) => text.slice(places[at] ?? 0, end));
  });
}

const explain = fc.oneof(
  { arbitrary: fc.array(fc.oneof(macro("slodivhcrtp"), fc.constantFrom(" may not send ", "%%", "%_", "%-", ".", "See https://example.test/?s=")), { maxLength: 4 }).map((parts): ZoneEntry => ({ TXT: [parts.join("")] })), weight: 10 },
  { arbitrary: fc.constantFrom("%{x}", "é", "", "100%", "%{d0}", "tab\there", "%{l", "plain").map((text): ZoneEntry => ({ TXT: [text] })), weight: 2 },
  { arbitrary: fc.constantFrom<ZoneEntry[]>({}, { TXT: ["one"], fail: "timeout" }, { TXT: [["in two ", "strings"]] }), weight: 1 },
);

const rest = fc.record({ "*.explain.test": explain }).map((wild): Zone => ({
  ...wild,
  "wild.test": { TXT: ["v=spf1 ip4:192.0.2.0/30 ip6:2001:db8::/126 ~all"] },
  "*.wild.test": { A: ["192.0.2.1"], AAAA: ["2001:db8::1"], TXT: ["v=spf1 ?all"] },
  "fails.test": { fail: "server-failure" },
  "two-texts.test": { TXT: ["one", "two"] },
}));

const pointers = fc.oneof(
  { arbitrary: fc.array(fc.constantFrom(...HOSTS, ...DOMAINS), { minLength: 1, maxLength: 4 }).map((PTR): ZoneEntry => ({ PTR })), weight: 12 },
  { arbitrary: fc.array(fc.constantFrom(...HOSTS, ...DOMAINS, "gone.test", "fails.test"), { maxLength: 14 }).map((PTR): ZoneEntry => ({ PTR })), weight: 2 },
  { arbitrary: failing, weight: 1 },
);

const sender = fc.oneof(
  { arbitrary: fc.constantFrom("alice@example.test", "strong-bad+x@example.test", "o'brien@example.test", "a.b-c=d/e_f@Example.test"), weight: 16 },
  { arbitrary: fc.constantFrom("", "example.test", "@example.test", "bob@a.test", "x@d.example.test", "bob@EXAMPLE.TEST", "\"a b\"@example.test", "\"a@b\"@example.test", "%{d}@example.test", "a..b@example.test"), weight: 5 },
  { arbitrary: fc.constantFrom("alice@example.test.", "alice@localhost", "alice@example..test", "alice@[192.0.2.1]", `alice@${"x".repeat(64)}.test`, "alice@gone.test", "alice@.example.test", "älice@example.test"), weight: 1 },
);

const question = fc.record({
  ip: fc.oneof({ arbitrary: ip4, weight: 12 }, { arbitrary: ip6, weight: 7 }, { arbitrary: ip4.map((address) => `::ffff:${address}`), weight: 1 }),
  mailFrom: sender,
  helo: fc.oneof({ arbitrary: fc.constantFrom("mail.example.test", "example.test", "h1.test", "a.test"), weight: 12 }, { arbitrary: fc.constantFrom("Mail.Example.Test", "localhost", "[192.0.2.1]", "helo_host", "mx-1.example.test", "gone.test", "mail.example.test."), weight: 1 }),
});

function reverseOf(text: string): string {
  const ip = parseIp(text);
  if (ip === null) throw new TypeError(text);
  return reverseName(ip);
}
