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
  /** Terms of the record that are not in `terms`, because there are too many to show; they are counted all the same. Absent: none. */
  readonly omitted?: number | undefined;
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
  /** Networks that are not in `networks`, because there are too many to show. Absent: none. */
  readonly omitted?: number | undefined;
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
    omitted: z.number().int().optional(),
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
    omitted: z.number().int().optional(),
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
  /** What the reason names: the terms that cover this one, the provider of the refused sender, the subdomain that a provider moves to. Absent where it names nothing. */
  readonly by?: string | undefined;
}

export const SPF_CHANGE_REASONS = [
  "refused-sender", "provider-of-refused-sender", "new-record", "merged-record", "duplicate", "covered", "syntax-repaired", "quotes-removed", "misspelt-mechanism",
  "address-in-include", "all-added", "all-moved-last", "after-all", "dead-include", "looping-include", "void-lookup", "ptr-removed", "ptr-replaced", "pass-all-replaced",
  "neutral-all-replaced", "flattened", "address-copied", "unused-redirect", "unreadable", "version-repaired",
  "include-opened", "allows-nobody", "broken-include", "moved-to-subdomain", "cheaper-first", "ending-asked-for",
] as const;
export type SpfChangeReason = (typeof SPF_CHANGE_REASONS)[number];

export const SPF_ASSUMPTIONS = [
  "refused-sender-is-yours", "sender-may-be-a-forwarder", "mx-sends-mail", "no-other-senders-known", "provider-recognised-by-address", "softfail-until-sure", "strictest-all-of-merged",
  "dead-includes-stay-dead", "addresses-copied-may-change", "ptr-senders-listed", "repaired-as-meant", "macro-terms-kept", "some-lookups-unanswered", "pass-all-senders-unknown",
  "own-addresses-copied", "opened-includes-may-change", "broken-includes-dropped", "answer-over-512-octets", "subdomain-aligns-unless-strict", "provider-may-ask-for-more",
] as const;
export type SpfAssumption = (typeof SPF_ASSUMPTIONS)[number];

/** The proof of a record: it was laid over today's DNS and evaluated. */
export interface SpfProof {
  /** Of the sender `ip`; without one, of the first address that was tried. */
  readonly result: SpfResult;
  readonly ip: string | null;
  /** Terms that count (RFC 7208 section 4.6.4), all of them evaluated; void look-ups of the costliest address tried. */
  readonly lookups: number;
  readonly voidLookups: number;
  /**
   * Of the address ranges that today's records authorise (every range of the unfolded records, less what is excluded before it),
   * how many still pass whole, and of how many. Held by exact sets, and by evaluation at both ends of each range as far as that is bounded.
   */
  readonly kept: number;
  readonly of: number;
}

export const SPF_MOVE_STEPS = ["publish-subdomain", "set-return-path", "replace-main"] as const;

/**
 * The lasting cure of a record over ten look-ups: services that send with a return path of the customer's own get a
 * subdomain of their own, and leave the main record. The steps are to be taken in order: before the second, the main record
 * would lose those services. Where the service that moves isn't in today's record, that record stays: "replace-main" is absent.
 */
export interface SpfAlternative {
  readonly kind: "own-subdomain";
  readonly moves: readonly {
    /** The provider's name. */
    readonly provider: string;
    /** Unused today; the return-path (envelope) domain to set at the provider. */
    readonly domain: string;
    readonly record: { readonly name: string; readonly value: string; readonly strings: readonly string[] };
    readonly proof: SpfProof;
  }[];
  readonly main: { readonly value: string; readonly strings: readonly string[]; readonly changes: readonly SpfChange[]; readonly proof: SpfProof };
  readonly steps: readonly (typeof SPF_MOVE_STEPS)[number][];
  readonly assumptions: readonly SpfAssumption[];
}

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
  /** Whose addresses were copied into the record, by name: providers, else domains. Not the domain's own. */
  readonly copiedFrom: readonly string[];
  readonly proof: SpfProof;
  /** Where others' addresses had to be copied to fit in ten look-ups: what to do for good. */
  readonly alternative: SpfAlternative | null;
}

/** No one record can be shown to hold, but moving services to subdomains of their own can. */
export interface SpfMoveOnly {
  readonly name: string;
  readonly value: null;
  readonly replaces: readonly string[];
  readonly alternative: SpfAlternative;
}
