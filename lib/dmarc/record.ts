/**
 * The DMARC record: what a domain asks receivers to do with mail that claims to come from it and cannot prove it.
 * RFC 7489 sections 6.3 and 6.4, and RFC 9989 sections 4.7 and 4.8, which adds `np`, `psd`, `t` and retires `pct`, `rf`, `ri`.
 */

import { parseReportAddresses, type ReportAddress } from "./report-address.ts";
import { trimWsp } from "./white-space.ts";

export const DMARC_POLICIES = ["none", "quarantine", "reject"] as const;
export type DmarcPolicy = (typeof DMARC_POLICIES)[number];
export type AlignmentMode = "r" | "s";

/** A record's meaning: every tag with its value or its default. */
export interface DmarcFields {
  readonly p: DmarcPolicy;
  /** For subdomains that exist; null: as `p`. */
  readonly sp: DmarcPolicy | null;
  /** For subdomains that don't exist; null: as `sp`. */
  readonly np: DmarcPolicy | null;
  readonly adkim: AlignmentMode;
  readonly aspf: AlignmentMode;
  /** 0 to 100. Retired by RFC 9989. */
  readonly pct: number;
  /** `t=y`: test mode, each policy one step milder. */
  readonly test: boolean;
  /** `y`: a public suffix. `n`: an organizational domain, whatever stands above. `u`: not said. */
  readonly psd: "y" | "n" | "u";
  readonly fo: readonly string[];
  readonly rf: readonly string[];
  /** Seconds. */
  readonly ri: number;
  readonly rua: readonly ReportAddress[];
  readonly ruf: readonly ReportAddress[];
  /** Tags that no RFC names; receivers ignore them. */
  readonly unknown: readonly { readonly name: string; readonly value: string }[];
}

export interface DmarcRecord extends DmarcFields {
  readonly text: string;
}

export const DMARC_FAULTS = [
  "missing-version", "wrong-version", "version-not-first", "missing-semicolon", "quotes", "backslash", "non-ascii", "leading-space", "syntax", "missing-policy", "bad-policy", "bad-subdomain-policy",
  "policy-not-first", "duplicate-tag", "bad-tag-value", "bad-report-address", "unknown-tag", "retired-tag",
] as const;
export type DmarcFaultCode = (typeof DMARC_FAULTS)[number];

/**
 * What a fault makes receivers do. - `record-ignored`: there is no DMARC record for them. - `policy-ignored`: they take `p=none`, or nothing at all when no report address is valid.
 * - `tag-ignored`: the tag's default applies. - `harmless`.
 */
export type DmarcFaultEffect = "record-ignored" | "policy-ignored" | "tag-ignored" | "harmless";

export interface DmarcFault {
  readonly code: DmarcFaultCode;
  readonly effect: DmarcFaultEffect;
  /** Offset and length of the offending part, in UTF-16 code units of the record's text. */
  readonly at: number;
  readonly length: number;
}

/**
 * - `usable`: receivers apply it; `policyAssumed` when they take `p=none` because the policy can't be read and a report address can. - `no-policy`: it is a DMARC record, and
 *   receivers apply no DMARC (RFC 7489 section 6.6.3). - `not-a-record`: discarded; `meant` when it was clearly meant to be one.
 */
export type DmarcParseResult =
  | { readonly status: "usable"; readonly record: DmarcRecord; readonly policyAssumed: boolean; readonly faults: readonly DmarcFault[] }
  | { readonly status: "no-policy"; readonly record: DmarcRecord; readonly faults: readonly DmarcFault[] }
  | { readonly status: "not-a-record"; readonly meant: boolean; readonly faults: readonly DmarcFault[] };

export const DMARC_DEFAULTS: DmarcFields = { p: "none", sp: null, np: null, adkim: "r", aspf: "r", pct: 100, test: false, psd: "u", fo: ["0"], rf: ["afrf"], ri: 86_400, rua: [], ruf: [], unknown: [] };

export const DMARC_TAGS = ["v", "p", "sp", "np", "adkim", "aspf", "pct", "t", "psd", "fo", "rf", "ri", "rua", "ruf"] as const;

