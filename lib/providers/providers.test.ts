import { describe, expect, test } from "vitest";
import { parseDomain } from "../address/index.ts";
import { type Provider, PROVIDERS, providerByDkimCname, providerByInclude, providerByMx, providerByPtr, providerBySelector, providersOfRecord, selectorsOf } from "./index.ts";

const idOf = (provider: Provider | null) => provider?.id ?? null;

describe("whose include it is", () => {
  test.each([
    ["_spf.google.com", "google-workspace"],
    ["_SPF.Google.com.", "google-workspace"],
    [" spf.protection.outlook.com", "microsoft-365"],
    ["amazonses.com", "amazon-ses"],
    ["spf.brevo.com", "brevo"],
    ["zohomail.eu", "zoho-eu"],
    ["zohomail.jp", "zoho-jp"],
    ["_spf-us.ionos.com", "ionos-us"],
    ["_spf-eu.ionos.com", "ionos"],
    ["spf.sender.xserver.jp", "xserver"],
    ["_spf.heteml.jp", "heteml"],
    ["_spf.onamae.ne.jp", "onamae"],
    ["_spf.conoha.ne.jp", "conoha"],
    ["kagoya.net", "kagoya"],
    // By customer, by region, from former times.
    ["1234567.spf03.hubspotemail.net", "hubspot"],
    ["spf-00123456.pphosted.com", "proofpoint"],
    ["eu._netblocks.mimecast.com", "mimecast"],
    ["u1234567.wl123.sendgrid.net", "sendgrid"],
    ["spf.ess.de.barracudanetworks.com", "barracuda-regional"],
    ["spf.ess.barracudanetworks.com", "barracuda"],
    ["fc1234.cuenote.jp", "cuenote"],
    ["spf22.gmoserver.jp", "onamae-gmoserver"],
    ["shops.shopify.com", "shopify"],
    // An include is known by its own name: what stands beside, below or above it is no provider's.
    ["google.com", null],
    ["x._spf.google.com", null],
    ["example.icloud.com", null],
    ["www1234.sakura.ne.jp", null],
    ["net", null],
  ])("include:%s is that of %s", (target, id) => {
    expect(idOf(providerByInclude(target))).toBe(id);
  });

  test("a record's providers come once each, in the record's order", () => {
    const terms = ["ip4:192.0.2.1", "include:sendgrid.net", "+include:_spf.google.com", "INCLUDE:sendgrid.net", "redirect=spf.protection.outlook.com", "exists:_spf.google.com", "~all"];
    expect(providersOfRecord(terms).map((provider) => provider.id)).toEqual(["sendgrid", "google-workspace", "microsoft-365"]);
  });
});

describe("whose sending address it is", () => {
  test.each([
    [["mail-yw1-f178.google.com"], "google-workspace"],
    [["mail-am6eur05on2061.outbound.protection.outlook.com."], "microsoft-365"],
    [["A8-61.SMTP-OUT.AMAZONSES.COM"], "amazon-ses"],
    [["o1.ptr1234.sendgrid.net"], "sendgrid"],
    [["host.example.test", "sv1234.xserver.jp"], "xserver"],
    [["mo4-p01-ob.smtp.rzone.de"], "strato"],
    [["www123.your-server.de"], "hetzner"],
    [["www1234.sakura.ne.jp"], "sakura"],
    [["smtp99.ess.uk.barracudanetworks.com"], "barracuda-regional"],
    // Customers' own servers in a provider's range.
    [["static.1.2.0.192.clients.your-server.de"], null],
    [["ik1-123-12345.vs.sakura.ne.jp"], null],
    [["v192-0-2-1.vir.kagoya.net"], null],
    [["ip-192-0-2-1.ip.secureserver.net"], null],
    [["ip-192-0-2-1.ip.secureserver.net", "mail.lolipop.jp"], "lolipop"],
    [["ec2-192-0-2-1.compute.amazonaws.com"], null],
    [["192.2.0.192.bc.googleusercontent.com"], null],
    [[], null],
  ])("an address named %j belongs to %s", (names, id) => {
    expect(idOf(providerByPtr(names))).toBe(id);
  });
});

