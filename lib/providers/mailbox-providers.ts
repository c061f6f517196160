/** Companies that host mailboxes, and gateways that mailboxes send through. One entry a provider; leave out what its own manual doesn't confirm. */

import { provider, type Provider } from "./provider.ts";

export const MAILBOX_PROVIDERS: readonly Provider[] = [
  provider("google-workspace", "Google Workspace", {
    includes: ["_spf.google.com"],
    ptr: ["google.com"],
    mx: ["google.com", "googlemail.com"],
    selectors: ["google"],
  }),
  provider("microsoft-365", "Microsoft 365", {
    includes: ["spf.protection.outlook.com"],
    ptr: ["protection.outlook.com", "prod.outlook.com"],
    mx: ["protection.outlook.com", "mx.microsoft"],
    selectors: ["selector1", "selector2"],
  }),
  provider("zoho", "Zoho Mail", {
    includes: ["zohomail.com", "zoho.com", "zohomail.eu", "zoho.eu", "zohomail.in", "zoho.in", "zohomail.jp", "one.zoho.com"],
    ptr: ["zoho.com", "zohomail.com", "zoho.eu", "zohomail.eu", "zoho.in", "zohomail.in"],
    mx: ["zoho.com", "zoho.eu", "zoho.in", "zoho.com.au", "zoho.jp", "zohomail.com"],
    selectors: ["zmail", "zoho", "default"],
  }),
  provider("fastmail", "Fastmail", { includes: ["spf.messagingengine.com"], ptr: ["messagingengine.com"], mx: ["messagingengine.com"], selectors: ["fm1", "fm2", "fm3", "mesmtp"] }),
  provider("proton", "Proton Mail", {
    includes: ["_spf.protonmail.ch"],
    ptr: ["protonmail.ch", "proton.ch"],
    mx: ["protonmail.ch"],
    selectors: ["protonmail", "protonmail2", "protonmail3"],
  }),
  provider("icloud", "iCloud Mail", { includes: ["icloud.com"], ptr: ["me.com", "icloud.com"], mx: ["mail.icloud.com"], selectors: ["sig1"] }),
  provider("yandex", "Yandex 360", { includes: ["_spf.yandex.net"], ptr: ["mail.yandex.net", "mail.yandex.ru"], mx: ["mx.yandex.net", "mx.yandex.ru"], selectors: ["mail"] }),
  provider("mail-ru", "Mail.ru for business", { includes: ["_spf.mail.ru"], ptr: ["mail.ru"], mx: ["mail.ru"], selectors: ["mailru"] }),
  provider("rackspace", "Rackspace Email", { includes: ["emailsrvr.com"], ptr: ["emailsrvr.com"], mx: ["emailsrvr.com"] }),
  provider("migadu", "Migadu", { includes: ["spf.migadu.com"], ptr: ["migadu.com"], mx: ["migadu.com"], selectors: ["key1", "key2", "key3"] }),
  provider("tuta", "Tuta", { includes: ["spf.tutanota.de"], mx: ["tutanota.de"], selectors: ["s1", "s2"] }),
  provider("titan", "Titan", { includes: ["spf.titan.email"], mx: ["titan.email"], selectors: ["titan1", "titan2"] }),
  provider("tencent-exmail", "Tencent Exmail", { includes: ["spf.mail.qq.com"], ptr: ["mail.qq.com"], mx: ["qq.com"] }),
  provider("alibaba-mail", "Alibaba Mail", { includes: ["spf.qiye.aliyun.com", "spf.mxhichina.com"], mx: ["qiye.aliyun.com", "mxhichina.com"], selectors: ["default"] }),
  provider("netease", "NetEase enterprise mail", { includes: ["spf.qiye.163.com", "spf.163.com"], mx: ["mxmail.netease.com"] }),

  provider("ovh", "OVHcloud", { includes: ["mx.ovh.com"], ptr: ["mail-out.ovh.net", "mail.ovh.net"], mx: ["mail.ovh.net", "mx.ovh.net"] }),
  provider("ionos", "IONOS", {
    includes: ["_spf-eu.ionos.com", "_spf-us.ionos.com", "_spf.kundenserver.de", "_spf.perfora.net"],
    ptr: ["kundenserver.de", "perfora.net"],
    mx: ["ionos.com", "ionos.de", "ionos.co.uk", "ionos.fr", "ionos.es", "ionos.it", "kundenserver.de", "perfora.net", "1and1.com"],
    selectors: ["s1-ionos", "s2-ionos"],
  }),
  provider("gandi", "Gandi", { includes: ["_mailcust.gandi.net"], ptr: ["mail.gandi.net"], mx: ["mail.gandi.net"], selectors: ["gm1", "gm2", "gm3"] }),
  provider("infomaniak", "Infomaniak", { includes: ["spf.infomaniak.ch"], ptr: ["infomaniak.ch"], mx: ["infomaniak.ch"] }),
  provider("hostinger", "Hostinger", {
    includes: ["_spf.mail.hostinger.com"],
    mx: ["mx1.hostinger.com", "mx2.hostinger.com"],
    selectors: ["hostingermail-a", "hostingermail-b", "hostingermail-c", "hostingermail1"],
  }),
  provider("godaddy", "GoDaddy", { includes: ["secureserver.net"], ptr: ["secureserver.net"], mx: ["secureserver.net"] }),
  provider("namecheap", "Namecheap Private Email", { includes: ["spf.privateemail.com"], ptr: ["privateemail.com"], mx: ["privateemail.com"], selectors: ["default"] }),
  provider("namecheap-hosting", "Namecheap hosting", { includes: ["spf.web-hosting.com"], ptr: ["web-hosting.com"], selectors: ["default"] }),
  provider("hostgator", "HostGator", { includes: ["websitewelcome.com"], ptr: ["websitewelcome.com"], selectors: ["default"] }),
  provider("dreamhost", "DreamHost", { includes: ["netblocks.dreamhost.com"], ptr: ["dreamhost.com"], mx: ["dreamhost.com"] }),
  provider("hetzner", "Hetzner web hosting", { ptr: ["your-server.de"], mx: ["your-server.de"], selectors: ["default"] }),
  provider("cloudflare-routing", "Cloudflare Email Routing", { includes: ["_spf.mx.cloudflare.net"], ptr: ["email.cloudflare.net"], mx: ["mx.cloudflare.net"], selectors: ["cf2024-1"] }),
  provider("improvmx", "ImprovMX", { includes: ["spf.improvmx.com"], mx: ["improvmx.com"] }),
  provider("forward-email", "Forward Email", { includes: ["spf.forwardemail.net"], mx: ["forwardemail.net"] }),

  provider("mimecast", "Mimecast", {
    includes: ["_netblocks.mimecast.com"],
    includeSuffixes: ["_netblocks.mimecast.com"],
    ptr: ["mimecast.com", "mimecast.co.za"],
    mx: ["mimecast.com", "mimecast.co.za"],
  }),
  provider("proofpoint", "Proofpoint", { includeSuffixes: ["pphosted.com"], ptr: ["pphosted.com"], mx: ["pphosted.com"] }),
  provider("proofpoint-essentials", "Proofpoint Essentials", { includeSuffixes: ["ppe-hosted.com"], ptr: ["ppe-hosted.com"], mx: ["ppe-hosted.com"] }),
  provider("barracuda", "Barracuda Email Security", {
    includes: ["spf.ess.barracudanetworks.com"],
    includeSuffixes: ["ess.barracudanetworks.com", "ess.de.barracudanetworks.com", "ess.uk.barracudanetworks.com", "ess.au.barracudanetworks.com", "ess.ca.barracudanetworks.com"],
    ptr: ["ess.barracudanetworks.com"],
    mx: ["barracudanetworks.com"],
  }),
  provider("messagelabs", "Symantec Email Security.cloud", { includes: ["spf.messagelabs.com"], ptr: ["messagelabs.com"], mx: ["messagelabs.com"] }),
  provider("cisco", "Cisco Secure Email", { includeSuffixes: ["iphmx.com"], ptr: ["iphmx.com"], mx: ["iphmx.com"] }),
  provider("trend-micro", "Trend Micro Email Security", {
    includes: ["spf.tmes.trendmicro.com"],
    includeSuffixes: ["tmes.trendmicro.com", "tmems-jp.trendmicro.com"],
    mx: ["tmes.trendmicro.com", "tmems-jp.trendmicro.com"],
  }),
  provider("sophos", "Sophos Email", { includeSuffixes: ["prod.hydra.sophos.com"], ptr: ["prod.hydra.sophos.com"], mx: ["prod.hydra.sophos.com"] }),
];
