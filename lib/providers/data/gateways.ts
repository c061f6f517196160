/** Filters that a company's mail passes through on its way in and, where it is set up so, on its way out. */

import { provider, type Provider } from "../provider.ts";

export const GATEWAYS: readonly Provider[] = [
  // Customers belong to a region, and its include costs less; the one for all regions holds for everybody.
  provider("mimecast", "Mimecast", {
    sources: ["https://mimecastsupport.zendesk.com/hc/en-us/articles/34000417366675"],
    includes: ["_netblocks.mimecast.com"],
    includeSuffixes: ["_netblocks.mimecast.com"],
    ptr: ["mimecast.com", "mimecast.co.za"],
    mx: ["mimecast.com", "mimecast.co.za"],
  }),
  // Each customer is given an include of its own.
  provider("proofpoint", "Proofpoint", { sources: ["https://help.proofpoint.com/"], includeSuffixes: ["pphosted.com"], ptr: ["pphosted.com"], mx: ["pphosted.com"] }),
  // `a:dispatch-us.ppe-hosted.com` goes into the record; there is no include.
  provider("proofpoint-essentials", "Proofpoint Essentials", {
    sources: ["https://help.proofpoint.com/Proofpoint_Essentials/Email_Security/Administrator_Topics/000_gettingstarted/020_connectiondetails"],
    includeSuffixes: ["ppe-hosted.com"],
    ptr: ["ppe-hosted.com"],
    mx: ["ppe-hosted.com"],
  }),
  // Each region has an include of its own; only that of the United States was seen whole and is proposed.
  provider("barracuda", "Barracuda Email Gateway Defense", {
    sources: ["https://campus.barracuda.com/product/emailgatewaydefense/doc/96023038/sender-policy-framework-for-outbound-mail/"],
    includes: ["spf.ess.barracudanetworks.com"],
    ptr: ["ess.barracudanetworks.com"],
    mx: ["ess.barracudanetworks.com"],
  }),
  provider("barracuda-regional", "Barracuda Email Gateway Defense (other regions)", {
    sources: ["https://campus.barracuda.com/product/emailgatewaydefense/doc/96023038/sender-policy-framework-for-outbound-mail/"],
    includeSuffixes: ["ess.au.barracudanetworks.com", "ess.ca.barracudanetworks.com", "ess.de.barracudanetworks.com", "ess.in.barracudanetworks.com", "ess.uk.barracudanetworks.com"],
    ptr: ["ess.au.barracudanetworks.com", "ess.ca.barracudanetworks.com", "ess.de.barracudanetworks.com", "ess.in.barracudanetworks.com", "ess.uk.barracudanetworks.com"],
    mx: ["ess.au.barracudanetworks.com", "ess.ca.barracudanetworks.com", "ess.de.barracudanetworks.com", "ess.in.barracudanetworks.com", "ess.uk.barracudanetworks.com"],
  }),
  provider("messagelabs", "Symantec Email Security.cloud", { sources: ["https://knowledge.broadcom.com/"], includes: ["spf.messagelabs.com"], ptr: ["messagelabs.com"], mx: ["messagelabs.com"] }),
  // Each customer has hosts, and so an include, of its own.
  provider("cisco", "Cisco Secure Email", { sources: ["https://docs.ces.cisco.com/docs/review-and-validate-mx-records"], includeSuffixes: ["iphmx.com"], ptr: ["iphmx.com"], mx: ["iphmx.com"] }),
  provider("trend-micro", "Trend Micro Email Security", {
    sources: ["https://docs.trendmicro.com/"],
    includes: ["spf.tmes.trendmicro.com"],
    includeSuffixes: ["tmes.trendmicro.com"],
    ptr: ["tmes.trendmicro.com"],
    mx: ["tmes.trendmicro.com"],
  }),
  provider("trend-micro-regional", "Trend Micro Email Security (other regions)", {
    sources: ["https://docs.trendmicro.com/"],
    includeSuffixes: ["tmes.trendmicro.eu", "tmems-jp.trendmicro.com"],
    ptr: ["tmes.trendmicro.eu", "tmems-jp.trendmicro.com"],
    mx: ["tmes.trendmicro.eu", "tmems-jp.trendmicro.com"],
  }),
  provider("sophos", "Sophos Email", {
    sources: ["https://docs.sophos.com/central/customer/help/en-us/"],
    includeSuffixes: ["prod.hydra.sophos.com"],
    ptr: ["prod.hydra.sophos.com"],
    mx: ["prod.hydra.sophos.com"],
  }),
  provider("mailchannels", "MailChannels", {
    sources: ["https://support.mailchannels.com/hc/en-us/articles/200262610-Set-up-SPF-Records"],
    includes: ["relay.mailchannels.net"],
    ptr: ["mailchannels.net"],
  }),
];
