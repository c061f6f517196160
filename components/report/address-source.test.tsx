import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { SENDING_IP_SOURCES } from "../../lib/bounce/reading.ts";
import type { Report } from "../../lib/diagnosis/report.ts";
import { LOCALES, translator } from "../../lib/messages/translate.ts";
import { AddressSource } from "./address-source.tsx";

const SUBJECT: Report["subject"] = { kind: "message", domain: "shop.test", organizationalDomain: "shop.test", sendingIp: null, sendingIpFrom: null, mailFrom: null, headerFrom: null, helo: null, dkim: [], selectors: [], headersSeen: true, relays: [] };
const TEST_MAIL: Report["testMail"] = { ip: "10.0.0.1", tls: null, tlsOffered: true, nullSender: false, octets: 1, answer: { outcome: "open", reason: "private-address", reply: null }, bulk: null };

describe.each(LOCALES)("where the address is from, %s", (locale) => {
  const shown = (subject: Partial<Report["subject"]>, testMail: Report["testMail"] = null): string => renderToStaticMarkup(<AddressSource report={{ subject: { ...SUBJECT, ...subject }, testMail }} t={translator(locale)} />);

  test("a sentence of its own for each source", () => {
    const said = SENDING_IP_SOURCES.map((source) => shown({ sendingIp: "203.0.113.7", sendingIpFrom: source }).replace(/^<span[^>]*>/, ""));
    for (const sentence of said) expect(sentence).toMatch(/.{20}[.。]<\/span>$/);
    expect(new Set(said).size).toBe(SENDING_IP_SOURCES.length);
  });

  test.each<[name: string, subject: Partial<Report["subject"]>, testMail: Report["testMail"], source: string | null]>([
    ["a message in which nobody can be believed", {}, null, "none"],
    ["a test mail from a private address: the answer tells it", {}, TEST_MAIL, null],
    ["a domain alone", { kind: "domain" }, null, null],
    ["a bounce without an address", { kind: "bounce" }, null, null],
    ["a report from before", { sendingIp: "203.0.113.7" }, null, null],
  ])("%s", (_name, subject, testMail, source) => {
    const markup = shown(subject, testMail);
    if (source === null) expect(markup).toBe("");
    else expect(markup).toContain(`data-address-source="${source}"`);
  });
});
