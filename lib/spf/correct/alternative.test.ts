import { describe, expect, test } from "vitest";
import { parseDomain, parseIp } from "../../address/index.ts";
import { overlay } from "../../dns/overlay.ts";
import { type Zone, zone } from "../../dns/zone.ts";
import { checkHost } from "../check-host.ts";
import { type CorrectionRequest, correctSpf, cureSpf } from "./index.ts";

const DOMAIN = "shop.example";
/** Ten services of others, none of which anything is known of. */
const SERVICES: Zone = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`s${n}.test`, { TXT: [`v=spf1 ip4:198.51.100.${n * 16}/28 -all`] }]));
const including = (count: number) => Array.from({ length: count }, (_, n) => `include:s${n}.test`).join(" ");
const PROVIDERS: Zone = {
  "sendgrid.net": { TXT: ["v=spf1 ip4:203.0.113.0/28 include:ab.sendgrid.net ~all"] },
  "ab.sendgrid.net": { TXT: ["v=spf1 ip4:203.0.113.16/28 ~all"] },
  "amazonses.com": { TXT: ["v=spf1 ip4:203.0.113.32/28 -all"] },
  "mailgun.org": { TXT: ["v=spf1 include:_spf.mailgun.org include:_spf2.mailgun.org ~all"] },
  "_spf.mailgun.org": { TXT: ["v=spf1 ip4:203.0.113.64/28 ~all"] },
  "_spf2.mailgun.org": { TXT: ["v=spf1 ip4:203.0.113.80/28 ~all"] },
};

function requestOf(more: Partial<Omit<CorrectionRequest, "ip">> & { ip?: string | null } = {}): CorrectionRequest {
  const read = parseDomain(DOMAIN);
  if (!read.ok) throw new Error(DOMAIN);
  const { ip = null, ...rest } = more;
  return { domain: read.domain, helo: null, ptr: null, mx: [], stranger: false, ...rest, ip: ip === null ? null : parseIp(ip) };
}

const published = (text: string, more: Zone = {}): Zone => ({ ...SERVICES, ...PROVIDERS, ...more, [DOMAIN]: { TXT: [text], ...more[DOMAIN] } });

async function passes(ip: string, domain: string, resolver: ReturnType<typeof zone>): Promise<string> {
  const sender = parseIp(ip);
  if (sender === null) throw new Error(ip);
  return (await checkHost({ ip: sender, mailFrom: `postmaster@${domain}`, helo: domain }, resolver)).result;
}

describe("a service that can have a return path of the customer's moves to a subdomain", () => {
  const today = published(`v=spf1 include:sendgrid.net ${including(10)} -all`);

  test("both records, the steps, and who is named", async () => {
    const correction = await correctSpf(requestOf(), zone(today));
    expect(correction?.alternative).toMatchObject({
      kind: "own-subdomain",
      moves: [{ provider: "Twilio SendGrid", domain: "sendgrid.shop.example", record: { name: "sendgrid.shop.example", value: "v=spf1 include:sendgrid.net ~all", strings: ["v=spf1 include:sendgrid.net ~all"] }, proof: { result: "pass", ip: null, lookups: 2, kept: 2, of: 2 } }],
      main: { value: `v=spf1 ${including(10)} -all`, proof: { lookups: 10, kept: 10, of: 12 } },
      steps: ["publish-subdomain", "set-return-path", "replace-main"],
    });
    expect(correction?.alternative?.main.changes.filter(({ kind }) => kind !== "kept")).toEqual([{ kind: "removed", before: "include:sendgrid.net", after: null, reason: "moved-to-subdomain", by: "sendgrid.shop.example" }]);
  });

  test("the record to paste today keeps everybody, and names whose addresses it copies", async () => {
    const correction = await correctSpf(requestOf(), zone(today));
    expect(correction?.proof).toMatchObject({ lookups: 10, kept: 12, of: 12 });
    expect(correction?.assumptions).toContain("addresses-copied-may-change");
    expect(correction?.copiedFrom).toEqual(["s0.test", "s1.test"]);
  });

  test("with both records published, its senders pass at the subdomain and the others at the domain", async () => {
    const resolver = zone(today);
    const alternative = (await correctSpf(requestOf(), resolver))?.alternative;
    const records = [...(alternative?.moves.map(({ record }) => ({ name: record.name, txt: [record.value] })) ?? []), { name: DOMAIN, txt: [alternative?.main.value ?? ""] }];
    const after = overlay(resolver, records);
    expect(await passes("203.0.113.20", "sendgrid.shop.example", after)).toBe("pass");
    expect(await passes("198.51.100.7", "sendgrid.shop.example", after)).toBe("softfail");
    expect(await passes("198.51.100.7", DOMAIN, after)).toBe("pass");
    expect(await passes("203.0.113.20", DOMAIN, after)).toBe("fail");
    expect(await correctSpf(requestOf(), after)).toBeNull();
  });
});

