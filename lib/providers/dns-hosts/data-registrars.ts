/** Where domains are bought and websites are hosted, outside Japan. Labels as on their panels. */

import type { DnsHost, DnsHostNote, FormPanel } from "./dns-host.ts";
import { both, english, type Label } from "./label.ts";

/** Panels in English. `labels`: the fields for type, host, value and TTL. */
function host(id: string, name: string, nameServers: readonly string[], path: readonly string[], labels: readonly [type: string | null, host: string, value: string, ttl: string | null], about: Partial<Omit<FormPanel, "kind" | "path" | "fields">> & { readonly notes?: readonly DnsHostNote[]; readonly source: string }): DnsHost {
  const { notes = [], source, ...panel } = about;
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
  return { id, name: { en: name }, nameServers, panel: said, notes, source, seen: "memory" };
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
  host("gandi", "Gandi", ["gandi.net"], ["Domain", "DNS Records"], ["Type", "Name", "Text value", "TTL"], { add: { en: "Add" }, ttl: 10800, long: "whole", source: "https://helpdesk.gandi.net/hc/en-us/articles/14001808469404-What-is-an-SPF-record" }),
  {
    ...host("hostinger", "Hostinger", ["dns-parking.com"], ["Domains", "DNS / Nameservers"], ["Type", "Name", "TXT value", "TTL"], { add: { en: "Add Record" }, ttl: 14400, notes: ["own-record"], source: "https://support.hostinger.com/en/articles/1583673-what-is-hostinger-spf-record" }),
    seen: "documentation",
  },
  host("namecheap", "Namecheap", ["registrar-servers.com"], ["Domain List", "Manage", "Advanced DNS"], ["Type", "Host", "Value", "TTL"], { add: { en: "Add new record" }, txt: "TXT Record", ttl: AUTOMATIC, long: "whole", notes: ["own-record"], source: "https://www.namecheap.com/support/knowledgebase/article.aspx/317/2237/how-do-i-add-txtspfdkimdmarc-records-for-my-domain/" }),
  host("squarespace", "Squarespace", ["squarespacedns.com", "googledomains.com", "nsone.net"], ["Domains", "DNS", "DNS Settings"], ["Type", "Name", "Data", "TTL"], { ttl: 14400, long: "whole", source: "https://support.squarespace.com/hc/en-us/articles/360002101888" }),
  host("ovhcloud", "OVHcloud", ["ovh.net", "ovh.ca", "anycast.me"], ["Web Cloud", "Domain names", "DNS zone"], [null, "Sub-domain", "Value", "TTL"], { add: { en: "Add an entry › TXT" }, edit: { en: "Modify the entry" }, remove: { en: "Delete the entry" }, host: "empty", long: "whole", notes: ["txt-not-spf"], source: "https://help.ovhcloud.com/csm/en-dns-edit-dns-zone" }),
  host("ionos", "IONOS", ["ui-dns.com", "ui-dns.org", "ui-dns.biz", "ui-dns.de"], ["Domains & SSL", "DNS"], ["Type", "Host name", "Value", "TTL"], { long: "whole", notes: ["txt-not-spf", "own-record"], source: "https://www.ionos.com/help/domains/configuring-mail-servers-and-other-related-records/" }),
  host("porkbun", "Porkbun", ["porkbun.com"], ["Domain Management", "DNS"], ["Type", "Host", "Answer", "TTL"], { add: { en: "Add" }, host: "empty", ttl: 600, long: "whole", source: "https://kb.porkbun.com/category/10-dns" }),
  host("name-com", "Name.com", ["name.com"], ["My Domains", "Manage DNS Records"], ["Type", "Host", "Answer", "TTL"], { add: { en: "Add Record" }, host: "empty", ttl: 300, long: "whole", source: "https://www.name.com/support/articles/115004972547-adding-a-txt-record" }),
  host("wix", "Wix", ["wixdns.net"], ["Domains", "Manage DNS Records"], [null, "Host Name", "Value", "TTL"], { add: { en: "TXT (Text) › Add Record" }, host: "empty", source: "https://support.wix.com/en/article/adding-or-updating-txt-records-in-your-wix-account" }),
  host("strato", "STRATO", ["rzone.de"], ["Domains", "Domainverwaltung", "DNS"], ["Typ", "Präfix", "Wert", null], { add: { en: "Weiteren Record erstellen" }, edit: { en: "Bearbeiten" }, remove: { en: "Löschen" }, host: "empty", ttl: null, source: "https://www.strato.de/faq/domains/" }),
  host("dreamhost", "DreamHost", ["dreamhost.com"], ["Websites", "Manage Websites", "DNS Settings"], [null, "Host", "TXT Value", "TTL"], { add: { en: "Add Record › TXT Record" }, host: "empty", ttl: AUTOMATIC, notes: ["own-record"], source: "https://help.dreamhost.com/hc/en-us/articles/360035516812-Adding-custom-DNS-records" }),
  host("bluehost", "Bluehost", ["bluehost.com"], ["Domains", "DNS"], ["Type", "Refers to", "Value", "TTL"], { add: { en: "Add Record" }, ttl: 14400, notes: ["own-record"], source: "https://www.bluehost.com/help/article/dns-management-add-edit-or-delete-dns-entries" }),
  // Name servers of hosting companies whose customers have cPanel's zone editor.
  host("cpanel", "cPanel", ["hostgator.com", "namecheaphosting.com", "web-hosting.com", "a2hosting.com", "inmotionhosting.com"], ["cPanel", "Zone Editor", "Manage"], ["Type", "Name", "Record", "TTL"], { add: { en: "Add Record" }, host: "full", ttl: 14400, long: "whole", notes: ["own-record"], source: "https://docs.cpanel.net/cpanel/domains/zone-editor/" }),
];
