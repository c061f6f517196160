/** Registrars and web hosts that run mailboxes beside the site, most of them on cPanel. Those of Japan have a file of their own. */

import { provider, type Provider } from "../provider.ts";

export const HOSTING_COMPANIES: readonly Provider[] = [
  provider("ovh", "OVHcloud", {
    sources: ["https://help.ovhcloud.com/csm/en-dns-spf-record?id=kb_article_view&sysparm_article=KB0051705"],
    includes: ["mx.ovh.com"],
    ptr: ["mail-out.ovh.net", "mail.ovh.net"],
    mx: ["mail.ovh.net", "mx.ovh.net"],
    dkimCname: ["dkim.mail.ovh.net"],
  }),
  // The European and the American half each have their own MX hosts and include.
  provider("ionos", "IONOS (Europe)", {
    sources: ["https://www.ionos.com/help/domains/configuring-mail-servers-and-other-related-records/using-ionos-spf-to-improve-email-delivery/"],
    includes: ["_spf-eu.ionos.com", "_spf.kundenserver.de"],
    ptr: ["kundenserver.de"],
    mx: ["ionos.de", "ionos.co.uk", "ionos.fr", "ionos.es", "ionos.it", "kundenserver.de"],
    selectors: ["s1-ionos", "s2-ionos"],
    dkimCname: ["dkim.ionos.com"],
  }),
  provider("ionos-us", "IONOS (North America)", {
    sources: ["https://www.ionos.com/help/domains/configuring-mail-servers-and-other-related-records/using-ionos-spf-to-improve-email-delivery/"],
    includes: ["_spf-us.ionos.com", "_spf.perfora.net"],
    ptr: ["perfora.net"],
    mx: ["ionos.com", "perfora.net", "1and1.com"],
    selectors: ["s1-ionos", "s2-ionos"],
  }),
  provider("strato", "STRATO", { sources: ["https://www.strato.de/faq/"], includes: ["_spf.strato.com"], ptr: ["rzone.de"], mx: ["rzone.de"] }),
  provider("gandi", "Gandi", {
    sources: ["https://docs.gandi.net/en/domain_names/common_operations/dns_records.html"],
    includes: ["_mailcust.gandi.net"],
    ptr: ["mail.gandi.net"],
    mx: ["mail.gandi.net"],
    selectors: ["gm1", "gm2", "gm3"],
    dkimCname: ["gandimail.net"],
  }),
  provider("infomaniak", "Infomaniak", { sources: ["https://www.infomaniak.com/en/support/faq"], includes: ["spf.infomaniak.ch"], ptr: ["infomaniak.ch"], mx: ["infomaniak.ch", "infomaniak.com"] }),
  // The host name of the customer's own server goes into the record; there is no include.
  provider("hetzner", "Hetzner web hosting", {
    sources: ["https://docs.hetzner.com/konsoleh/account-management/email/setting-up-an-email-account/"],
    ptr: ["your-server.de"],
    rented: ["clients.your-server.de"],
    mx: ["your-server.de"],
    selectors: ["default"],
  }),
  provider("hostinger", "Hostinger", {
    sources: ["https://support.hostinger.com/en/articles/1583673-what-are-the-dns-records-for-hostinger-email"],
    includes: ["_spf.mail.hostinger.com"],
    mx: ["mx1.hostinger.com", "mx2.hostinger.com"],
    selectors: ["hostingermail-a", "hostingermail-b", "hostingermail-c", "hostingermail1"],
    dkimCname: ["dkim.mail.hostinger.com"],
  }),
  provider("godaddy", "GoDaddy", {
    sources: ["https://www.godaddy.com/help/add-an-spf-record-19218"],
    includes: ["secureserver.net"],
    includeSuffixes: ["em.secureserver.net"],
    ptr: ["secureserver.net"],
    rented: ["ip.secureserver.net"],
    mx: ["secureserver.net"],
  }),
  provider("namecheap", "Namecheap Private Email", {
    sources: ["https://www.namecheap.com/support/knowledgebase/article.aspx/317/2237/how-do-i-add-txtspfdkimdmarc-records-for-my-domain/"],
    includes: ["spf.privateemail.com"],
    ptr: ["privateemail.com"],
    mx: ["privateemail.com"],
    selectors: ["default", "privateemail"],
  }),
  provider("namecheap-forwarding", "Namecheap email forwarding", {
    sources: ["https://www.namecheap.com/support/knowledgebase/article.aspx/317/2237/how-do-i-add-txtspfdkimdmarc-records-for-my-domain/"],
    includes: ["spf.efwd.registrar-servers.com"],
    ptr: ["registrar-servers.com"],
    mx: ["registrar-servers.com"],
  }),
  provider("namecheap-hosting", "Namecheap hosting", {
    sources: ["https://www.namecheap.com/support/knowledgebase/article.aspx/317/2237/how-do-i-add-txtspfdkimdmarc-records-for-my-domain/"],
    includes: ["spf.web-hosting.com"],
    ptr: ["web-hosting.com"],
    mx: ["web-hosting.com"],
    selectors: ["default"],
  }),
  provider("hostgator", "HostGator", { sources: ["https://www.hostgator.com/help"], includes: ["websitewelcome.com"], ptr: ["websitewelcome.com"], selectors: ["default"] }),
  provider("bluehost", "Bluehost", { sources: ["https://www.bluehost.com/help/article/dns-spf"], includes: ["bluehost.com"], ptr: ["bluehost.com"], mx: ["bluehost.com"], selectors: ["default"] }),
  provider("a2-hosting", "A2 Hosting", { sources: ["https://www.a2hosting.com/kb/"], includes: ["spf.a2hosting.com"], ptr: ["a2hosting.com"], selectors: ["default"] }),
  provider("dreamhost", "DreamHost", { sources: ["https://help.dreamhost.com/hc/en-us/articles/216106197-How-do-I-add-an-SPF-record-"], includes: ["netblocks.dreamhost.com"], ptr: ["dreamhost.com"], mx: ["dreamhost.com"] }),
  provider("kinsta", "Kinsta", { sources: ["https://kinsta.com/jp/docs/mailchannels-spf-txt-record/"], includes: ["relay.kinstamailservice.com"], ptr: ["kinstamailservice.com"] }),
];
