import { describe, expect, test } from "vitest";
import { BOUNCE_RULES, READING_ERRORS } from "../bounce/reading.ts";
import { AREAS, FINDING_CODES, FINDING_PARAMS, type FindingCode, RULE_PARAMS, SEVERITIES } from "../diagnosis/finding-codes.ts";
import { REQUIREMENT_STATES, REQUIREMENTS } from "../diagnosis/requirement-codes.ts";
import { bounceSchema, DNS_STATUSES, FIX_NOTES, fixSchema, reportSchema, STEPS, subjectSchema } from "../diagnosis/report.ts";
import { KEY_PLACEMENT_FAULTS, KEY_RECORD_ERRORS } from "../dkim/index.ts";
import { DMARC_FAULTS, DMARC_POLICIES, PATH_CONDITIONS } from "../dmarc/index.ts";
import { NEAR_RECORD_REASONS } from "../spf/near-record.ts";
import { MTA_STS_ERRORS, TLS_RPT_ERRORS } from "../transport/index.ts";
import { SPF_CHANGE_REASONS, SPF_RESULTS, SPF_SYNTAX_ERRORS, type SpfNode, type SpfTermNode } from "../spf/types.ts";
import en from "./en.json" with { type: "json" };
import ja from "./ja.json" with { type: "json" };
import { LOCALES, MESSAGE_TAGS, type MessageValues, translator } from "./translate.ts";

const CATALOGUES = { en: flat(en), ja: flat(ja) };
const KEYS = [...CATALOGUES.en.keys()];

function flat(tree: object, path = ""): Map<string, string> {
  return new Map(Object.entries(tree).flatMap(([name, value]: [string, unknown]): [string, string][] => (typeof value === "string" ? [[`${path}${name}`, value]] : [...flat(Object(value), `${path}${name}.`)])));
}

interface Shape {
  /** Each argument with the keys of its `select` or `plural`; none when it only stands there. */
  readonly args: Map<string, { readonly type: string; readonly options: Set<string> }>;
  readonly tags: Set<string>;
}

/** What an ICU message needs. Enough of its grammar for ours, in which nothing is quoted. */
function shapeOf(message: string): Shape {
  const shape: Shape = { args: new Map(), tags: new Set(message.match(/<\w+>/g)) };
  let at = 0;
  const until = (ends: string): string => {
    const from = at;
    while (at < message.length && !ends.includes(message.charAt(at))) at += 1;
    return message.slice(from, at).trim();
  };
  const text = (): void => {
    while (at < message.length && message.charAt(at) !== "}") {
      if (message.charAt(at) === "{") argument();
      else at += 1;
    }
  };
  const argument = (): void => {
    at += 1;
    const name = until(",}");
    const arg = shape.args.get(name) ?? { type: "plain", options: new Set<string>() };
    if (message.charAt(at) === "}") shape.args.set(name, arg);
    else {
      at += 1;
      const options = shape.args.get(name)?.options ?? new Set<string>();
      shape.args.set(name, { type: until(",}"), options });
      at += 1;
      for (let key = until("{}"); message.charAt(at) === "{"; key = until("{}")) {
        options.add(key);
        at += 1;
        text();
        at += 1;
      }
    }
    at += 1;
  };
  while (at < message.length) {
    text();
    if (at < message.length) throw new Error(`"}" too much at ${at}: ${message}`);
  }
  return shape;
}

/** The parameter behind an argument: `statusIs` selects by `status`. */
const paramOf = (arg: string, { type }: { readonly type: string }) => (type === "select" ? arg.replace(/Is$/, "") : arg);
const paramsOf = (message: string) => new Set([...shapeOf(message).args].map(([arg, about]) => paramOf(arg, about)));

