import { describe, expect, test } from "vitest";
import { parseDomain, parseIp } from "../../address/index.ts";
import { overlay } from "../../dns/overlay.ts";
import { type Zone, zone } from "../../dns/zone.ts";
import { checkHost } from "../check-host.ts";
import type { SpfAssumption, SpfChange } from "../types.ts";
import { type CorrectionRequest, correctSpf } from "./index.ts";

/** Each step of a correction by itself: the record, the changes with their reasons, and what is told beside them. */

type Asked = Partial<Omit<CorrectionRequest, "domain" | "ip">> & { ip?: string | null };

function requestOf({ ip = null, ...rest }: Asked): CorrectionRequest {
  const read = parseDomain("example.test");
  if (!read.ok) throw new Error("example.test");
  return { domain: read.domain, ip: ip === null ? null : parseIp(ip), helo: null, ptr: null, mx: [], stranger: false, ...rest };
}

const SHARED: Zone = {
  "a.test": { TXT: ["v=spf1 ip4:198.51.100.0/28 -all"] },
  "b.test": { TXT: ["v=spf1 ip4:198.51.100.16/28 -all"] },
  "nobody.test": { TXT: ["v=spf1 -all"] },
  ...Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`s${n}.test`, { TXT: [`v=spf1 ip4:203.0.113.${n * 16}/28 -all`] }])),
};
const including = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `include:s${from + n}.test`).join(" ");

const correct = (record: string, more: Zone = {}, asked: Asked = {}) => {
  const today = zone({ ...SHARED, ...more, "example.test": { ...more["example.test"], TXT: [record, ...(more["example.test"]?.TXT ?? [])] } });
  return correctSpf(requestOf(asked), today);
};
const changed = (changes: readonly SpfChange[] | undefined) => changes?.filter(({ kind }) => kind !== "kept").map(({ before, after, reason, by }) => [before, after, reason, ...(by === undefined ? [] : [by])]);

const IP = "192.0.2.9";

