import { describe, expect, test } from "vitest";
import { DNS_HOSTS, dnsHostOf, labelText, panelEntry, panelLine } from "./index.ts";

/** Name servers as they are seen at zones of each host. */
const ONE: readonly (readonly [id: string, ...nameServers: readonly string[]])[] = [
  ["cloudflare", "amy.ns.cloudflare.com", "Rob.NS.Cloudflare.com."],
  ["route53", "ns-2048.awsdns-64.com", "ns-1536.awsdns-00.co.uk", "ns-0.awsdns-00.net", "ns-1024.awsdns-00.org"],
  ["azure-dns", "ns1-01.azure-dns.com", "ns2-01.azure-dns.net", "ns3-01.azure-dns.org", "ns4-01.azure-dns.info"],
  ["godaddy", "ns31.domaincontrol.com", "ns32.domaincontrol.com"],
  ["namecheap", "dns1.registrar-servers.com", "dns2.registrar-servers.com"],
  ["ovhcloud", "dns101.ovh.net", "ns101.ovh.net"],
  ["ionos", "ns1045.ui-dns.com", "ns1093.ui-dns.org", "ns1017.ui-dns.biz", "ns1026.ui-dns.de"],
  ["gandi", "ns-123-a.gandi.net", "ns-10-b.gandi.net"],
  ["porkbun", "maceio.ns.porkbun.com", "curitiba.ns.porkbun.com"],
  ["squarespace", "ns01.squarespacedns.com", "ns02.squarespacedns.com"],
  ["digitalocean", "ns1.digitalocean.com"],
  ["hetzner", "hydrogen.ns.hetzner.com", "helium.ns.hetzner.de"],
  ["name-com", "ns1abc.name.com"],
  ["dnsimple", "ns1.dnsimple.com", "ns1.dnsimple-edge.com", "ns2.dnsimple-edge.net", "ns3.dnsimple-edge.io", "ns4.dnsimple-edge.org"],
  ["hostinger", "ns1.dns-parking.com"],
  ["wix", "ns0.wixdns.net"],
  ["strato", "docks01.rzone.de", "shades02.rzone.de"],
  ["dreamhost", "ns1.dreamhost.com"],
  ["bluehost", "ns1.bluehost.com"],
  ["cpanel", "ns8001.hostgator.com"],
  ["linode", "ns1.linode.com"],
  ["vercel", "ns1.vercel-dns.com"],
  ["onamae", "01.dnsv.jp", "02.dnsv.jp"],
  ["xserver", "ns1.xserver.jp", "ns5.xserver.jp"],
  ["star", "ns1.star-domain.jp"],
  ["sakura", "ns1.dns.ne.jp", "ns2.dns.ne.jp"],
  ["muumuu", "dns01.muumuu-domain.com", "dns02.muumuu-domain.com"],
  ["value-domain", "ns1.value-domain.com", "ns13.value-domain.com"],
  ["conoha", "ns-a1.conoha.io", "ns-a3.conoha.io"],
  ["kagoya", "ns0.kagoya.net", "ns1.kagoya.net"],
  ["lolipop", "uns01.lolipop.jp"],
  ["heteml", "dns0.heteml.jp"],
  ["iij", "dns0.iij.ad.jp"],
];