describe("who receives a domain's mail", () => {
  test.each([
    [["aspmx.l.google.com", "alt1.aspmx.l.google.com"], "google-workspace"],
    [["SMTP.GOOGLE.COM."], "google-workspace"],
    [["example-com.mail.protection.outlook.com"], "microsoft-365"],
    [["example-com.a-v1.mx.microsoft"], "microsoft-365"],
    [["eu-smtp-inbound-1.mimecast.com"], "mimecast"],
    [["mx.zoho.eu"], "zoho-eu"],
    [["mx01.ionos.de"], "ionos"],
    [["mx00.ionos.com"], "ionos-us"],
    [["mail1042.onamae.ne.jp"], "onamae"],
    [["mail90.conoha.ne.jp"], "conoha"],
    [["mx01.lolipop.jp"], "lolipop"],
    [["d1234a.ess.au.barracudanetworks.com"], "barracuda-regional"],
    [["feedback-smtp.eu-west-1.amazonses.com"], null],
    // The preferred host decides, not the longest name.
    [["mx.example.test", "aspmx.l.google.com", "inbound-smtp.eu-central-1.amazonaws.com"], "google-workspace"],
    [["mx.example.test"], null],
    [[".", ""], null],
  ])("mail for %j is received by %s", (hosts, id) => {
    expect(idOf(providerByMx(hosts))).toBe(id);
  });
});

describe("whose DKIM key it is", () => {
  test.each([
    ["selector1-example-com._domainkey.example.onmicrosoft.com", "microsoft-365"],
    ["selector1-example-com._domainkey.example.n-v1.dkim.mail.microsoft.", "microsoft-365"],
    ["s1.domainkey.u1234567.wl123.sendgrid.net", "sendgrid"],
    ["abcdefgh.dkim.amazonses.com", "amazon-ses"],
    ["b1.example-com.dkim.brevo.com", "brevo"],
    ["dkim2.mcsv.net", "mailchimp"],
    ["dkim1.mandrillapp.com", "mandrill"],
    ["fm1.example.com.dkim.fmhosted.com", "fastmail"],
    ["SIG1.dkim.example.com.at.icloudmailadmin.com", "icloud"],
    ["zendesk1._domainkey.zendesk.com", "zendesk"],
    ["gm1.gandimail.net", "gandi"],
    ["dkim1.0123456789ab.p123.email.myshopify.com", "shopify"],
    ["example.myshopify.com", null],
    ["mail.zendesk.com", null],
    ["s1._domainkey.example.test", null],
  ])("a key at %s is held by %s", (target, id) => {
    expect(idOf(providerByDkimCname(target))).toBe(id);
  });

  test.each([
    ["google", "google-workspace"],
    ["Protonmail2", "proton"],
    ["brevo1", "brevo"],
    ["mte1", "mandrill"],
    ["zendesk2", "zendesk"],
    ["resend", "resend"],
    // Given out by several, or anybody's choice.
    ["s1-ionos", null],
    ["default", null],
    ["s1", null],
    ["k1", null],
    ["selector1", null],
    ["zmail", null],
    ["unheard-of", null],
    ["", null],
  ])("selector %s is given out by %s", (selector, id) => {
    expect(idOf(providerBySelector(selector))).toBe(id);
  });

  test("selectors worth asking for", () => {
    const google = providerByInclude("_spf.google.com");
    expect(google && selectorsOf(google)).toEqual(["google"]);
  });
});

describe("look-alikes are nobody's", () => {
  test.each([
    "notgoogle.com",
    "evil-google.com",
    "spf.google.com.evil.test",
    "_spf.google.com.evil.test",
    "google.com.example.test",
    "aspmx.l.google.com.example.test",
    "mail.protection.outlook.com.example.test",
    "evilsendgrid.net",
    "xsendgrid.net",
    "_spf_google.com",
    "_spf.google.com..",
    ".",
    "",
    " ",
    "com",
    // Letters that fold to ASCII ones: Kelvin sign, fullwidth, Cyrillic; and what the last is in the DNS.
    "\u212Aagoya.net",
    "_spf.\uFF47oogle.com",
    "_spf.g\u043E\u043Egle.com",
    "_spf.xn--ggle-55da.com",
    "_spf.google.com\u3002",
    "_spf.google\u200B.com",
    "_spf.google.com sendgrid.net",
    `${"a".repeat(300)}.sendgrid.net`,
  ])("%j", (name) => {
    expect([providerByInclude(name), providerByPtr([name]), providerByMx([name]), providerByDkimCname(name), providerBySelector(name)]).toEqual([null, null, null, null, null]);
  });
});

