import { describe, expect, test } from "vitest";
import { PROVIDERS, providerByInclude, providerByMx, providerByPtr, providersOfRecord, selectorsOf } from "./index.ts";

describe("who sends for whom", () => {
  test.each([
    ["_spf.google.com", "google-workspace"],
    ["_SPF.Google.com.", "google-workspace"],
    ["spf.protection.outlook.com", "microsoft-365"],
    ["amazonses.com", "amazon-ses"],
    ["1234567.spf03.hubspotemail.net", "hubspot"],
    ["spf-00123456.pphosted.com", "proofpoint"],
    ["eu._netblocks.mimecast.com", "mimecast"],
    ["spf.sender.xserver.jp", "xserver"],
    ["_spf.heteml.jp", "heteml"],
    ["evil-google.com", null],
    ["google.com.example.test", null],
    ["", null],
  ])("include:%s is that of %s", (target, id) => {
    expect(providerByInclude(target)?.id ?? null).toBe(id);
  });

  test.each([
    [["mail-yw1-f178.google.com"], "google-workspace"],
    [["mail-am6eur05on2061.outbound.protection.outlook.com."], "microsoft-365"],
    [["a8-61.smtp-out.amazonses.com"], "amazon-ses"],
    [["o1.ptr1234.sendgrid.net"], "sendgrid"],
    [["host.example.test", "sv1234.xserver.jp"], "xserver"],
    [["notgoogle.com"], null],
    [["ec2-192-0-2-1.compute.amazonaws.com"], null],
    [[], null],
  ])("an address named %j belongs to %s", (names, id) => {
    expect(providerByPtr(names)?.id ?? null).toBe(id);
  });

  test.each([
    [["aspmx.l.google.com", "alt1.aspmx.l.google.com"], "google-workspace"],
    [["example-com.mail.protection.outlook.com"], "microsoft-365"],
    [["eu-smtp-inbound-1.mimecast.com"], "mimecast"],
    [["mx.example.test"], null],
  ])("mail for %j is received by %s", (hosts, id) => {
    expect(providerByMx(hosts)?.id ?? null).toBe(id);
  });

  test("a record's providers come once each, in the record's order", () => {
    const terms = ["ip4:192.0.2.1", "include:sendgrid.net", "+include:_spf.google.com", "INCLUDE:sendgrid.net", "redirect=spf.protection.outlook.com", "~all"];
    expect(providersOfRecord(terms).map((provider) => provider.id)).toEqual(["sendgrid", "google-workspace", "microsoft-365"]);
  });

  test("selectors of a provider", () => {
    const google = providerByInclude("_spf.google.com");
    expect(google && selectorsOf(google)).toEqual(["google"]);
  });
});

describe("the data", () => {
  const names = PROVIDERS.flatMap((provider) => [...provider.includes, ...provider.includeSuffixes, ...provider.ptr, ...provider.mx]);

  test("at least sixty providers, each id once", () => {
    expect(PROVIDERS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(PROVIDERS.map((provider) => provider.id)).size).toBe(PROVIDERS.length);
  });

  test("every name is a lower-case host name without a final dot", () => {
    for (const name of names) expect(name).toMatch(/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/);
  });

  test("no include belongs to two providers", () => {
    const includes = PROVIDERS.flatMap((provider) => provider.includes);
    expect(new Set(includes).size).toBe(includes.length);
  });

  test("every selector is a DNS label", () => {
    for (const selector of PROVIDERS.flatMap(selectorsOf)) expect(selector).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  });
});