describe("whose name servers", () => {
  test.each(ONE)("%s", (id, ...nameServers) => {
    const found = dnsHostOf(nameServers);
    expect(found.status === "one" ? found.host.id : found).toBe(id);
  });

  test.each([
    ["none", [], "unseen", []],
    ["their own", ["ns1.zone-host.test"], "unknown", []],
    ["look-alikes", ["ns1.notgandi.net", "ns-1.awsdns-64.com.example", "ns-20480.awsdns-64.com", "gandi.net.test"], "unknown", []],
    ["another letter that folds to one", ["ns1.\u212Aagoya.net"], "unseen", []],
    ["shared by two products", ["ns-cloud-e1.googledomains.com", "ns-cloud-e2.googledomains.com"], "either", ["google-cloud-dns", "squarespace"]],
    ["shared by three", ["dns1.p01.nsone.net"], "either", ["ns1", "netlify", "squarespace"]],
    ["shared, but told apart by another server", ["dns1.p01.nsone.net", "ns01.squarespacedns.com"], "one", ["squarespace"]],
    ["two hosts", ["amy.ns.cloudflare.com", "ns1.xserver.jp"], "mixed", ["cloudflare", "xserver"]],
    ["a host and a stranger", ["amy.ns.cloudflare.com", "ns1.zone-host.test"], "mixed", ["cloudflare"]],
  ] as const)("%s", (_, nameServers, status, ids) => {
    const found = dnsHostOf(nameServers);
    expect(found.status).toBe(status);
    const hosts = found.status === "one" ? [found.host] : found.status === "either" || found.status === "mixed" ? found.hosts : [];
    expect(hosts.map(({ id }) => id)).toEqual(ids);
  });

  test("strangers beside a host are named", () => {
    expect(dnsHostOf(["amy.ns.cloudflare.com", "ns1.zone-host.test"])).toMatchObject({ others: ["ns1.zone-host.test"] });
  });
});