describe("the data", () => {
  const SIGNALS = ["includes", "includeSuffixes", "ptr", "rented", "mx", "dkimCname"] as const;

  test("at least sixty providers, each id and name once", () => {
    expect(PROVIDERS.length).toBeGreaterThanOrEqual(60);
    expect(repeated(PROVIDERS.map((provider) => provider.id))).toEqual([]);
    expect(repeated(PROVIDERS.map((provider) => provider.name))).toEqual([]);
  });

  test.each([
    ["google-workspace", "microsoft-365", "amazon-ses", "sendgrid", "mailgun", "mailchimp", "mandrill", "brevo", "postmark", "sparkpost", "zoho", "salesforce", "hubspot", "zendesk", "freshdesk", "klaviyo"],
    ["proofpoint", "mimecast", "barracuda", "fastmail", "proton", "icloud", "ovh", "ionos", "gandi", "hetzner", "hostgator", "bluehost"],
    ["xserver", "sakura", "lolipop", "conoha", "onamae", "kagoya", "wadax", "heteml", "muumuu", "value-server", "cuenote", "blastmail", "haihaimail"],
  ])("those that have to be there: %s, …", (...ids) => {
    expect(ids.filter((id) => !PROVIDERS.some((provider) => provider.id === id))).toEqual([]);
  });

  test.each(PROVIDERS)("$id has a source, and shows itself somehow", (provider) => {
    expect(provider.sources.length).toBeGreaterThan(0);
    for (const source of provider.sources) {
      const url = new URL(source);
      expect(url.protocol).toBe("https:");
      expect(parseDomain(url.hostname)).toMatchObject({ ok: true });
      expect(url.username + url.password + url.port).toBe("");
    }
    expect(repeated(provider.sources)).toEqual([]);
    expect([...SIGNALS.flatMap((signal) => provider[signal]), ...provider.selectors].length).toBeGreaterThan(0);
  });

  test("every name is a domain as the DNS has it: lower case, no final dot", () => {
    for (const name of PROVIDERS.flatMap((provider) => SIGNALS.flatMap((signal) => provider[signal]))) expect(parseDomain(name)).toEqual({ ok: true, domain: name });
  });

  test.each(SIGNALS)("%s: no name belongs to two providers", (signal) => {
    expect(repeated(PROVIDERS.flatMap((provider) => provider[signal]))).toEqual([]);
  });

  test("no include of one provider's is below a suffix of another's, unless that one is more exact", () => {
    for (const provider of PROVIDERS) for (const include of provider.includes) expect(idOf(providerByInclude(include))).toBe(provider.id);
  });

  test("each provider is found by each of its suffixes", () => {
    for (const provider of PROVIDERS) {
      for (const suffix of provider.includeSuffixes) expect([suffix, idOf(providerByInclude(`x.${suffix}`))]).toEqual([suffix, provider.id]);
      for (const suffix of provider.ptr) expect([suffix, idOf(providerByPtr([`x.${suffix}`]))]).toEqual([suffix, provider.id]);
      for (const suffix of provider.rented) expect([suffix, providerByPtr([`x.${suffix}`])]).toEqual([suffix, null]);
      for (const suffix of provider.mx) expect([suffix, idOf(providerByMx([`x.${suffix}`]))]).toEqual([suffix, provider.id]);
      for (const suffix of provider.dkimCname) expect([suffix, idOf(providerByDkimCname(`x.${suffix}`))]).toEqual([suffix, provider.id]);
    }
  });

  test("rented names are below the provider's own", () => {
    for (const provider of PROVIDERS) for (const rented of provider.rented) expect(provider.ptr.some((suffix) => rented.endsWith(`.${suffix}`))).toBe(true);
  });

  test("every selector is one that can be asked for", () => {
    for (const selector of PROVIDERS.flatMap(selectorsOf)) expect(selector).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    for (const provider of PROVIDERS) expect(repeated(provider.selectors)).toEqual([]);
  });
});

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, at) => names.indexOf(name) !== at);
}