describe("which service moves", () => {
  const cases: [why: string, text: string, ip: string | null, moved: string[] | null, more?: Zone][] = [
    ["that which saves most", `v=spf1 include:amazonses.com include:mailgun.org ${including(9)} -all`, null, ["mailgun.shop.example"]],
    ["not that of the refused sender, where another does", `v=spf1 include:amazonses.com include:mailgun.org ${including(7)} -all`, "203.0.113.64", ["amazon-ses.shop.example"]],
    ["that of the refused sender, where none other does", `v=spf1 include:mailgun.org ${including(9)} -all`, "203.0.113.64", ["mailgun.shop.example"]],
    ["several, where one is not enough", `v=spf1 include:amazonses.com include:sendgrid.net ${including(10)} -all`, null, ["sendgrid.shop.example", "amazon-ses.shop.example"]],
    ["none that is not known to allow it", `v=spf1 ${including(11)} -all`, null, null],
    ["none behind an exclusion", `v=spf1 -ip4:203.0.113.1 include:sendgrid.net ${including(10)} -all`, null, null],
    ["none behind an exclusion sign", `v=spf1 -include:sendgrid.net ${including(10)} -all`, null, null],
    ["another name, where the first is taken", `v=spf1 include:sendgrid.net ${including(10)} -all`, null, ["sendgrid-mail.shop.example"], { "sendgrid.shop.example": { A: ["192.0.2.1"] } }],
    ["none, where every name is taken", `v=spf1 include:sendgrid.net ${including(10)} -all`, null, null, { "*.shop.example": { A: ["192.0.2.1"] } }],
    ["none, where names can't be looked up", `v=spf1 include:sendgrid.net ${including(10)} -all`, null, null, { "sendgrid.shop.example": { fail: "timeout" }, "sendgrid-mail.shop.example": { fail: "timeout" }, "mail-sendgrid.shop.example": { fail: "timeout" } }],
    ["none, where dropping a repeat is enough", `v=spf1 include:sendgrid.net ${including(8)} include:s0.test -all`, null, null],
    ["none, where writing out the domain's own hosts is enough", `v=spf1 a include:sendgrid.net ${including(8)} -all`, null, null, { [DOMAIN]: { A: ["192.0.2.1"] } }],
  ];

  test.each(cases)("%s", async (_why, text, ip, moved, more = {}) => {
    const correction = await correctSpf(requestOf({ ip }), zone(published(text, more)));
    expect(correction).not.toBeNull();
    expect(correction?.proof.kept).toBe(correction?.proof.of);
    expect(correction?.alternative?.moves.map(({ domain }) => domain) ?? null).toEqual(moved);
  });
});

test("a moved sender in question is proven at the subdomain", async () => {
  const correction = await correctSpf(requestOf({ ip: "203.0.113.64" }), zone(published(`v=spf1 include:mailgun.org ${including(9)} -all`)));
  expect(correction?.proof).toMatchObject({ result: "pass", ip: "203.0.113.64" });
  expect(correction?.alternative?.moves[0]?.proof).toMatchObject({ result: "pass", ip: "203.0.113.64" });
  expect(correction?.alternative?.main.proof.ip).toBeNull();
});

test("a service that isn't in the record yet is set up at a subdomain, and the record stays as it is", async () => {
  const today = `v=spf1 ${including(10)} -all`;
  const correction = await correctSpf(requestOf({ ip: "203.0.113.33", ptr: { names: ["a1.smtp-out.amazonses.com"], confirmed: true } }), zone(published(today)));
  expect(correction?.value).toContain("include:amazonses.com");
  expect(correction?.proof).toMatchObject({ result: "pass", ip: "203.0.113.33" });
  expect(correction?.alternative).toMatchObject({ moves: [{ domain: "amazon-ses.shop.example", proof: { result: "pass", ip: "203.0.113.33" } }], main: { value: today, proof: { kept: 10, of: 10 } }, steps: ["publish-subdomain", "set-return-path"] });
});

describe("where no one record can be made to fit", () => {
  /** Each service names more networks than anybody would copy. */
  const many = (at: number) => Array.from({ length: 70 }, (_, n) => `ip4:203.${at}.${n}.1`).join(" ");
  const large: Zone = { ...Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`s${n}.test`, { TXT: [`v=spf1 ${many(n)} -all`] }])), "sendgrid.net": { TXT: [`v=spf1 ${many(100)} include:ab.sendgrid.net ~all`] } };
  const zoneOf = () => zone(published(`v=spf1 include:sendgrid.net ${including(10)} -all`, large));

  test("the move alone is offered, and no record", async () => {
    const cure = await cureSpf(requestOf(), zoneOf());
    expect(cure?.value).toBeNull();
    expect(cure?.alternative).toMatchObject({ moves: [{ domain: "sendgrid.shop.example", proof: { kept: 71, of: 71 } }], main: { value: `v=spf1 ${including(10)} -all`, proof: { kept: 700, of: 771 } } });
    expect(await correctSpf(requestOf(), zoneOf())).toBeNull();
  });
});
