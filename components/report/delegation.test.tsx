import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import type { Report } from "../../lib/diagnosis/report.ts";
import { translator } from "../../lib/messages/translate.ts";
import { Delegation } from "./delegation.tsx";

type Delegated = NonNullable<Report["delegation"]>;
const server = (more: Partial<Delegated["servers"][number]>): Delegated["servers"][number] => ({ host: "ns1.host.test", address: "192.0.2.53", status: "answered", reason: null, serial: 42, spf: ["v=spf1 mx -all"], dmarc: [], ...more });
const delegation = (...servers: Delegated["servers"]): Delegated => ({
  zone: "shop.test", domain: "shop.test", dmarcName: "_dmarc.shop.test", bogus: false, negativeTtl: 900, ttls: [{ name: "shop.test", type: "TXT", seconds: 14_400 }], servers,
});
const shown = (given: Report["delegation"]) => renderToStaticMarkup(<Delegation delegation={given} t={translator("en")} />).split("<").map((part) => part.slice(part.indexOf(">") + 1)).join(" ").replace(/\s+/g, " ");

describe("name servers, shown", () => {
  test("what each holds, and how long that is remembered", () => {
    const text = shown(delegation(server({}), server({ host: "ns2.host.test", spf: ["v=spf1 -all"] })));
    for (const word of ["ns1.host.test", "ns2.host.test", "192.0.2.53", "42", "v=spf1 mx -all", "v=spf1 -all", "no record", "up to 4 hours", "up to 15 minutes"]) expect(text).toContain(word);
  });
  test("one that said nothing shows nothing that it holds", () => {
    const text = shown(delegation(server({ status: "unanswered", serial: null, spf: null, dmarc: null })));
    expect(text).toContain("No answer to us");
    expect(text).not.toMatch(/no record|Serial|SPF record/);
  });
  test("nothing was asked: nothing says that it was", () => {
    expect(shown(delegation(server({ status: "not-asked", serial: null, spf: null, dmarc: null })))).not.toContain("was asked by itself");
    expect(shown(null)).toContain("could not be looked at");
  });
  test("what strangers wrote is made visible", () => {
    expect(shown(delegation(server({ spf: ["v=spf1 \u202emx"] })))).not.toContain("\u202e");
  });
});
