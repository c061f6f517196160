import { describe, expect, test } from "vitest";
import { type Domain, parseDomain } from "../address/index.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { discoverDmarc } from "./discover.ts";
import { MOST_REPORT_HOSTS, reportPermissions } from "./report-permission.ts";

const domain = (text: string): Domain => {
  const parsed = parseDomain(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.domain;
};
const ask = async (record: string, more: Zone = {}, name = "shop.test", asked: string[] = []) => {
  const resolver = zone({ "_dmarc.shop.test": { TXT: [record] }, ...more }, asked);
  return reportPermissions(await discoverDmarc(domain(name), resolver), resolver);
};
const AT = "shop.test._report._dmarc.reports.example";
const TO_REPORTS = "v=DMARC1; p=none; rua=mailto:a@reports.example";

describe("permission for reports elsewhere (RFC 7489 section 7.1, RFC 9990 section 4)", () => {
  test.each<[name: string, record: string, more: Zone, expected: [host: string, status: string][]]>([
    ["none is needed at home", "v=DMARC1; p=none; rua=mailto:a@shop.test,mailto:b@mail.shop.test", {}, []],
    ["given", TO_REPORTS, { [AT]: { TXT: ["v=DMARC1"] } }, [["reports.example", "given"]]],
    ["given, with a semicolon", TO_REPORTS, { [AT]: { TXT: ["v=DMARC1;"] } }, [["reports.example", "given"]]],
    ["given, with an address of its own", TO_REPORTS, { [AT]: { TXT: ["v=DMARC1; rua=mailto:b@reports.example"] } }, [["reports.example", "given"]]],
    ["given to everyone", TO_REPORTS, { "*._report._dmarc.reports.example": { TXT: ["v=DMARC1"] } }, [["reports.example", "given"]]],
    ["given beside other texts", TO_REPORTS, { [AT]: { TXT: ["hello", "v=DMARC1"] } }, [["reports.example", "given"]]],
    ["given in two strings", TO_REPORTS, { [AT]: { TXT: [["v=DMA", "RC1"]] } }, [["reports.example", "given"]]],
    ["not there", TO_REPORTS, {}, [["reports.example", "missing"]]],
    ["there, and no permission", TO_REPORTS, { [AT]: { TXT: ["v=DMARC1.", "v=dmarc1", "v=spf1 -all"] } }, [["reports.example", "missing"]]],
    ["a failure to look is not missing", TO_REPORTS, { [AT]: { fail: "timeout" } }, [["reports.example", "unanswered"]]],
    ["rua and ruf at one host are one question", "v=DMARC1; p=none; rua=mailto:a@reports.example; ruf=mailto:b@reports.example", { [AT]: { TXT: ["v=DMARC1"] } }, [["reports.example", "given"]]],
    ["a size behind the address", "v=DMARC1; p=none; rua=mailto:a@reports.example!10m", {}, [["reports.example", "missing"]]],
    ["another scheme is nobody's to permit", "v=DMARC1; p=none; rua=https://reports.example/", {}, []],
  ])("%s", async (_name, record, more, expected) => expect((await ask(record, more)).map(({ host, status }) => [host, status])).toEqual(expected));

  test("asked in the name of the domain whose record it is", async () => {
    expect(await ask(TO_REPORTS, { "news.shop.test": {} }, "news.shop.test")).toEqual([{ host: "reports.example", name: AT, status: "missing", failure: null }]);
  });
  test("of many hosts the first few are asked", async () => {
    const asked: string[] = [];
    const hosts = Array.from({ length: 9 }, (_, index) => `mailto:a@r${index}.example`);
    expect(await ask(`v=DMARC1; p=none; rua=${hosts.join(",")}`, {}, "shop.test", asked)).toHaveLength(MOST_REPORT_HOSTS);
    expect(asked.filter((question) => question.includes("_report"))).toHaveLength(MOST_REPORT_HOSTS);
  });
  test("a name that is too long to be asked for", async () => {
    const host = `${["a", "b", "c"].map((letter) => letter.repeat(62)).join(".")}.${"d".repeat(40)}.example`;
    expect(await ask(`v=DMARC1; p=none; rua=mailto:a@${host}`)).toMatchObject([{ status: "unasked" }]);
  });
});