/** Values with which a message is tried: each option of each `select` once, small and large numbers. */
function samplesOf(message: string): MessageValues[] {
  const { args } = shapeOf(message);
  const base: Record<string, string | number> = {};
  for (const [arg, { type }] of args) base[paramOf(arg, { type })] ??= type === "plural" ? 3 : `sample-${arg}`;
  const varied = [...args].flatMap(([arg, about]): MessageValues[] => {
    const param = paramOf(arg, about);
    if (about.type === "plural") return [0, 1, 2, 1200].map((count) => ({ ...base, [param]: count }));
    return [...about.options].map((option) => ({ ...base, [param]: option === "empty" ? "" : option.replaceAll("_", "-") }));
  });
  return [base, ...varied];
}

/** The paths, in ICU's keys, of a closed set of values. */
const optionsOf = (values: readonly string[]) => values.map((value) => value.replaceAll("-", "_"));

describe("both catalogues", () => {
  test("have the same keys", () => {
    expect([...CATALOGUES.ja.keys()].sort()).toEqual([...KEYS].sort());
  });

  test.each(KEYS)("%s: same arguments and tags", (key) => {
    const [english, japanese] = LOCALES.map((locale) => shapeOf(CATALOGUES[locale].get(key) ?? ""));
    const facts = (shape: Shape | undefined) => ({ args: [...(shape?.args ?? [])].map(([arg, about]) => paramOf(arg, about)).sort(), tags: [...(shape?.tags ?? [])].sort() });
    expect(facts(japanese)).toEqual(facts(english));
    for (const tag of english?.tags ?? []) expect(MESSAGE_TAGS.map((known) => `<${known}>`)).toContain(tag);
  });

  test.each(KEYS)("%s: formats with whatever it may be given", (key) => {
    for (const locale of LOCALES) {
      const t = translator(locale);
      if (!t.has(key)) throw new Error(`no ${locale}`);
      for (const values of samplesOf(CATALOGUES[locale].get(key) ?? "")) {
        const said = t.parts(key, values).map((part) => (typeof part === "string" ? part : part.text)).join("");
        expect(said).not.toBe(key);
        expect(said).not.toMatch(/[{}]|undefined|\[object|<\/?\w+>/);
        expect(t(key, values)).toBe(said);
      }
    }
  });

  test("quote nothing by accident: ICU takes a straight apostrophe for a quotation mark", () => {
    for (const locale of LOCALES) for (const [key, message] of CATALOGUES[locale]) expect(message, key).not.toContain("'");
  });

  test("say nothing loudly", () => {
    for (const locale of LOCALES) for (const [key, message] of CATALOGUES[locale]) expect(message.replace(/<code>[^<]*<\/code>/g, ""), key).not.toMatch(/[!！]/);
  });

  test("are in their own language", () => {
    const kana = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
    for (const [key, message] of CATALOGUES.en) expect(message.replace("日本語", ""), key).not.toMatch(kana);
    for (const [key, message] of CATALOGUES.ja) {
      const words = withoutOptions(message).match(/\p{L}+/gu) ?? [];
      if (!kana.test(message)) for (const word of words) expect(TECHNICAL, `${key}: ${message}`).toContain(word);
      // Digits and records are half-width.
      expect(message, key).not.toMatch(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/);
    }
  });
});

/** Names that are the same in every language. */
const TECHNICAL = ["SPF", "DKIM", "DMARC", "DNS", "MX", "PTR", "TXT", "IP", "TTL", "API", "JSON", "Gmail", "Rebound", "Outlook", "Thunderbird", "Postfix", "Windows", "macOS", "Linux", "English"];

function withoutOptions(message: string): string {
  return message.replace(/<code>[^<]*<\/code>/g, " ").replace(/\{\w+\}/g, " ").replace(/\{\w+, (?:select|plural),/g, " ").replace(/\b\w+ \{/g, " ");
}

/** Parameters for which the judges may have nothing to say. */
const MAY_BE_EMPTY = ["unit", "reporter", "mechanism", "nearer", "mailFrom", "dkimDomains", "server", "enhancedCode", "policy", "keyType"];

describe.each(LOCALES)("findings, %s", (locale) => {
  const catalogue = CATALOGUES[locale];
  const declared = (code: FindingCode): readonly string[] => new Map<string, readonly string[]>(Object.entries(FINDING_PARAMS)).get(code) ?? RULE_PARAMS;

  test.each(FINDING_CODES)("%s: title, text and act, of its own parameters", (code) => {
    for (const part of ["title", "text", "act"]) {
      const message = catalogue.get(`finding.${code}.${part}`) ?? "";
      expect(message, part).not.toBe("");
      expect(declared(code), part).toEqual(expect.arrayContaining([...paramsOf(message)]));
    }
  });

  test("are of codes that there are", () => {
    const codes = [...catalogue.keys()].filter((key) => key.startsWith("finding.")).map((key) => key.replace(/^finding\.|\.\w+$/g, ""));
    expect([...new Set(codes)].sort()).toEqual([...FINDING_CODES].sort());
  });

  test.each(FINDING_CODES)("%s: whole sentences, also where a parameter is empty", (code) => {
    const t = translator(locale);
    const values = Object.fromEntries(declared(code).map((name) => [name, MAY_BE_EMPTY.includes(name) ? "" : `sample-${name}`]));
    for (const part of ["title", "text", "act"]) {
      const key = `finding.${code}.${part}`;
      if (!t.has(key)) throw new Error(key);
      for (const given of [{}, ...samplesOf(catalogue.get(key) ?? "")]) {
        const said = t(key, { ...values, ...given });
        // "…：`x`" ends a text, too.
        const listed = locale === "ja" && part === "text" && said.lastIndexOf("：") > said.lastIndexOf("。");
        if (!listed) expect(said).toMatch(/[.。]$/);
        if (part === "title") expect(said).not.toMatch(/[.?] [A-Z]|。./);
        expect(said).not.toMatch(/ {2}|\.\.|。。|^ | $|[（(][）)]| [.,。、]/);
      }
    }
  });

  const BROKEN_REASONS = [
    "gmail-said-so", "footer-added", "banner-added", "lines-added", "body-changed", "subject-tagged", "field-added", "field-rewritten", "header-changed", "other-key", "expired", "not-yet-valid", "weak-algorithm", "malformed", "unsupported",
  ];
  const SELECTED: readonly (readonly [key: string, arg: string, values: readonly string[]])[] = [
    ["spf.syntax.text", "errorIs", SPF_SYNTAX_ERRORS],
    ["spf.missing.title", "reasonIs", ["near-record", "misplaced", "parked"]],
    ["spf.missing.act", "reasonIs", ["near-record", "misplaced", "parked"]],
    ["spf.near-record.text", "reasonIs", NEAR_RECORD_REASONS.filter((reason) => reason !== "sender-id")],
    ["spf.misplaced.text", "reasonIs", ["www", "doubled", "spf-name", "dmarc-name", "wildcard"]],
    ["spf.wildcard.text", "reasonIs", ["spf"]],
    ["spf.macros.text", "reasonIs", ["local-part"]],
    ["spf.not-authorised.text", "result", ["fail", "softfail", "neutral"]],
    ["dkim.key-invalid.text", "reasonIs", [...KEY_RECORD_ERRORS, ...KEY_PLACEMENT_FAULTS]],
    ...["title", "text"].map((part) => [`dkim.signature-broken.${part}`, "reasonIs", BROKEN_REASONS] as const),
    ["dkim.signature-broken.text", "changerIs", ["list", "gateway", "host"]],
    ["dkim.signature-unseen.text", "reasonIs", ["not-kept", "header-holds", "header-differs", "returned-header", "returned-differs", "signature-shortened"]],
    ["dkim.misplaced.text", "reasonIs", ["doubled", "no-domainkey", "no-selector"]],
    ["dkim.wildcard.text", "reasonIs", ["revoked", "key"]],
    ["dkim.arc.title", "resultIs", ["pass", "unanswered"]],
    ["dmarc.invalid.text", "reasonIs", DMARC_FAULTS],
    ["dmarc.tag-ignored.text", "reasonIs", DMARC_FAULTS],
    ["dmarc.misplaced.text", "reasonIs", ["doubled", "no-underscore"]],
    ["policy.from-gmail.text", "policyIs", ["quarantine", "reject"]],
    ["policy.from-free-mail.text", "policyIs", ["quarantine", "reject"]],
    ["dmarc.not-aligned.text", "policyIs", ["quarantine", "reject"]],
    ["dmarc.not-aligned.act", "nearerIs", ["spf", "dkim"]],
    ["dmarc.policy.text", "policyIs", ["quarantine", "reject"]],
    ["dns.unanswered.title", "statusIs", ["timeout", "server-failure", "refused", "malformed", "not-asked"]],
    ["bounce.mended.text", "unitIs", ["minutes", "hours"]],
    ["transport.helo-unresolved.title", "reasonIs", ["literal", "local"]],
    ["transport.mta-sts-invalid.text", "reasonIs", MTA_STS_ERRORS.filter((error) => error !== "syntax")],
    ["transport.tls-rpt-invalid.text", "reasonIs", TLS_RPT_ERRORS.filter((error) => error !== "syntax")],
    ["dns.servers-differ.title", "reasonIs", ["dmarc"]],
    ["dns.lame-server.title", "reasonIs", ["refused", "server-failure", "no-address"]],
    ["bounce.several-domains.text", "reasonIs", ["spf-rule", "dmarc-rule", "header-first", "envelope", "helo", "user"]],
  ];
  test.each(SELECTED)("%s says something for each %s", (key, arg, values) => {
    const options = shapeOf(catalogue.get(`finding.${key}`) ?? "").args.get(arg)?.options ?? new Set();
    expect([...options]).toEqual(expect.arrayContaining([...optionsOf(values), "other"]));
  });

  test("a look-up that failed is never called missing", () => {
    const t = translator(locale);
    for (const status of ["timeout", "server-failure", "refused", "malformed", "not-asked"]) {
      const said = ["title", "text"].map((part) => t(part === "title" ? "finding.dns.unanswered.title" : "finding.dns.unanswered.text", { name: "shop.test", type: "TXT", status, server: "192.0.2.53" })).join(" ");
      expect(said).toContain(locale === "en" ? "could not be looked up" : "照会できませんでした");
      expect(said).not.toMatch(/missing|has no|is not there|does not exist|レコードがありません|存在しません/);
    }
  });

  test("rules that DNS does not explain say so", () => {
    const explained = ["unauthenticated", "spf-hard-fail", "dmarc-policy", "spf-required", "dkim-required", "dmarc-required", "not-aligned", "missing-ptr", "suspicious-spf", "ipv6-guidelines", "unknown"];
    for (const rule of BOUNCE_RULES) {
      const said = catalogue.get(`finding.bounce.${rule}.text`) ?? "";
      const says = locale === "en" ? /^(?:Your )?DNS is not the cause/.test(said) : /^原因は(?:送信側の )? ?DNS では/.test(said);
      expect(says, rule).toBe(!explained.includes(rule));
    }
  });

  test("what passes needs nothing done", () => {
    const calm = locale === "en" ? /^(?:Nothing |Usually nothing )/ : /必要はありません|必要な作業はありません/;
    for (const code of ["bounce.mended", "spf.pass", "spf.published", "dkim.key-valid", "dkim.signature-verified", "dmarc.policy", "dmarc.aligned", "transport.mx", "transport.ptr-confirmed", "transport.mta-sts", "transport.tls-rpt", "policy.nothing-found"]) expect(catalogue.get(`finding.${code}.act`), code).toMatch(calm);
  });
});

/** Written out, and held by the compiler to the types: these unions have no list of their own. */
const NODE_STATUSES = Object.keys({ ok: 0, none: 0, "multiple-records": 0, syntax: 0, unanswered: 0, loop: 0, macro: 0, "too-deep": 0 } satisfies Record<SpfNode["status"], number>);
const TERM_STATUSES = Object.keys({ ok: 0, void: 0, unanswered: 0, invalid: 0, macro: 0, unused: 0 } satisfies Record<SpfTermNode["status"], number>);
const dkimKey = reportSchema.shape.dkim.element.shape;

const WORDS: readonly (readonly [kind: string, values: readonly string[]])[] = [
  ["outcome", reportSchema.shape.verdict.shape.outcome.options],
  ["severity", SEVERITIES],
  ["area", AREAS],
  ["spfResult", SPF_RESULTS],
  ["dnsStatus", DNS_STATUSES],
  ["dkimStatus", dkimKey.status.options],
  ["dkimSource", dkimKey.source.unwrap().options],
  ["dmarcResult", reportSchema.shape.dmarc.unwrap().shape.result.options],
  ["policy", DMARC_POLICIES],
  ["action", fixSchema.shape.action.options],
  ["requirement", REQUIREMENT_STATES],
  ["step", STEPS],
  ["kind", subjectSchema.shape.kind.options],
  ["reporter", bounceSchema.shape.reporter.options],
  ["spfNodeStatus", NODE_STATUSES],
  ["spfTermStatus", TERM_STATUSES],
];

describe.each(LOCALES)("words for codes, %s", (locale) => {
  const catalogue = CATALOGUES[locale];
  const named = (group: string) => [...catalogue].filter(([key, message]) => key.startsWith(`${group}.`) && message !== "").map(([key]) => key.slice(group.length + 1));

  test.each(WORDS)("word.%s", (kind, values) => {
    expect(named(`word.${kind}`).sort()).toEqual([...values].sort());
  });

  test("requirements: what is asked, and each of its states", () => {
    expect(named("requirement").sort()).toEqual(REQUIREMENTS.flatMap((code) => ["title", ...REQUIREMENT_STATES].map((part) => `${code}.${part}`)).sort());
  });

  test("the way to a stricter policy", () => {
    expect(named("report.path.step").sort()).toEqual([...DMARC_POLICIES].sort());
    expect(named("report.path.condition").sort()).toEqual([...PATH_CONDITIONS].sort());
  });

  test("changes and notes", () => {
    expect(named("change").sort()).toEqual([...SPF_CHANGE_REASONS].sort());
    expect(named("note").sort()).toEqual([...new Set(FIX_NOTES)].sort());
  });

  // The API's own codes are held to the catalogue by the compiler, in app/_http/api-error.ts.
  test("errors: what is wrong, and what to do next", () => {
    const codes = [...new Set(named("error").map((key) => key.split(".")[0] ?? ""))];
    expect(codes).toEqual(expect.arrayContaining([...READING_ERRORS]));
    expect(named("error").sort()).toEqual(codes.flatMap((code) => [`${code}.hint`, `${code}.message`]).sort());
  });

  /** By code, what the readers of input hand over; formatting fails on any other. */
  const ERROR_PARAMS: Readonly<Record<string, readonly string[]>> = {
    "invalid-ip": ["ip"], "ip-address": ["ip"], "public-suffix": ["domain"], "private-name": ["domain"], "invalid-domain": ["domain"], ambiguous: ["candidates"], "invalid-selector": ["selector"],
    "bad-request": ["field"], "unsupported-media-type": ["accepted"], "rate-limited": ["seconds"], overloaded: ["seconds"],
  };
  test("errors name only what they are given", () => {
    for (const [key, message] of catalogue) {
      if (!key.startsWith("error.")) continue;
      expect(ERROR_PARAMS[key.split(".")[1] ?? ""] ?? [], key).toEqual(expect.arrayContaining([...paramsOf(message)]));
    }
  });
});