/** `text`: the character-strings of one TXT record, joined without a space. Faults in the order of the text. */
export function parseDmarcRecord(text: string): DmarcParseResult {
  // RFC 9989 section 4.8: dmarc-version = "v" equals %s"DMARC1", and nothing before it; the value is case-sensitive.
  const version = /^[ \t]*v[ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)/i.exec(text);
  if (version === null || !version[0].includes("DMARC1")) return { status: "not-a-record", ...versionFaults(text) };

  const faults: DmarcFault[] = [];
  if (/^[ \t]/.test(text)) faults.push({ code: "leading-space", effect: "harmless", at: 0, length: 1 });
  const tags = readTags(text, version[0].length, faults);
  const reading = readFields(tags, faults);
  if (!tags.some((tag) => tag.name === "p")) faults.push({ code: "missing-policy", effect: "policy-ignored", at: text.length, length: 0 });
  faults.sort((a, b) => a.at - b.at);
  const unreadable = faults.some(({ effect }) => effect === "policy-ignored");
  // RFC 7489 section 6.6.3, RFC 9989 section 4.10.1: no valid p, or an sp or np that is not valid.
  if (!unreadable) return { status: "usable", record: { text, ...reading }, policyAssumed: false, faults };
  const record: DmarcRecord = { text, ...reading, p: "none", sp: null, np: null };
  return record.rua.length > 0 ? { status: "usable", record, policyAssumed: true, faults } : { status: "no-policy", record, faults };
}

/** The shortest text that means this; defaults are left out. `parseDmarcRecord` of it gives the same fields. */
export function formatDmarcRecord(fields: DmarcFields): string {
  const uris = (addresses: readonly ReportAddress[]) => addresses.map(({ uri }) => uri).join(",");
  const tags: readonly (readonly [name: string, value: string | number | null])[] = [
    ["v", "DMARC1"], ["p", fields.p], ["sp", fields.sp], ["np", fields.np], ["adkim", fields.adkim === "s" ? "s" : null], ["aspf", fields.aspf === "s" ? "s" : null],
    ["pct", fields.pct === DMARC_DEFAULTS.pct ? null : fields.pct], ["t", fields.test ? "y" : null], ["psd", fields.psd === "u" ? null : fields.psd],
    ["fo", fields.fo.join(":") === "0" ? null : fields.fo.join(":")], ["rf", fields.rf.join(":") === "afrf" ? null : fields.rf.join(":")], ["ri", fields.ri === DMARC_DEFAULTS.ri ? null : fields.ri],
    ["rua", fields.rua.length === 0 ? null : uris(fields.rua)], ["ruf", fields.ruf.length === 0 ? null : uris(fields.ruf)], ...fields.unknown.map(({ name, value }) => [name, value] as const),
  ];
  return tags.flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`])).join("; ");
}

interface Tag {
  readonly name: string;
  readonly value: string;
  readonly at: number;
  readonly valueAt: number;
}

/** RFC 9989 section 4.8: dmarc-tag = 1*ALPHA equals 1*dmarc-value, ";" between, white space around. Names without regard to case, as ABNF literals are (RFC 5234 section 2.3). */
function readTags(text: string, from: number, faults: DmarcFault[]): readonly Tag[] {
  const tags: Tag[] = [];
  const names = new Set(["v"]);
  let at = from;
  for (const spec of text.slice(from).split(";")) {
    const start = at;
    at += spec.length + 1;
    if (trimWsp(spec) === "") continue;
    const equals = spec.indexOf("=");
    const name = trimWsp(equals === -1 ? spec : spec.slice(0, equals));
    const nameAt = start + spec.indexOf(name);
    const value = equals === -1 ? "" : trimWsp(spec.slice(equals + 1));
    if (equals === -1 || !/^[a-z]\w*$/i.test(name)) {
      faults.push({ code: pastingFault(spec) ?? "syntax", effect: "tag-ignored", at: nameAt, length: name.length });
    } else if (names.has(name.toLowerCase())) {
      // RFC 6376 section 3.2 forbids it, RFC 7489 does not say which counts: the first is taken.
      faults.push({ code: "duplicate-tag", effect: "tag-ignored", at: nameAt, length: name.length });
    } else {
      names.add(name.toLowerCase());
      tags.push({ name: name.toLowerCase(), value, at: nameAt, valueAt: value === "" ? start + spec.length : start + spec.indexOf(value, equals + 1) });
    }
  }
  const policy = tags.findIndex((tag) => tag.name === "p");
  const misplaced = policy > 0 ? tags[policy] : undefined;
  // RFC 7489 section 6.4 has p directly after v; RFC 9989 dropped that.
  if (misplaced !== undefined) faults.push({ code: "policy-not-first", effect: "harmless", at: misplaced.at, length: 1 });
  return tags;
}

function readFields(tags: readonly Tag[], faults: DmarcFault[]): DmarcFields {
  const fault = (code: DmarcFaultCode, effect: DmarcFaultEffect, { valueAt, value }: Tag) => faults.push({ code: pastingFault(value) ?? code, effect, at: valueAt, length: value.length });
  const unknown: { name: string; value: string }[] = [];
  let fields = DMARC_DEFAULTS;
  for (const tag of tags) {
    const value = tag.value.toLowerCase();
    const tagIgnored = () => fault("bad-tag-value", "tag-ignored", tag);
    switch (tag.name) {
      case "p":
      case "sp":
      case "np": {
        const policy = DMARC_POLICIES.find((one) => one === value);
        if (policy === undefined) fault(tag.name === "p" ? "bad-policy" : "bad-subdomain-policy", "policy-ignored", tag);
        else fields = { ...fields, [tag.name]: policy };
        break;
      }
      case "adkim":
      case "aspf":
        if (value === "r" || value === "s") fields = { ...fields, [tag.name]: value };
        else tagIgnored();
        break;
      case "pct":
        if (/^\d{1,3}$/.test(value) && Number(value) <= 100) fields = { ...fields, pct: Number(value) };
        else tagIgnored();
        break;
      case "t":
        if (value === "y" || value === "n") fields = { ...fields, test: value === "y" };
        else tagIgnored();
        break;
      case "psd":
        if (value === "y" || value === "n" || value === "u") fields = { ...fields, psd: value };
        else tagIgnored();
        break;
      case "fo":
        if (/^[01ds](?:[ \t]*:[ \t]*[01ds])*$/.test(value)) fields = { ...fields, fo: value.split(":").map(trimWsp) };
        else tagIgnored();
        break;
      case "rf":
        if (/^[a-z0-9-]+(?:[ \t]*:[ \t]*[a-z0-9-]+)*$/.test(value)) fields = { ...fields, rf: value.split(":").map(trimWsp) };
        else tagIgnored();
        break;
      case "ri":
        if (/^\d{1,10}$/.test(value) && Number(value) <= 0xffff_ffff) fields = { ...fields, ri: Number(value) };
        else tagIgnored();
        break;
      case "rua":
      case "ruf": {
        const { addresses, bad } = parseReportAddresses(tag.value);
        for (const { at, length, text } of bad) faults.push({ code: pastingFault(text) ?? "bad-report-address", effect: "tag-ignored", at: tag.valueAt + at, length });
        fields = { ...fields, [tag.name]: addresses };
        break;
      }
      default:
        faults.push({ code: "unknown-tag", effect: "harmless", at: tag.at, length: tag.name.length });
        unknown.push({ name: tag.name, value: tag.value });
    }
    // RFC 9989 appendix C.5.2: pct, rf and ri are removed; receivers of the older standard read them still.
    if (tag.name === "pct" || tag.name === "rf" || tag.name === "ri") faults.push({ code: "retired-tag", effect: "harmless", at: tag.at, length: tag.name.length });
  }
  return { ...fields, unknown };
}

const QUOTES = /["\u201c-\u201f\u2033\u2036\uff02'\u2018-\u201b`]/;
const LOST_SEMICOLON = /[ \t,](?:[vpt]|sp|np|adkim|aspf|pct|psd|fo|rf|ri|rua|ruf)[ \t]*=/i;

