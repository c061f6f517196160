/** Where domains are bought and websites are hosted, outside Japan. Labels as on their panels. */

import type { DnsHost, DnsHostNote, FormPanel } from "./dns-host.ts";
import { BIN, both, english, type Label, PENCIL } from "./label.ts";

/** Panels in English. `labels`: the fields for type, host, value and TTL. */
function host(id: string, name: string, nameServers: readonly string[], path: readonly string[], labels: readonly [type: string | null, host: string, value: string, ttl: string | null], about: Partial<Omit<FormPanel, "kind" | "path" | "fields">> & { readonly notes?: readonly DnsHostNote[]; readonly source: string; readonly seen?: DnsHost["seen"] }): DnsHost {
  const { notes = [], source, seen = "memory", ...panel } = about;
  const [type, hostLabel, value, ttl] = labels;
  const said: FormPanel = {
    kind: "form",
    path: english(...path),
    add: { en: "Add record" },
    edit: { en: "Edit" },
    remove: { en: "Delete" },
    fields: { type: type === null ? null : { en: type }, host: { en: hostLabel }, value: { en: value }, ttl: ttl === null ? null : { en: ttl } },
    host: "at",
    quotes: "without",
    long: "unknown",
    ttl: 3600,
    ...panel,
  };
  return { id, name: { en: name }, nameServers, panel: said, notes, source, seen };
}

const AUTOMATIC: Label = { en: "Automatic" };

export const REGISTRARS: readonly DnsHost[] = [
  {
    id: "godaddy",
    name: { en: "GoDaddy" },
    nameServers: ["domaincontrol.com"],
    panel: {
      kind: "form",
      path: [both("Domain Portfolio", "ドメインポートフォリオ"), { en: "DNS" }],
      add: { en: "Add New Record" },
      edit: both("Edit", "編集"),
      remove: both("Delete", "削除"),
      fields: { type: both("Type", "タイプ"), host: both("Name", "名前"), value: both("Value", "値"), ttl: { en: "TTL" } },
      host: "at",
      quotes: "without",
      long: "whole",
      ttl: 3600,
    },
    notes: ["short-values"],
    source: "https://www.godaddy.com/help/add-an-spf-record-19218",
    seen: "documentation",
  },
  host("gandi", "Gandi", ["gandi.net"], ["Domain", "DNS Records"], ["Type", "Name", "Text value", "TTL"], { add: { en: "Add" }, ttl: 10800, long: "whole", source: "https://docs.lettr.com/knowledge-base/dns-guides/gandi", seen: "guide" }),
  host("hostinger", "Hostinger", ["dns-parking.com"], ["Domains", "DNS / Nameservers"], ["Type", "Name", "TXT value", "TTL"], { add: { en: "Add Record" }, ttl: 14400, notes: ["own-record"], source: "https://support.hostinger.com/en/articles/1583673-what-is-hostinger-spf-record", seen: "documentation" }),
  host("namecheap", "Namecheap", ["registrar-servers.com"], ["Domain List", "Manage", "Advanced DNS"], ["Type", "Host", "Value", "TTL"], { add: { en: "Add new record" }, remove: BIN, txt: "TXT Record", ttl: AUTOMATIC, long: "whole", notes: ["own-record"], source: "https://learn.microsoft.com/microsoft-365/admin/dns/create-dns-records-at-namecheap", seen: "guide" }),
  host("squarespace", "Squarespace", ["squarespacedns.com", "googledomains.com", "nsone.net"], ["Domains", "DNS", "DNS Settings", "Custom Records"], ["Type", "Host", "Text", "TTL"], { ttl: 14400, long: "whole", source: "https://support.squarespace.com/hc/en-us/articles/360002101888" }),
  host("ovhcloud", "OVHcloud", ["ovh.net", "ovh.ca", "anycast.me"], ["Web Cloud", "DNS zones"], [null, "Sub-domain", "Value", "TTL"], { add: { en: "Add an entry › TXT" }, edit: { en: "… › Modify record" }, remove: { en: "… › Delete record" }, host: "empty", notes: ["txt-not-spf", "text-mode-if-long"], source: "https://github.com/ovh/docs/blob/149a8f56919661b94af090deebfb2f06ba665427/pages/web_cloud/domains/dns_zone_txt_record_creation/guide.en-gb.md", seen: "documentation" }),
  host("ionos", "IONOS", ["ui-dns.com", "ui-dns.org", "ui-dns.biz", "ui-dns.de"], ["Domains & SSL", "DNS"], ["Type", "Host name", "Value", "TTL"], { edit: PENCIL, remove: BIN, host: "empty", long: "whole", notes: ["own-record"], source: "https://learn.microsoft.com/microsoft-365/admin/dns/create-dns-records-at-ionos-com", seen: "guide" }),
  host("porkbun", "Porkbun", ["porkbun.com"], ["Domain Management", "DNS"], ["Type", "Host", "Answer", "TTL"], { add: { en: "Add" }, host: "empty", ttl: 600, long: "whole", source: "https://kb.porkbun.com/category/10-dns" }),
  host("name-com", "Name.com", ["name.com"], ["My Domains", "DNS Records"], ["Type", "Host", "Answer", "TTL"], { add: { en: "Add Record" }, host: "empty", ttl: 300, long: "whole", source: "https://github.com/MicrosoftDocs/microsoft-365-docs/blob/0eb0f75b4d7f74cf3d92696f8c73db67ab44202a/microsoft-365/admin/dns/create-dns-records-at-name-com.md", seen: "guide" }),
  host("wix", "Wix", ["wixdns.net"], ["Domains", "Manage DNS Records"], [null, "Host Name", "Value", "TTL"], { add: { en: "TXT (Text) › + Add Record" }, host: "empty", ttl: { en: "1 Hour" }, source: "https://www.mailerlite.com/help/how-to-authenticate-a-domain-with-wix", seen: "guide" }),
  host("strato", "STRATO", ["rzone.de"], ["Domains", "Domainverwaltung", "verwalten", "DNS", "TXT Records"], ["Typ", "Präfix", "Wert", null], { add: { en: "Weiteren Record erstellen" }, edit: { en: "Bearbeiten" }, remove: { en: "Löschen" }, host: "empty", ttl: null, notes: ["own-record", "txt-not-spf"], source: "https://www.strato.de/faq/domains/was-ist-der-txt-record-und-wie-kann-ich-ihn-verwenden/" }),
  host("dreamhost", "DreamHost", ["dreamhost.com"], ["Websites", "Manage Websites", "DNS Settings"], [null, "Host", "TXT Value", null], { add: { en: "Add Record › TXT Record › ADD" }, host: "empty", ttl: null, notes: ["own-record"], source: "https://help.dreamhost.com/hc/en-us/articles/216106197-Add-an-SPF-record", seen: "documentation" }),
  host("bluehost", "Bluehost", ["bluehost.com"], ["Domains", "DNS"], ["Type", "Host Record / Refers to", "TXT Value / Value", "TTL"], { add: { en: "Add Record" }, ttl: 14400, notes: ["own-record"], source: "https://img.bluehost.com/help/article/txt-records" }),
  // Name servers of hosting companies whose customers have cPanel's zone editor.
  host("cpanel", "cPanel", ["hostgator.com", "namecheaphosting.com", "web-hosting.com", "a2hosting.com", "inmotionhosting.com"], ["cPanel", "Zone Editor", "Manage"], ["Type", "Name", "Record", "TTL"], { add: { en: "Add Record" }, host: "full", ttl: 14400, long: "whole", notes: ["own-record"], source: "https://docs.cpanel.net/cpanel/domains/zone-editor/" }),
];