describe("every entry", () => {
  test("has an id of its own, a help page over HTTPS, and name servers in canonical form", () => {
    expect(new Set(DNS_HOSTS.map(({ id }) => id)).size).toBe(DNS_HOSTS.length);
    for (const { id, source, nameServers } of DNS_HOSTS) {
      expect(new URL(source).protocol, id).toBe("https:");
      for (const suffix of nameServers) expect(suffix, id).toMatch(/^[a-z\d-]+(?:\.[a-z\d-]+)+$/);
    }
  });

  test("says that a form may take too little only where its long values can be entered another way, or not at all", () => {
    const limited = DNS_HOSTS.filter(({ notes }) => notes.includes("text-mode-if-long") || notes.includes("at-most-255"));
    const told = limited.map(({ id, notes, panel }) => [id, notes.includes("text-mode-if-long"), panel?.kind === "form" ? panel.long : null]);
    expect(told).toEqual([
      ["ovhcloud", true, "unknown"],
      ["sakura", false, "whole"],
    ]);
  });

  test("is tried in this file", () => {
    const tried = new Set<string>([...ONE.map(([id]) => id), "google-cloud-dns", "ns1", "netlify"]);
    expect(DNS_HOSTS.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([]);
  });

  test("Japanese panels show what stands on them, with the meaning for readers of English", () => {
    const sakura = DNS_HOSTS.find(({ id }) => id === "sakura")?.panel;
    const label = sakura?.kind === "form" ? sakura.fields.host : null;
    expect(label === null ? [] : [labelText(label, "ja"), labelText(label, "en")]).toEqual(["エントリ名", "エントリ名 (entry name)"]);
    expect([labelText({ en: "Content", ja: "コンテンツ" }, "ja"), labelText({ en: "Content", ja: "コンテンツ" }, "en"), labelText({ en: "Answer" }, "ja")]).toEqual(["コンテンツ", "Content", "Answer"]);
  });
});

const LONG = ["a".repeat(255), "b"];

describe("what to type", () => {
  test.each([
    [{ host: "at", quotes: "without", long: "whole" }, "shop.test", ["v=spf1 -all"], { host: "@", value: "v=spf1 -all", pieces: null }],
    [{ host: "empty", quotes: "with", long: "quoted-strings" }, "shop.test", ["v=spf1 -all"], { host: "", value: '"v=spf1 -all"', pieces: null }],
    [{ host: "full", quotes: "without", long: "whole" }, "_dmarc.shop.test", ["v=DMARC1; p=none"], { host: "_dmarc.shop.test", value: "v=DMARC1; p=none", pieces: null }],
    [{ host: "empty", quotes: "without", long: "whole" }, "_dmarc.Shop.test.", ["v=DMARC1; p=none"], { host: "_dmarc", value: "v=DMARC1; p=none", pieces: null }],
    [{ host: "at", quotes: "with", long: "quoted-strings" }, "shop.test", ['say "hi" \\ é'], { host: "@", value: '"say \\"hi\\" \\\\ \\195\\169"', pieces: null }],
    [{ host: "at", quotes: "without", long: "whole" }, "shop.test", LONG, { host: "@", value: LONG.join(""), pieces: null }],
    [{ host: "at", quotes: "with", long: "quoted-strings" }, "shop.test", LONG, { host: "@", value: `"${LONG[0]}" "b"`, pieces: null }],
    [{ host: "at", quotes: "without", long: "quoted-strings" }, "shop.test", LONG, { host: "@", value: `"${LONG[0]}" "b"`, pieces: null }],
    [{ host: "at", quotes: "without", long: "unknown" }, "shop.test", LONG, { host: "@", value: LONG.join(""), pieces: `"${LONG[0]}" "b"` }],
  ] as const)("%j %s", (panel, name, strings, entry) => {
    expect(panelEntry(panel, { name, strings }, "shop.test")).toEqual(entry);
  });

  /** As each page that was read has it: the host field of the zone itself, quotation marks, and more than 255 octets. */
  test.each([
    ["cloudflare", "@", "without", "whole"],
    ["route53", "", "with", "quoted"],
    ["google-cloud-dns", "", "with", "quoted"],
    ["azure-dns", "@", "without", "whole"],
    ["linode", "", "without", "whole"],
    ["dnsimple", "", "without", "whole"],
    ["ns1", "", "without", "either"],
    ["godaddy", "@", "without", "whole"],
    ["gandi", "@", "without", "whole"],
    ["namecheap", "@", "without", "whole"],
    ["ovhcloud", "", "without", "either"],
    ["ionos", "", "without", "whole"],
    ["name-com", "", "without", "whole"],
    ["wix", "", "without", "either"],
    ["dreamhost", "", "without", "either"],
    ["xserver", "", "without", "either"],
    ["muumuu", "", "without", "either"],
  ] as const)("%s: host %j, %s quotation marks, long values %s", (id, host, quotes, long) => {
    const { panel, seen } = DNS_HOSTS.find((known) => known.id === id) ?? {};
    const typed = (name: string, strings: readonly string[]) => (panel?.kind === "form" ? panelEntry(panel, { name, strings }, "shop.test") : null);
    const whole = LONG.join("");
    const quoted = `"${LONG[0]}" "b"`;
    expect(seen).not.toBe("memory");
    expect(typed("shop.test", ["v=spf1 -all"])).toEqual({ host, value: quotes === "with" ? '"v=spf1 -all"' : "v=spf1 -all", pieces: null });
    expect(typed("_dmarc.shop.test", ["v=DMARC1"])?.host).toBe("_dmarc");
    expect(typed("shop.test", LONG)).toMatchObject({ value: long === "quoted" ? quoted : whole, pieces: long === "either" ? quoted : null });
  });

  test.each(["other.test", "notshop.test", "test"])("%s is in another zone", (name) => {
    expect(panelEntry({ host: "at", quotes: "without", long: "whole" }, { name, strings: ["x"] }, "shop.test")).toBeNull();
    expect(panelLine({ name, strings: ["x"] }, "shop.test")).toBeNull();
  });

  test("a panel of lines", () => {
    expect(panelLine({ name: "shop.test", strings: ["v=spf1 ", "-all"] }, "shop.test")).toBe("txt @ v=spf1 -all");
    expect(panelLine({ name: "_dmarc.shop.test", strings: ["v=DMARC1; p=none"] }, "shop.test")).toBe("txt _dmarc v=DMARC1; p=none");
  });
});