describe("a step says what it changes, and why", () => {
  const cases: [step: string, record: string, asked: Asked, value: string, changes: (string | null)[][], assumptions: SpfAssumption[], more?: Zone][] = [
    ["what allows nobody goes", `v=spf1 include:nobody.test ${including(0, 10)} -all`, {}, `v=spf1 ${including(0, 10)} -all`, [["include:nobody.test", null, "allows-nobody"]], []],
    ["what others cover goes, and they are named", `v=spf1 include:ab.test include:a.test include:b.test ${including(0, 8)} -all`, {}, `v=spf1 include:a.test include:b.test ${including(0, 8)} -all`, [["include:ab.test", null, "covered", "include:a.test include:b.test"]], [], { "ab.test": { TXT: ["v=spf1 ip4:198.51.100.0/27 -all"] } }],
    ["the domain's own include is written out", `v=spf1 include:_spf.example.test ${including(0, 10)} -all`, {}, `v=spf1 ip4:192.0.2.0/28 ${including(0, 10)} -all`, [["include:_spf.example.test", "ip4:192.0.2.0/28", "flattened"]], ["own-addresses-copied"], { "_spf.example.test": { TXT: ["v=spf1 ip4:192.0.2.0/28 -all"] } }],
    ["an include that only leads to others gives way to them", `v=spf1 include:two.test ${including(0, 8)} -all`, {}, `v=spf1 include:a.test include:b.test ${including(0, 8)} -all`, [["include:two.test", "include:a.test", "include-opened"], [null, "include:b.test", "include-opened"]], ["opened-includes-may-change"], { "two.test": { TXT: ["v=spf1 include:a.test include:b.test -all"] } }],
    ["hosts before includes of others, however many addresses they have", `v=spf1 mx include:a.test ${including(0, 9)} -all`, {}, `v=spf1 ip4:192.0.2.1 ip4:192.0.2.3 ip4:192.0.2.5 ip4:192.0.2.7 include:a.test ${including(0, 9)} -all`, [["mx", "ip4:192.0.2.1", "address-copied"], [null, "ip4:192.0.2.3", "address-copied"], [null, "ip4:192.0.2.5", "address-copied"], [null, "ip4:192.0.2.7", "address-copied"]], ["own-addresses-copied"], { "example.test": { MX: [[1, "mail.example.test"]] }, "mail.example.test": { A: ["192.0.2.1", "192.0.2.3", "192.0.2.5", "192.0.2.7"] } }],
    ["addresses stand before look-ups, those of today too", `v=spf1 a include:a.test ${including(0, 9)} ip4:192.0.2.200 -all`, { ip: IP }, `v=spf1 ip4:192.0.2.1 ip4:192.0.2.200 ip4:192.0.2.9 include:a.test ${including(0, 9)} -all`, [["a", "ip4:192.0.2.1", "address-copied"], ["ip4:192.0.2.200", "ip4:192.0.2.200", "cheaper-first"], [null, "ip4:192.0.2.9", "refused-sender"]], ["refused-sender-is-yours", "own-addresses-copied"], { "example.test": { A: ["192.0.2.1"] } }],
    ["not where an exclusion stands among them", `v=spf1 -ip4:192.0.2.201 a include:a.test ${including(0, 9)} ip4:192.0.2.200 -all`, {}, `v=spf1 -ip4:192.0.2.201 ip4:192.0.2.1 include:a.test ${including(0, 9)} ip4:192.0.2.200 -all`, [["a", "ip4:192.0.2.1", "address-copied"]], ["own-addresses-copied"], { "example.test": { A: ["192.0.2.1"] } }],
    ["a wish for a strict ending", "v=spf1 include:a.test ~all", { ending: "-all" }, "v=spf1 include:a.test -all", [["~all", "-all", "ending-asked-for"]], []],
    ["a wish for a soft ending", "v=spf1 include:a.test -all", { ending: "~all" }, "v=spf1 include:a.test ~all", [["-all", "~all", "ending-asked-for"]], ["softfail-until-sure"]],
    ["a wish in place of ?all", "v=spf1 include:a.test ?all", { ending: "-all" }, "v=spf1 include:a.test -all", [["?all", "-all", "neutral-all-replaced"]], []],
    ["a wish where the record has no ending", "v=spf1 include:a.test", { ending: "-all" }, "v=spf1 include:a.test -all", [[null, "-all", "all-added"]], []],
    ["a wish that a redirect stands in the way of", "v=spf1 redirect=a.test", { ending: "-all" }, "v=spf1 include:a.test -all", [["redirect=a.test", "include:a.test", "ending-asked-for"], [null, "-all", "ending-asked-for"]], []],
    ["no room for it in 512 octets", "v=spf1 include:a.test -all", { ip: IP }, "v=spf1 include:a.test ip4:192.0.2.9 -all", [[null, "ip4:192.0.2.9", "refused-sender"]], ["refused-sender-is-yours", "answer-over-512-octets"], { "example.test": { TXT: ["x".repeat(210), "y".repeat(200)] } }],
    ["an answer that is too long already, and stays so", "v=spf1 include:a.test include:a.test -all ip4:192.0.2.1", {}, "v=spf1 include:a.test include:a.test ip4:192.0.2.1 -all", [["-all", "-all", "all-moved-last"]], ["repaired-as-meant"], { "example.test": { TXT: ["x".repeat(250), "y".repeat(250)] } }],
  ];

  test.each(cases)("%s", async (_step, record, asked, value, changes, assumptions, more = {}) => {
    const correction = await correct(record, more, asked);
    expect(correction?.value).toBe(value);
    expect(changed(correction?.changes)).toEqual(changes);
    expect(correction?.assumptions).toEqual(assumptions);
    expect(correction?.proof.kept).toBe(correction?.proof.of);
    expect(await correct(value, more, asked)).toBeNull();
  });

  test.each(["-all", "~all"] as const)("a record that ends as wished (%s) stays", async (ending) => {
    expect(await correct(`v=spf1 include:a.test ${ending}`, {}, { ending })).toBeNull();
    expect((await correctSpf(requestOf({ ip: IP, ending }), zone({ "example.test": { A: ["192.0.2.1"] } })))?.value).toBe(`v=spf1 ip4:192.0.2.9 ${ending}`);
  });
});

