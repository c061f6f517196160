/** The values that the SPF room works with (RFC 7208). Parsing, evaluating, unfolding and correcting all speak of these. */

import { z } from "zod";

export type SpfResult = "pass" | "fail" | "softfail" | "neutral" | "none" | "temperror" | "permerror";

export type Qualifier = "+" | "-" | "~" | "?";

/** Where a term stands in the record's text: `text` is the term as published, `at` its offset in UTF-16 code units. */
interface Term {
  readonly text: string;
  readonly at: number;
}

/** A mechanism with its qualifier; "+" also when none is written. RFC 7208 section 4.6.1 */
export type Directive = Term & { readonly qualifier: Qualifier } & (
    | { readonly kind: "all" }
    | { readonly kind: "include"; readonly domainSpec: string }
    | { readonly kind: "exists"; readonly domainSpec: string }
    | { readonly kind: "a" | "mx"; readonly domainSpec: string | null; readonly prefix4: number; readonly prefix6: number }
    | { readonly kind: "ptr"; readonly domainSpec: string | null }
    | { readonly kind: "ip4"; readonly network: string; readonly prefix: number }
    | { readonly kind: "ip6"; readonly network: string; readonly prefix: number }
  );

/** `redirect=` and `exp=` (RFC 7208 section 6), and any other `name=value`, which is ignored (section 6, unknown modifiers). */
export type Modifier = Term & ({ readonly kind: "redirect"; readonly domainSpec: string } | { readonly kind: "exp"; readonly domainSpec: string } | { readonly kind: "unknown-modifier"; readonly name: string; readonly value: string });

export type SpfTerm = Directive | Modifier;

export interface SpfRecord {
  readonly text: string;
  readonly directives: readonly Directive[];
  readonly redirect: (Modifier & { kind: "redirect" }) | null;
  readonly exp: (Modifier & { kind: "exp" }) | null;
  /** Directives and modifiers in published order. */
  readonly terms: readonly SpfTerm[];
}

export const SPF_SYNTAX_ERRORS = [
  "unknown-mechanism",
  "bad-qualifier",
  "missing-argument",
  "unexpected-argument",
  "bad-domain-spec",
  "bad-macro",
  "bad-address",
  "bad-prefix-length",
  "duplicate-modifier",
  "bad-modifier-name",
  "bad-modifier-value",
  "non-ascii",
  "bad-whitespace",
] as const;

export interface SpfSyntaxError {
  readonly code: (typeof SPF_SYNTAX_ERRORS)[number];
  /** Offset and length of the offending part, in UTF-16 code units of the record's text. */
  readonly at: number;
  readonly length: number;
  /** The whole term in which it stands. */
  readonly term: string;
}

/** Every fault is reported, with the terms that could still be read. One fault makes the whole record a permerror (RFC 7208 section 4.6). */
export type SpfParseResult =
  | { readonly ok: true; readonly record: SpfRecord }
  | { readonly ok: false; readonly errors: readonly [SpfSyntaxError, ...SpfSyntaxError[]]; readonly readable: readonly SpfTerm[]; readonly text: string };

/** Why an evaluation did not end in a plain match; the named, closed set behind `none`, `temperror` and `permerror`. */
export type SpfProblem =
  | { readonly code: "malformed-domain" | "no-record" | "multiple-records" | "include-without-record" | "redirect-without-record"; readonly domain: string }
  | { readonly code: "syntax"; readonly domain: string; readonly error: SpfSyntaxError }
  | { readonly code: "too-many-lookups" | "too-many-void-lookups" | "too-many-mx" | "loop"; readonly domain: string; readonly term: string }
  | { readonly code: "unanswered"; readonly domain: string; readonly type: string; readonly status: string };

export interface SpfEvaluation {
  readonly result: SpfResult;
  /** The directive that matched, as published, e.g. `-all` or `include:_spf.example.com`: that of the top record, or of the record that a redirect put in its place. Null where none matched. */
  readonly mechanism: string | null;
  /** The domain of the record in which the deepest matching directive stands, and that directive. */
  readonly matched: { readonly domain: string; readonly term: string } | null;
  /** `exp=` text, only with "fail" (RFC 7208 section 6.2). */
  readonly explanation: string | null;
  readonly problem: SpfProblem | null;
  /** Terms counted against ten, and void look-ups counted against two (RFC 7208 section 4.6.4), up to where evaluation ended. */
  readonly lookups: number;
  readonly voidLookups: number;
}

