/**
 * Web and mail hosts of Japan. Many publish no include: the name of the customer's own server (`a:www123.sakura.ne.jp`)
 * or its address goes into the record.
 */

import { provider, type Provider } from "../provider.ts";

export const JAPANESE_HOSTING: readonly Provider[] = [
  provider("xserver", "エックスサーバー (XServer)", {
    sources: ["https://www.xserver.ne.jp/manual/"],
    includes: ["spf.sender.xserver.jp"],
    ptr: ["xserver.jp", "wpx.ne.jp"],
    mx: ["xserver.jp", "wpx.ne.jp"],
    selectors: ["default"],
  }),
  provider("sakura", "さくらのレンタルサーバ (SAKURA internet)", { sources: ["https://help.sakura.ad.jp/"], ptr: ["sakura.ne.jp"], rented: ["vs.sakura.ne.jp"], mx: ["sakura.ne.jp"] }),
  provider("lolipop", "ロリポップ! (Lolipop)", { sources: ["https://support.lolipop.jp/hc/ja"], includes: ["_spf.lolipop.jp"], ptr: ["lolipop.jp"], mx: ["lolipop.jp"] }),
  provider("heteml", "ヘテムル (heteml)", {
    sources: ["https://support.heteml.jp/hc/ja/articles/360041679414"],
    includes: ["_spf.heteml.jp"],
    ptr: ["heteml.jp", "heteml.net"],
    mx: ["heteml.jp", "heteml.net"],
  }),
  provider("muumuu", "ムームーメール (Muumuu Mail)", {
    sources: ["https://support.muumuu-domain.com/hc/ja/articles/6836857454483"],
    includes: ["_spf.muumuu-mail.com"],
    ptr: ["muumuu-mail.com"],
    mx: ["muumuu-mail.com"],
  }),
  provider("onamae", "お名前.com レンタルサーバー", {
    sources: ["https://help.onamae.com/"],
    includes: ["_spf.onamae.ne.jp"],
    ptr: ["onamae.ne.jp"],
    mx: ["onamae.ne.jp"],
    selectors: ["default"],
  }),
  // The servers before these: each has an include of its own number, `spf22.gmoserver.jp` beside `mx22.gmoserver.jp`.
  provider("onamae-gmoserver", "お名前.com (gmoserver.jp)", { sources: ["https://help.onamae.com/"], includeSuffixes: ["gmoserver.jp"], ptr: ["gmoserver.jp"], mx: ["gmoserver.jp"] }),
  provider("conoha", "ConoHa", {
    sources: ["https://support.conoha.jp/w/"],
    includes: ["_spf.conoha.ne.jp"],
    ptr: ["conoha.ne.jp"],
    mx: ["conoha.ne.jp", "conoha.io"],
    selectors: ["default"],
  }),
  provider("kagoya", "カゴヤ (KAGOYA)", {
    sources: ["https://support.kagoya.jp/kir/manual/mail_spf/index.html", "https://support.kagoya.jp/kir/manual/add_maildomain/dkim.html"],
    includes: ["kagoya.net"],
    includeSuffixes: ["kagoya.net"],
    ptr: ["kagoya.net"],
    rented: ["vir.kagoya.net"],
    mx: ["kagoya.net"],
  }),
  // `mxr.valueserver.jp` stands beside the server's own address, never alone.
  provider("value-server", "バリューサーバー (Value Server)", {
    sources: ["https://www.valueserver.jp/"],
    includeSuffixes: ["mxr.valueserver.jp"],
    ptr: ["valueserver.jp", "value-server.com"],
    mx: ["valueserver.jp", "value-server.com"],
  }),
  provider("coreserver", "コアサーバー (CORESERVER)", { sources: ["https://www.coreserver.jp/"], ptr: ["coreserver.jp"], mx: ["coreserver.jp"] }),
  provider("wadax", "WADAX", { sources: ["https://www.wadax.ne.jp/"], ptr: ["wadax.ne.jp"], mx: ["wadax.ne.jp"] }),
  provider("cybermail", "CYBERMAIL Σ", { sources: ["https://cloud-sup.cybersolutions.co.jp/hc/ja/articles/360040491452"], includes: ["spfcm.cybermail.jp"], ptr: ["cybermail.jp"], mx: ["cybermail.jp"] }),
  provider("gmo-simple-mail", "GMOクラウド Simple mail", { sources: ["https://mail-saas.gmocloud.com/support/faq.html"], includes: ["simplemail.jp"], ptr: ["simplemail.jp"], mx: ["simplemail.jp"] }),
];
