/** What the writer of a damaged DMARC record meant, so far as it can be read without guessing a policy. */

import { DMARC_DEFAULTS, DMARC_POLICIES, DMARC_TAGS, type DmarcFields, type DmarcPolicy, parseDmarcRecord } from "./record.ts";
import { onceEach, parseReportAddress, type ReportAddress } from "./report-address.ts";

/** Any text gives a record: what can't be read gets its default, a policy that can't be read `none`. Of a tag given twice, the milder policy or the first value. */
export function repairDmarcText(text: string): DmarcFields {
  const values = new Map<string, string[]>();
  let list: "rua" | "ruf" | null = null;
  for (const piece of straighten(text).split(";")) {
    const equals = piece.indexOf("=");
    const name = piece.slice(0, Math.max(equals, 0)).trim().toLowerCase();
    const value = withoutCommas(piece.slice(equals + 1));
    if (/^[a-z][a-z0-9_]*$/.test(name) && !value.includes("=mailto:")) {
      values.set(name, [...(values.get(name) ?? []), value]);
      list = name === "rua" || name === "ruf" ? name : null;
    } else if (list !== null && piece.includes("@")) {
      // "rua=mailto:a@example.com;mailto:b@example.com": the list went on.
      values.set(list, [...(values.get(list) ?? []), piece.trim()]);
    } else if (DMARC_POLICIES.some((policy) => policy === piece.trim().toLowerCase())) {
      values.set("p", [...(values.get("p") ?? []), piece.trim()]);
    }
  }
  const all = (name: string) => values.get(name) ?? [];
  const rest = [...values].filter(([name]) => name !== "v" && !POLICY_TAGS.includes(name) && name !== "rua" && name !== "ruf").map(([name, [value = ""]]) => `${name}=${value}`);
  // Whatever else stands there is read as receivers read it: an unreadable value has its default today.
  const read = parseDmarcRecord(["v=DMARC1", "p=none", ...rest].join("; "));
  const base = read.status === "not-a-record" ? DMARC_DEFAULTS : read.record;
  const { adkim, aspf, pct, test, psd, fo, rf, ri, unknown } = base;
  const percent = all("pct").flatMap((value) => /^\d{1,3}(?=%?$)/.exec(value)?.[0] ?? []).map(Number).filter((value) => value <= 100);
  return {
    p: mildestOf(all("p")) ?? "none",
    sp: mildestOf(all("sp")),
    np: mildestOf(all("np")),
    adkim, aspf, test, psd, fo, rf, ri,
    pct: Math.min(pct, ...percent),
    rua: addressesOf(all("rua")),
    ruf: addressesOf(all("ruf")),
    // "policy=" was meant for "p=", and never counted.
    unknown: unknown.filter(({ name, value }) => name !== "policy" && value !== "" && /^[a-z]+$/.test(name) && /^[\x20-\x7e]+$/.test(value)),
  };
}

const POLICY_TAGS: readonly string[] = ["p", "sp", "np"];
const NAMES = DMARC_TAGS.join("|");
const BEFORE_TAG = new RegExp(`[ ,](?=(?:${NAMES}) ?=)`, "gi");
const COLON_FOR_EQUALS = new RegExp(`((?:^|;) ?(?:${NAMES})) ?:(?=(?! ?//))`, "gi");

/** Full-width and invisible characters, quotation marks, backslashes, lost semicolons. */
function straighten(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\u200b-\u200f\u2060\ufeff"\u201c-\u201f\u2032-\u2037'\u2018-\u201b`\\]/g, "")
    .replace(/\s+/g, " ")
    .replace(BEFORE_TAG, ";")
    .replace(COLON_FOR_EQUALS, "$1=");
}

/** A comma that stood for ";" is no part of the value. */
function withoutCommas(text: string): string {
  let to = text.length;
  while (to > 0 && " ,".includes(text.charAt(to - 1))) to -= 1;
  return text.slice(0, to).trim();
}

/** Null where the tag is absent; `none` where one of its values can't be read. */
function mildestOf(values: readonly string[]): DmarcPolicy | null {
  if (values.length === 0) return null;
  const indexes = values.map((value) => DMARC_POLICIES.findIndex((policy) => policy === value.toLowerCase()));
  return DMARC_POLICIES[Math.max(0, Math.min(...indexes))] ?? "none";
}

function addressesOf(values: readonly string[]): readonly ReportAddress[] {
  const items = values.flatMap((value) => value.split(/[,;]| (?=mailto:)/i)).map((item) => item.trim());
  const found = items.flatMap((item) => parseReportAddress(item) ?? parseReportAddress(asMailto(item)) ?? []);
  return onceEach(found);
}

/** "dmarc@example.com", "mailto://dmarc@example.com", "mailto: dmarc@example.com", "<dmarc@example.com>". */
function asMailto(item: string): string {
  return `mailto:${item.replace(/[ <>]/g, "").replace(/^mailto:?(?:\/\/)?/i, "")}`;
}