/** One record unfolded, with all that hangs under it: independent of any sender's address. */
export interface SpfNode {
  readonly domain: string;
  /** The record as published; null where there is none or it could not be looked up. */
  readonly record: string | null;
  readonly status: "ok" | "none" | "multiple-records" | "syntax" | "unanswered" | "loop" | "macro" | "too-deep";
  /** Terms counted by RFC 7208 section 4.6.4 in this record and everything under it, if all of it were evaluated. */
  readonly lookups: number;
  readonly voidLookups: number;
  readonly terms: readonly SpfTermNode[];
}

export interface SpfTermNode {
  readonly text: string;
  readonly at: number;
  readonly kind: SpfTerm["kind"] | "invalid";
  readonly qualifier: Qualifier | null;
  /** The name that is looked up, macros that don't depend on the message expanded; null where there is none or it depends on the message. */
  readonly target: string | null;
  readonly lookups: number;
  readonly voidLookups: number;
  /** What `ip4`, `ip6`, `a` and `mx` authorise today, in CIDR notation. */
  readonly networks: readonly string[];
  readonly status: "ok" | "void" | "unanswered" | "invalid" | "macro" | "unused";
  /** The eleventh counted term, the third void look-up: the one at which receivers give up. */
  readonly overLimit: boolean;
  readonly child: SpfNode | null;
}

const termNode: z.ZodType<SpfTermNode> = z.lazy(() =>
  z.object({
    text: z.string(),
    at: z.number().int(),
    kind: z.enum(["all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists", "redirect", "exp", "unknown-modifier", "invalid"]),
    qualifier: z.enum(["+", "-", "~", "?"]).nullable(),
    target: z.string().nullable(),
    lookups: z.number().int(),
    voidLookups: z.number().int(),
    networks: z.array(z.string()),
    status: z.enum(["ok", "void", "unanswered", "invalid", "macro", "unused"]),
    overLimit: z.boolean(),
    child: spfNodeSchema.nullable(),
  }),
);

export const spfNodeSchema: z.ZodType<SpfNode> = z.lazy(() =>
  z.object({
    domain: z.string(),
    record: z.string().nullable(),
    status: z.enum(["ok", "none", "multiple-records", "syntax", "unanswered", "loop", "macro", "too-deep"]),
    lookups: z.number().int(),
    voidLookups: z.number().int(),
    terms: z.array(termNode),
  }),
);

export const SPF_RESULTS = ["pass", "fail", "softfail", "neutral", "none", "temperror", "permerror"] as const satisfies readonly SpfResult[];

/** One step from today's record to the proposed one, in the order of the proposed record; for showing a difference with its reason. */
export interface SpfChange {
  readonly kind: "kept" | "added" | "removed" | "changed";
  /** The term in today's record; null when added. */
  readonly before: string | null;
  /** The term in the proposed record; null when removed. */
  readonly after: string | null;
  /** Message code under `change.`; null when kept. */
  readonly reason: SpfChangeReason | null;
}

export const SPF_CHANGE_REASONS = [
  "refused-sender", "provider-of-refused-sender", "new-record", "merged-record", "duplicate", "covered", "syntax-repaired", "quotes-removed", "misspelt-mechanism",
  "address-in-include", "all-added", "all-moved-last", "after-all", "dead-include", "looping-include", "void-lookup", "ptr-removed", "ptr-replaced", "pass-all-replaced",
  "neutral-all-replaced", "flattened", "address-copied", "unused-redirect", "unreadable", "version-repaired",
] as const;
export type SpfChangeReason = (typeof SPF_CHANGE_REASONS)[number];

export const SPF_ASSUMPTIONS = [
  "refused-sender-is-yours", "sender-may-be-a-forwarder", "mx-sends-mail", "no-other-senders-known", "provider-recognised-by-address", "softfail-until-sure", "strictest-all-of-merged",
  "dead-includes-stay-dead", "addresses-copied-may-change", "ptr-senders-listed", "repaired-as-meant", "macro-terms-kept", "some-lookups-unanswered", "pass-all-senders-unknown",
] as const;
export type SpfAssumption = (typeof SPF_ASSUMPTIONS)[number];

/** A proposed record, proven: never built without `proof`. */
export interface SpfCorrection {
  readonly action: "create" | "replace";
  /** Owner name of the TXT record. */
  readonly name: string;
  readonly value: string;
  /** `value` cut into character-strings of at most 255 octets (RFC 7208 section 3.3). */
  readonly strings: readonly string[];
  /** Today's SPF records at that name, as published, each its strings joined. */
  readonly replaces: readonly string[];
  readonly changes: readonly SpfChange[];
  readonly assumptions: readonly SpfAssumption[];
  readonly proof: {
    readonly result: SpfResult;
    readonly ip: string | null;
    readonly lookups: number;
    readonly voidLookups: number;
    /** Of the addresses sampled from what today's record authorises, how many still pass, and of how many. */
    readonly kept: number;
    readonly of: number;
  };
}