/** The slip behind a value that can't be read, where it shows. */
function pastingFault(value: string): DmarcFaultCode | null {
  if (QUOTES.test(value)) return "quotes";
  if (value.includes("\\")) return "backslash";
  if (LOST_SEMICOLON.test(value)) return "missing-semicolon";
  return /[^\t\x20-\x7e]/.test(value) ? "non-ascii" : null;
}

/** Why a text that was meant as a DMARC record does not begin as one. */
function versionFaults(text: string): { readonly meant: boolean; readonly faults: readonly DmarcFault[] } {
  const plain = text.normalize("NFKC");
  const meant = /v[^a-z0-9]{0,6}DMARC/i.test(plain) || /^[^a-z0-9]{0,3}DMARC1?[^a-z0-9]{1,4}(?:p|sp|rua|ruf)[ \t]*=/i.test(plain) || /^[^a-z0-9]{0,3}p[ \t]*=[^a-z0-9]{0,3}(?:none|quarantine|reject)\b/i.test(plain);
  if (!meant) return { meant, faults: [] };
  const at = (code: DmarcFaultCode, found: RegExpExecArray | null): DmarcFault[] => (found === null ? [] : [{ code, effect: "record-ignored", at: found.index, length: found[0].length }]);
  const faults = [
    ...at("quotes", QUOTES.exec(text)),
    ...at("backslash", /\\/.exec(text)),
    ...at("non-ascii", /[^\t\x20-\x7e\u2018-\u201f\u2033\u2036\uff02]/.exec(text)),
    ...at("missing-semicolon", /DMARC1[ \t,]+[a-z]{1,5}[ \t]*=/.exec(text)),
    ...at("version-not-first", /;[ \t]*v[ \t]*=/i.exec(text)),
    ...(/v[^a-z0-9]{0,6}DMARC/i.test(plain) ? [] : at("missing-version", /^/.exec(text))),
  ];
  if (faults.length > 0) return { meant, faults };
  return { meant, faults: at("wrong-version", /DMARC[^; \t]*/i.exec(text) ?? /^/.exec(text)) };
}