describe("an include in error that can't be written out", () => {
  const cases: [why: string, record: string, broken: string[], value: string | null, kept: number, of: number][] = [
    ["faulty, and open to everybody: nobody passes through it", "v=spf1 include:a.test include:broken.test -all", ["v=spf1 -ip4:192.0.2.1 ipv4:192.0.2.2 +all"], "v=spf1 include:a.test ip4:192.0.2.9 -all", 1, 4],
    ["two records, one open to everybody", "v=spf1 include:a.test include:broken.test -all", ["v=spf1 +all", "v=spf1 -all"], "v=spf1 include:a.test ip4:192.0.2.9 -all", 1, 3],
    ["who comes before its fault stays", "v=spf1 include:a.test include:broken.test -all", ["v=spf1 ip4:192.0.2.64/28 -ip4:192.0.2.1 include:gone.test +all"], "v=spf1 include:a.test ip4:192.0.2.64/28 ip4:192.0.2.9 -all", 2, 5],
    ["what others allow as well stays", "v=spf1 include:broken.test ip4:192.0.2.32/28 -all", ["v=spf1 -ip4:192.0.2.1 ipv4:192.0.2.2 +all"], "v=spf1 ip4:192.0.2.32/28 ip4:192.0.2.9 -all", 1, 4],
    ["an exclusion by it can't be given up", "v=spf1 -include:broken.test include:a.test -all", ["v=spf1 exists:%{i}.list.test ipv4:192.0.2.2 -all"], null, 0, 0],
    ["nor what depends on the message", "v=spf1 include:broken.test -all", ["v=spf1 exists:%{i}.list.test -ip4:192.0.2.1 include:gone.test -all"], null, 0, 0],
  ];

  test.each(cases)("%s", async (_why, record, broken, value, kept, of) => {
    const entries: Zone = { ...SHARED, "broken.test": { TXT: broken }, "example.test": { TXT: [record] } };
    const today = zone(entries);
    const correction = await correctSpf(requestOf({ ip: IP }), today);
    expect(correction?.value ?? null).toBe(value);
    if (correction === null) return;
    expect(correction.assumptions).toContain("broken-includes-dropped");
    expect(correction.changes.filter(({ reason }) => reason === "broken-include").map(({ before }) => before)).toEqual(["include:broken.test"]);
    expect({ kept: correction.proof.kept, of: correction.proof.of }).toEqual({ kept, of });
    // Whoever passes today, passes.
    const after = overlay(today, { name: "example.test", txt: [correction.value] });
    for (const ip of Array.from({ length: 64 }, (_, n) => parseIp(`192.0.2.${n * 4}`)).filter((each) => each !== null)) {
      const results = await Promise.all([today, after].map(async (resolver) => (await checkHost({ ip, mailFrom: "x@example.test", helo: "example.test" }, resolver)).result));
      if (results[0] === "pass") expect(results[1], ip).toBe("pass");
    }
  });
});

