/** RFC 7208 Appendix A: the examples, on its zone. */

import type { Zone } from "../../dns/zone.ts";
import type { Case, Table } from "./table.ts";

const arpa = (last: number, ...PTR: string[]): Zone => ({ [`${last}.2.0.192.in-addr.arpa`]: { PTR } });

const ZONE: Zone = {
  "example.com": { MX: [[10, "mail-a.example.com"], [20, "mail-b.example.com"]], A: ["192.0.2.10", "192.0.2.11"] },
  "amy.example.com": { A: ["192.0.2.65"] },
  "bob.example.com": { A: ["192.0.2.66"] },
  "mail-a.example.com": { A: ["192.0.2.129"] },
  "mail-b.example.com": { A: ["192.0.2.130"] },
  "www.example.com": { CNAME: "example.com" },
  "example.org": { MX: [[10, "mail-c.example.org"]] },
  "mail-c.example.org": { A: ["192.0.2.140"] },
  ...arpa(10, "example.com"),
  ...arpa(11, "example.com"),
  ...arpa(65, "amy.example.com"),
  ...arpa(66, "bob.example.com"),
  ...arpa(129, "mail-a.example.com"),
  ...arpa(130, "mail-b.example.com"),
  ...arpa(140, "mail-c.example.org"),
  "4.0.0.10.in-addr.arpa": { PTR: ["bob.example.com"] },
};

const SENDERS = ["192.0.2.10", "192.0.2.11", "192.0.2.65", "192.0.2.66", "192.0.2.128", "192.0.2.129", "192.0.2.130", "192.0.2.131", "192.0.2.140", "192.0.2.143", "192.0.2.144", "10.0.0.4", "203.0.113.1"];

/** Of all senders, exactly these pass. */
function passing(record: string, ...passes: string[]): Case[] {
  return SENDERS.map((ip) => [`${record}: ${ip}`, { "example.com": { ...ZONE["example.com"], TXT: [record] } }, { ip, mailFrom: "alice@example.com", helo: "mail-a.example.com" }, passes.includes(ip) ? "pass" : "fail"]);
}

const DOMAINS: Zone = {
  ...ZONE,
  "example.com": { ...ZONE["example.com"], TXT: ["v=spf1 mx -all"] },
  "example.net": { TXT: ["v=spf1 ip4:203.0.113.1 -all"] },
  "example.org": { ...ZONE["example.org"], TXT: ["v=spf1 include:example.com include:example.net -all"] },
  "la.example.org": { TXT: ["v=spf1 redirect=example.org"] },
  "ny.example.org": { TXT: ["v=spf1 redirect=example.org"] },
};

export const APPENDIX_A: readonly Table[] = [
  {
    section: "A.1",
    title: "simple examples",
    base: ZONE,
    cases: [
      ...passing("v=spf1 +all", ...SENDERS),
      ...passing("v=spf1 a -all", "192.0.2.10", "192.0.2.11"),
      ...passing("v=spf1 a:example.org -all"),
      ...passing("v=spf1 mx -all", "192.0.2.129", "192.0.2.130"),
      ...passing("v=spf1 mx:example.org -all", "192.0.2.140"),
      ...passing("v=spf1 mx mx:example.org -all", "192.0.2.129", "192.0.2.130", "192.0.2.140"),
      ...passing("v=spf1 mx/30 mx:example.org/30 -all", "192.0.2.128", "192.0.2.129", "192.0.2.130", "192.0.2.131", "192.0.2.140", "192.0.2.143"),
      ...passing("v=spf1 ptr -all", "192.0.2.10", "192.0.2.11", "192.0.2.65", "192.0.2.66", "192.0.2.129", "192.0.2.130"),
      ...passing("v=spf1 ip4:192.0.2.128/28 -all", "192.0.2.128", "192.0.2.129", "192.0.2.130", "192.0.2.131", "192.0.2.140", "192.0.2.143"),
    ],
  },
  {
    section: "A.2",
    title: "multiple domains",
    base: DOMAINS,
    cases: [
      ["the first include", {}, { ip: "192.0.2.129", mailFrom: "a@example.org" }, "pass"],
      ["the second include", {}, { ip: "203.0.113.1", mailFrom: "a@example.org" }, "pass"],
      ["neither", {}, { ip: "192.0.2.140", mailFrom: "a@example.org" }, "fail"],
      ["by redirect", {}, { ip: "203.0.113.1", mailFrom: "a@la.example.org" }, { result: "pass", lookups: 4 }],
      ["by redirect, neither", {}, { ip: "203.0.113.2", mailFrom: "a@ny.example.org" }, "fail"],
    ],
  },
  {
    section: "A.3",
    title: "in the style of a DNS block list",
    base: {
      ...ZONE,
      "example.com": { ...ZONE["example.com"], TXT: ["v=spf1 mx include:mobile-users._spf.%{d} include:remote-users._spf.%{d} -all"] },
      "mobile-users._spf.example.com": { TXT: ["v=spf1 exists:%{l1r+}.%{d}"] },
      "remote-users._spf.example.com": { TXT: ["v=spf1 exists:%{ir}.%{l1r+}.%{d}"] },
      "mary.mobile-users._spf.example.com": { A: ["127.0.0.2"] },
      "15.15.168.192.joel.remote-users._spf.example.com": { A: ["127.0.0.2"] },
    },
    cases: [
      ["from anywhere", {}, { ip: "203.0.113.9", mailFrom: "mary@example.com" }, { result: "pass", mechanism: "include:mobile-users._spf.%{d}" }],
      ["with an extension", {}, { ip: "203.0.113.9", mailFrom: "mary+news@example.com" }, "pass"],
      ["from one address", {}, { ip: "192.168.15.15", mailFrom: "joel@example.com" }, "pass"],
      ["from another", {}, { ip: "192.168.15.16", mailFrom: "joel@example.com" }, "fail"],
      ["a stranger", {}, { ip: "203.0.113.9", mailFrom: "eve@example.com" }, { result: "fail", voidLookups: 2 }],
    ],
  },
  {
    section: "A.4",
    title: "several requirements at once",
    base: {
      ...ZONE,
      "example.com": { ...ZONE["example.com"], TXT: ["v=spf1 -include:ip4._spf.%{d} -include:ptr._spf.%{d} +all"] },
      "ip4._spf.example.com": { TXT: ["v=spf1 -ip4:192.0.2.0/24 +all"] },
      "ptr._spf.example.com": { TXT: ["v=spf1 -ptr:%{o} +all"] },
    },
    cases: [
      ["both", {}, { ip: "192.0.2.65", mailFrom: "a@example.com" }, { result: "pass", mechanism: "+all" }],
      ["only the network", {}, { ip: "192.0.2.140", mailFrom: "a@example.com" }, { result: "fail", mechanism: "-include:ptr._spf.%{d}", matched: { domain: "ptr._spf.example.com", term: "+all" } }],
      ["neither", {}, { ip: "10.0.0.4", mailFrom: "a@example.com" }, { result: "fail", mechanism: "-include:ip4._spf.%{d}" }],
    ],
  },
];
