import { readFileSync } from "node:fs";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { type Report, reportSchema } from "../../lib/diagnosis/report.ts";
import { translator } from "../../lib/messages/translate.ts";
import { DnsHostGuide } from "./dns-host-guide.tsx";

const LONG = reportSchema.parse(JSON.parse(readFileSync("e2e/golden/long-record.json", "utf8")));
const NEW = reportSchema.parse(JSON.parse(readFileSync("e2e/golden/no-spf.json", "utf8")));
const SEVERAL = reportSchema.parse(JSON.parse(readFileSync("e2e/golden/two-spf-records.json", "utf8")));

/** The guide to the report's cure, as text, were its zone at these name servers. */
function guide(report: Report, nameServers: readonly string[], locale: "en" | "ja" = "en"): string {
  const [fix] = report.fixes.filter(({ advice, value }) => !advice && value !== null);
  if (fix === undefined) throw new Error("no cure");
  const zone = report.delegation?.zone ?? "";
  const answers = [...report.dns.answers.filter(({ type }) => type !== "NS"), ...(nameServers.length === 0 ? [] : [{ name: zone, type: "NS", status: "ok" as const, records: [...nameServers], ms: 0 }])];
  const moved: Report = { ...report, dns: { ...report.dns, answers }, delegation: report.delegation === null ? null : { ...report.delegation, servers: [] } };
  const html = renderToStaticMarkup(<DnsHostGuide fix={fix} report={moved} t={translator(locale)} />);
  return html.replace(/<[^<>]+>/g, "").replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&amp;", "&");
}

const CLOUDFLARE = "amy.ns.cloudflare.com";

describe("the guide says", () => {
  test.each([
    ["the panel’s labels", NEW, [CLOUDFLARE], "en", ["Your DNS is at Cloudflare", "DNS › Records", "Add record", "Content", "Auto", "read on November 25, 2026"], ["Delete", "may read differently"]],
    ["an empty host, quotation marks, and what stands beside the value", NEW, ["ns-1.awsdns-01.com"], "en", ["leave empty", '"v=spf1 ', "all TXT values of one name"], []],
    ["a long record in quoted strings", LONG, ["ns-1.awsdns-01.com"], "en", ['" "', "begins with"], ["so long a value"]],
    ["the pieces, where the whole may be refused", LONG, ["01.dnsv.jp"], "ja", ["お名前.com", "ホスト名", "VALUE", "空欄のまま", "長すぎる"], []],
    ["that a record is too long for the host", LONG, ["ns1.dns.ne.jp"], "ja", ["255 文字まで", "エントリ名"], []],
    ["where a record goes that is too long for the form", LONG, ["dns101.ovh.net"], "en", ["OVHcloud", "Web Cloud › DNS zones", "so long a value", "Change in text format"], ["may read differently"]],
    ["nothing of that where the record is short", NEW, ["dns101.ovh.net"], "en", ["Sub-domain", "leave empty"], ["Change in text format", "so long a value"]],
    ["whose guide the labels are from, where it is not the host’s own", NEW, ["ns-1-a.gandi.net"], "en", ["another company’s guide to Gandi, read on November 25, 2026", "Guide to Gandi"], ["Help of Gandi"]],
    ["the same in Japanese", NEW, ["ns1045.ui-dns.com"], "ja", ["IONOS について他社が書いた設定ガイド", "IONOS の設定ガイド", "空欄のまま"], ["IONOS のヘルプ", "入力補助"]],
    ["the way in as the host’s help has it", NEW, ["ns1.xserver.jp"], "ja", ["サーバーパネル › DNSレコード設定", "DNSレコード設定を追加", "空欄のまま", "エックスサーバーのヘルプによります"], []],
    ["the meaning of Japanese labels to readers of English", NEW, ["ns1.dns.ne.jp"], "en", ["SAKURA internet", "エントリ名 (entry name)", "may read differently"], ["255"]],
    ["a line of the zone’s text", NEW, ["ns1.value-domain.com"], "ja", ["バリュードメイン", "txt @ v=spf1 "], []],
    ["the whole name", NEW, ["ns1.hostgator.com"], "en", ["cPanel", "millstone-bakery.test"], ["leave empty"]],
    ["to delete where nothing can be changed; both products where servers are shared", LONG, ["dns1.p01.nsone.net"], "en", ["several products", "Netlify", "take away with Delete", "IBM NS1 Connect"], []],
    ["several old records: change one, take the others away", SEVERAL, [CLOUDFLARE], "en", ["today’s 2 TXT records", "Delete"], []],
    ["all hosts of a mixed zone, and who else", NEW, [CLOUDFLARE, "ns1.zone-host.test"], "en", ["run by Cloudflare and by others (ns1.zone-host.test)", "Every one must give the same records", "Content"], []],
    ["what a host’s help says, and the general form", NEW, ["dns0.heteml.jp"], "ja", ["ヘテムル", "個別に編集できません", "多くの DNS 管理画面"], []],
    ["the general form for a stranger", NEW, ["ns1.zone-host.test"], "en", ["their names don’t tell us", "ns1.zone-host.test", "Paste the value without quotes"], []],
    ["the general form where nothing was seen", NEW, [], "en", ["Paste the value without quotes"], ["name servers of"]],
  ] as const)("%s", (_, report, nameServers, locale, said, unsaid) => {
    const text = guide(report, nameServers, locale);
    for (const part of said) expect(text).toContain(part);
    for (const part of unsaid) expect(text).not.toContain(part);
  });
});
