/** Where domains are bought and websites are hosted in Japan. Their panels speak Japanese; behind each label, what it means. */

import type { DnsHost, DnsHostNote, FormPanel } from "./dns-host.ts";
import { japanese, type Label } from "./label.ts";

const HOST_NAME = japanese("ホスト名", "host name");
const KIND = japanese("種別", "type");
const TYPE = japanese("タイプ", "type");
const CONTENT = japanese("内容", "content");
const VALUE = japanese("値", "value");
const TTL = japanese("TTL", "TTL");
const ADD = japanese("追加", "add");
const EDIT = japanese("編集", "edit");
const REMOVE = japanese("削除", "delete");

function form(path: readonly Label[], fields: FormPanel["fields"], more: Partial<FormPanel> = {}): FormPanel {
  return { kind: "form", path, add: ADD, edit: EDIT, remove: REMOVE, fields, host: "empty", quotes: "without", long: "unknown", ttl: 3600, ...more };
}

function host(id: string, name: Label, nameServers: readonly string[], panel: DnsHost["panel"], source: string, notes: readonly DnsHostNote[] = []): DnsHost {
  return { id, name, nameServers, panel, notes, source, seen: "memory" };
}

export const JAPAN: readonly DnsHost[] = [
  host(
    "onamae",
    { en: "Onamae.com", ja: "お名前.com" },
    ["dnsv.jp"],
    form([japanese("ドメイン設定", "domain settings"), japanese("DNS関連機能の設定", "DNS settings"), japanese("DNSレコード設定を利用する", "use DNS records")], { type: japanese("TYPE", "TYPE"), host: HOST_NAME, value: japanese("VALUE", "VALUE"), ttl: TTL }),
    "https://help.onamae.com/answer/20336",
    ["add-then-save"],
  ),
  {
    ...host(
      "xserver",
      { en: "XServer", ja: "エックスサーバー" },
      ["xserver.jp", "wpx.ne.jp", "xdomain.ne.jp"],
      form([japanese("サーバーパネル", "server panel"), japanese("DNSレコード設定", "DNS records")], { type: KIND, host: HOST_NAME, value: CONTENT, ttl: TTL }, { add: japanese("DNSレコード設定を追加", "add a record"), ttl: null }),
      "https://www.xserver.ne.jp/manual/man_domain_dns_setting.php",
      ["own-record", "add-then-save"],
    ),
    seen: "documentation",
  },
  host(
    "star",
    { en: "Star Domain", ja: "スタードメイン" },
    ["star-domain.jp", "star.ne.jp"],
    form([japanese("ドメイン管理", "domains"), japanese("DNSレコード編集", "edit DNS records")], { type: KIND, host: HOST_NAME, value: CONTENT, ttl: null }, { ttl: null }),
    "https://www.star-domain.jp/manual/",
  ),
  host(
    "sakura",
    { en: "SAKURA internet", ja: "さくらインターネット" },
    ["dns.ne.jp"],
    form([japanese("ドメインコントロールパネル", "domain control panel"), japanese("ゾーン", "zone")], { type: TYPE, host: japanese("エントリ名", "entry name"), value: VALUE, ttl: TTL }, { host: "at", long: "whole" }),
    // Its help: 255 characters at most in a TXT record.
    "https://help.sakura.ad.jp/domain/2712/",
    ["add-then-save", "at-most-255"],
  ),
  {
    ...host(
      "muumuu",
      { en: "Muumuu Domain", ja: "ムームードメイン" },
      ["muumuu-domain.com"],
      form(
        [japanese("ドメイン操作", "domains"), japanese("ムームーDNS", "Muumuu DNS"), japanese("変更", "change"), japanese("カスタム設定", "custom settings"), japanese("設定2へ進む", "on to settings 2")],
        { type: KIND, host: japanese("サブドメイン", "subdomain"), value: CONTENT, ttl: null },
        { add: japanese("設定を追加する", "add a setting"), ttl: null },
      ),
      "https://support.muumuu-domain.com/hc/ja/articles/6836857454483",
      ["own-record", "add-then-save"],
    ),
    seen: "documentation",
  },
  host("value-domain", { en: "Value Domain", ja: "バリュードメイン" }, ["value-domain.com"], { kind: "lines", path: [japanese("ドメイン", "domains"), japanese("ドメインの設定操作（登録済みドメイン一覧）", "list of your domains"), japanese("DNS/URL", "DNS and URL")] }, "https://www.value-domain.com/userguide/manual/moddns", ["one-line-each"]),
  host(
    "conoha",
    { en: "ConoHa", ja: "ConoHa" },
    ["conoha.io"],
    form([japanese("DNS", "DNS"), japanese("ドメインリスト", "domain list")], { type: TYPE, host: japanese("名称", "name"), value: VALUE, ttl: TTL }, { host: "at", add: japanese("レコード", "record") }),
    "https://support.conoha.jp/w/dns/",
    ["add-then-save"],
  ),
  host(
    "kagoya",
    { en: "KAGOYA", ja: "カゴヤ・ジャパン" },
    ["kagoya.net"],
    form([japanese("コントロールパネル", "control panel"), japanese("ドメイン", "domains"), japanese("DNSレコード", "DNS records")], { type: KIND, host: HOST_NAME, value: VALUE, ttl: TTL }),
    "https://support.kagoya.jp/flex/manual/ip_domain/index.html",
    ["slow"],
  ),
  { ...host("heteml", { en: "heteml", ja: "ヘテムル" }, ["heteml.jp"], null, "https://support.heteml.jp/hc/ja/articles/360041679414", ["own-servers-only"]), seen: "documentation" },
  host("lolipop", { en: "Lolipop", ja: "ロリポップ" }, ["lolipop.jp"], null, "https://support.lolipop.jp/hc/ja"),
  host("iij", { en: "IIJ", ja: "IIJ" }, ["iij.ad.jp"], null, "https://www.iij.ad.jp/biz/dns-pfm/"),
];
