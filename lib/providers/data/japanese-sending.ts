/** Newsletter, form and shop services of Japan that send as their customers. */

import { provider, type Provider } from "../provider.ts";

export const JAPANESE_SENDING: readonly Provider[] = [
  // Each customer is given hosts, and so an include, of its own: `fc1234.cuenote.jp`.
  provider("cuenote", "Cuenote", {
    sources: ["https://cuenote.ne.jp/fc/fastguide.html", "https://www.cuenote.jp/fc/security/dkim.html"],
    includeSuffixes: ["cuenote.jp"],
    ptr: ["cuenote.jp"],
  }),
  provider("blastmail", "ブラストメール (Blastmail)", { sources: ["https://blastmail.jp/api/recent_https.html"], includeSuffixes: ["bme.jp"], ptr: ["bme.jp"] }),
  provider("haihaimail", "配配メール (Haihaimail)", { sources: ["https://support.haihaimail.jp/arrivalimprovement/spfset/"], includes: ["spf.haihaimail.jp"], ptr: ["haihaimail.jp"] }),
  provider("imail", "アイ・メール", { sources: ["https://imail-system.com/operation/?p=492"], includes: ["spf.bserver.jp"], ptr: ["bserver.jp"] }),
  provider("autobiz", "オートビズ (Autobiz)", { sources: ["https://autobiz.help/basic/?p=33219"], includes: ["_spf.autobiz.jp"], ptr: ["autobiz.jp"] }),
  provider("jcity", "ジェイシティ (JCity)", { sources: ["https://service.jcity.com/v3/supportTool/SPFRecordGuide"], includes: ["jcity.com"], ptr: ["jcity.com"] }),
  // Each customer is given a name of its own: `spf.customer.smtps.jp`.
  provider("customers-mail-cloud", "Customers Mail Cloud", { sources: ["https://smtps.jp/docs/userguide/auth/spf"], includeSuffixes: ["smtps.jp"], ptr: ["smtps.jp"] }),
  provider("espar-form", "espar form", { sources: ["https://doc.feedtailor.jp/espar/form/config/02"], includes: ["spf.espar.biz"] }),
  provider("ebisumart-lite", "ebisumart Lite", { sources: ["https://support.ebisumart-lite.com/item/ZERO_FAQ_66.html"], includes: ["ebisumart-lite.com"] }),
];
