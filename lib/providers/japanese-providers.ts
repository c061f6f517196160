/** Hosts and senders met mostly in Japan. Several publish no include of their own: the customer's server name (`a:www123.sakura.ne.jp`) or address goes into the record. */

import { provider, type Provider } from "./provider.ts";

export const JAPANESE_PROVIDERS: readonly Provider[] = [
  provider("xserver", "エックスサーバー (XServer)", { includes: ["spf.sender.xserver.jp"], ptr: ["xserver.jp"], mx: ["xserver.jp"], selectors: ["default"] }),
  provider("sakura", "さくらのレンタルサーバ (SAKURA internet)", { ptr: ["sakura.ne.jp"], mx: ["sakura.ne.jp"] }),
  provider("lolipop", "ロリポップ! (Lolipop)", { includes: ["_spf.lolipop.jp"], ptr: ["lolipop.jp"], mx: ["lolipop.jp"] }),
  provider("heteml", "ヘテムル (heteml)", { includes: ["_spf.heteml.jp"], ptr: ["heteml.jp", "heteml.net"], mx: ["heteml.jp", "heteml.net"] }),
  provider("muumuu", "ムームーメール (Muumuu Mail)", { ptr: ["muumuu-mail.com"], mx: ["muumuu-mail.com"] }),
  provider("onamae", "お名前.com (GMO)", { ptr: ["gmoserver.jp", "onamae.ne.jp"], mx: ["gmoserver.jp", "onamae.ne.jp"] }),
  provider("conoha", "ConoHa", { ptr: ["conoha.ne.jp"], mx: ["conoha.ne.jp", "conoha.io"] }),
  provider("kagoya", "カゴヤ (KAGOYA)", { includes: ["spf.kagoya.net"], ptr: ["kagoya.net"], mx: ["kagoya.net"] }),
  provider("value-server", "バリューサーバー (Value Server)", { ptr: ["valueserver.jp", "value-server.com"], mx: ["valueserver.jp", "value-server.com"] }),
  provider("coreserver", "コアサーバー (CORESERVER)", { ptr: ["coreserver.jp"], mx: ["coreserver.jp"] }),
  provider("wadax", "WADAX", { ptr: ["wadax.ne.jp"], mx: ["wadax.ne.jp"] }),
  provider("bizmail", "Bizメール (NTT)", { ptr: ["bizmail.ne.jp"], mx: ["bizmail.ne.jp"] }),
  provider("haihaimail", "配配メール (Haihaimail)", { includes: ["spf.haihaimail.jp"], ptr: ["haihaimail.jp"] }),
  provider("cybermail", "CYBERMAIL Σ", { includes: ["spfcm.cybermail.jp"], ptr: ["cybermail.jp"], mx: ["cybermail.jp"] }),
  provider("autobiz", "オートビズ (Autobiz)", { includes: ["_spf.autobiz.jp"], ptr: ["autobiz.jp"] }),
  provider("jcity", "ジェイシティ (JCity)", { includes: ["jcity.com"], ptr: ["jcity.com"] }),
];