describe("the term for the refused sender", () => {
  const providers: Zone = {
    "_spf.google.com": { TXT: ["v=spf1 ip4:192.0.2.0/28 ~all"] },
    "mailgun.org": { TXT: ["v=spf1 ip4:192.0.2.32/28 ~all"] },
    "eu.mailgun.org": { TXT: ["v=spf1 ip4:192.0.2.48/28 ~all"] },
    "sendgrid.net": { TXT: ["v=spf1 ip4:192.0.2.64/28 ~all"] },
    "emailsrvr.com": { TXT: ["v=spf1 ip4:10.0.0.0/7 ~all"] },
  };
  const google = { names: ["mail-yw1-f1.google.com"], confirmed: true };

  test.each<[why: string, record: string, asked: Asked, added: [string | null, string | null, string, ...string[]]]>([
    ["the provider that its reverse name tells, whose record vouches for it", "v=spf1 include:a.test -all", { ip: IP, ptr: google }, [null, "include:_spf.google.com", "provider-of-refused-sender", "Google Workspace"]],
    ["the same, where the reverse name isn't confirmed: the record is the evidence", "v=spf1 include:a.test -all", { ip: IP, ptr: { ...google, confirmed: false } }, [null, "include:_spf.google.com", "provider-of-refused-sender", "Google Workspace"]],
    ["its address, where the provider's record would let in half the internet", "v=spf1 include:a.test -all", { ip: "10.0.0.9", ptr: { names: ["x.emailsrvr.com"], confirmed: true } }, [null, "ip4:10.0.0.9", "refused-sender"]],
    ["the provider that receives the domain's mail, whose record vouches for it", "v=spf1 include:a.test -all", { ip: IP, mx: ["aspmx.l.google.com"] }, [null, "include:_spf.google.com", "provider-of-refused-sender", "Google Workspace"]],
    ["another include of a provider that the record names already", "v=spf1 include:mailgun.org -all", { ip: "192.0.2.50" }, [null, "include:eu.mailgun.org", "provider-of-refused-sender", "Mailgun"]],
    ["its address, where the reverse name lies", "v=spf1 include:a.test -all", { ip: "192.0.2.70", ptr: google }, [null, "ip4:192.0.2.70", "refused-sender"]],
    ["its address, where a confirmed name is a provider's and the record doesn't know it", "v=spf1 include:a.test -all", { ip: "192.0.2.200", ptr: google }, [null, "ip4:192.0.2.200", "refused-sender"]],
    ["its address in front, where the record keeps the provider out", "v=spf1 -include:_spf.google.com include:a.test -all", { ip: IP, ptr: google }, [null, "ip4:192.0.2.9", "refused-sender"]],
    ["its address, where only the HELO name is a provider's", "v=spf1 include:a.test -all", { ip: IP, helo: "mail-yw1-f1.google.com" }, [null, "ip4:192.0.2.9", "refused-sender"]],
    ["its address, where no provider is known", "v=spf1 include:a.test -all", { ip: "2001:db8::9" }, [null, "ip6:2001:db8::9", "refused-sender"]],
    ["its address, not the network around it", "v=spf1 ip4:192.0.2.128/26 -all", { ip: "192.0.2.201" }, [null, "ip4:192.0.2.201", "refused-sender"]],
  ])("%s", async (_why, record, asked, added) => {
    const correction = await correct(record, providers, asked);
    expect(changed(correction?.changes)).toEqual([added]);
  });
});

describe("every range is counted, and none is sampled away", () => {
  test.each<[why: string, record: string, of: number, more?: Zone]>([
    ["a network with a hole in it is two ranges", "v=spf1 -ip4:192.0.2.77 ip4:192.0.2.0/24 ?all", 2],
    ["the same network twice is one", "v=spf1 ip4:192.0.2.0/24 include:same.test ?all", 1, { "same.test": { TXT: ["v=spf1 ip4:192.0.2.0/24 -all"] } }],
    ["neighbours are two, as they stand in the record", "v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.128/25 ?all", 2],
    ["what an include excludes isn't counted", "v=spf1 include:part.test ?all", 1, { "part.test": { TXT: ["v=spf1 -ip4:192.0.2.0/25 ip4:192.0.2.0/24 -all"] } }],
    ["what an exclusion by include passes isn't either", "v=spf1 -include:a.test include:b.test ?all", 1],
    ["all of a large record", `v=spf1 include:large.test ?all`, 900, { "large.test": { TXT: [`v=spf1 ${Array.from({ length: 900 }, (_, n) => `ip4:10.${n >> 8}.${n & 255}.1`).join(" ")} -all`] } }],
    ["addresses of hosts, of both kinds", "v=spf1 a mx ?all", 3, { "example.test": { A: ["192.0.2.1"], AAAA: ["2001:db8::1"], MX: [[1, "m.test"]] }, "m.test": { A: ["192.0.2.4"] } }],
  ])("%s", async (_why, record, of, more = {}) => {
    expect((await correct(record, more))?.proof).toMatchObject({ kept: of, of });
  });
});
