/** What reading a paste gives: the `Subject` to diagnose, the bounce's own words as facts, and what was noticed on the way. */

import type { Domain, IpAddress } from "../address/index.ts";
import type { MessageForm } from "./message-form.ts";

/** Slugs of `gmail-replies.ts`; `unknown` where no rule of ours matches. */
export const BOUNCE_RULES = [
  "unauthenticated", "spf-hard-fail", "dmarc-policy", "spf-required", "dkim-required", "dmarc-required", "not-aligned", "missing-ptr", "suspicious-spf", "tls-required",
  "ipv6-guidelines", "rfc5322", "unsolicited-rate", "likely-unsolicited", "ip-not-authorised", "blocked-content", "recipient-rate", "try-later", "not-whitelisted",
  "tls-required-by-recipient", "no-such-user", "disabled", "over-quota", "too-large", "bad-address", "recipient-policy", "sending-limit", "relay-denied", "login", "mail-loop", "protocol", "unknown",
] as const;
export type BounceRule = (typeof BOUNCE_RULES)[number];

export interface Claim {
  /** As the text has it, lower case: "did not pass", "fail", "pass", … */
  readonly result: string;
  readonly domain: string | null;
}

export interface Bounce {
  readonly reporter: "gmail" | "other" | "unknown";
  /** `smtp`, `dsn`, `postfix-log`, … : the format module that read it. */
  readonly format: string;
  readonly code: number | null;
  /** "5.7.26" */
  readonly enhancedCode: string | null;
  readonly rule: BounceRule;
  readonly permanent: boolean | null;
  /** The reply on one line, mailbox local parts replaced. */
  readonly text: string;
  readonly claims: {
    readonly spf: (Claim & { readonly ip: string | null }) | null;
    readonly dkim: Claim | null;
    readonly dmarc: Claim | null;
  };
}

/** What each place in the paste was read as. */
export const PLACE_FIELDS = ["reporter", "code", "enhanced-code", "rule", "sending-ip", "domain", "mail-from", "header-from", "helo", "dkim-domain", "dkim-selector", "spf-claim", "dkim-claim", "dmarc-claim", "recipient", "time", "queue-id", "message-id-host"] as const;
export type PlaceField = (typeof PLACE_FIELDS)[number];

export interface Place {
  readonly field: PlaceField;
  /** What was read there. */
  readonly value: string;
  /** Into the text as it was pasted, in UTF-16 code units. */
  readonly offset: number;
  readonly length: number;
}

/** Refusals of one paste that share domain, address and rule. */
export interface BounceGroup {
  readonly domain: Domain | null;
  readonly ip: IpAddress | null;
  readonly rule: BounceRule;
  readonly enhancedCode: string | null;
  readonly count: number;
  /** The reply of the first of them, redacted. */
  readonly text: string;
}

/** What a bounce tells beside its refusal, and how it was read. */
export interface Details {
  /** How sure the reader is of its reading: "high" for a form that leaves nothing open, "low" where it had to go by words or by the only name in sight. */
  readonly confidence: "high" | "medium" | "low";
  /** The recipient's domain, where the text names one. */
  readonly recipient: Domain | null;
  /** Who runs the recipient's mailbox: "Gmail", "Google Workspace", "Microsoft", … */
  readonly provider: string | null;
  /** When it was refused: ISO 8601 where the text tells date, time and zone, else as the text has it. */
  readonly time: string | null;
  readonly queueId: string | null;
  readonly messageIdHost: string | null;
  /** In the order of the text. Empty fields have none, and so have those that stand only in an encoded part. */
  readonly places: readonly Place[];
  /** The largest first: the first is the one that was judged. */
  readonly groups: readonly BounceGroup[];
}

export interface Signature {
  readonly domain: Domain;
  readonly selector: string;
}

/**
 * Where the sending address was taken from. `given`: by whoever asked. `reply`: the refusal names it. `greeting`: Google's server greeted it.
 * `log`: the sender's own record of its end of the connection. `received-spf`, `authentication-results`, `arc`, `received`: the field that
 * Google wrote into the message. `smtp`: it connected to us.
 */
export const SENDING_IP_SOURCES = ["given", "reply", "greeting", "log", "received-spf", "authentication-results", "arc", "received", "smtp"] as const;
export type SendingIpSource = (typeof SENDING_IP_SOURCES)[number];

export interface Subject {
  readonly kind: "domain" | "bounce" | "message";
  /** The domain that is diagnosed; the contract says which. */
  readonly domain: Domain;
  readonly sendingIp: IpAddress | null;
  /** Null where there is no address, and in reports from before this was kept. */
  readonly sendingIpFrom: SendingIpSource | null;
  readonly mailFrom: Domain | null;
  readonly headerFrom: Domain | null;
  readonly helo: string | null;
  /** Signatures seen in the paste (`d=`, `s=`). */
  readonly dkim: readonly Signature[];
  /** Selectors that the user gave, for `domain`. */
  readonly selectors: readonly string[];
  /** True when returned headers were seen whole, so that an absent DKIM-Signature means "not signed"; false when the paste shows no headers. */
  readonly headersSeen: boolean;
  /** `Received` hops of the returned message, newest first, as far as they were shown. */
  readonly relays: readonly { readonly helo: string | null; readonly name: string | null; readonly ip: IpAddress | null; readonly by: string | null }[];
}

export type ReadingNote =
  | { readonly code: "several-domains"; readonly domain: string; readonly others: readonly string[]; readonly reason: "spf-rule" | "dmarc-rule" | "header-first" | "envelope" | "helo" | "user" }
  | { readonly code: "several-addresses"; readonly ip: string; readonly others: readonly string[] }
  | { readonly code: "several-bounces"; readonly count: number }
  /** Two places that contradict each other: the field is left empty. */
  | { readonly code: "contradiction"; readonly field: "mail-from" | "header-from"; readonly values: readonly string[] }
  | { readonly code: "not-gmail"; readonly reporter: string | null }
  | { readonly code: "ip-overridden"; readonly ip: string; readonly bounceIp: string };

export const READING_ERRORS = ["empty", "no-domain", "not-a-bounce", "invalid-ip", "invalid-selector", "invalid-domain", "ambiguous", "public-suffix", "private-name", "ip-address", "binary", "too-large"] as const;

export type Reading =
  | { readonly ok: true; readonly subject: Subject; readonly bounce: Bounce | null; readonly notes: readonly ReadingNote[]; /** Of a bounce; null where a domain or a message was given. */ readonly details: Details | null; /** Of the message whose header was seen whole. */ readonly form?: MessageForm | null }
  | {
      readonly ok: false;
      readonly error: {
        readonly code: (typeof READING_ERRORS)[number];
        /** What message texts may name, e.g. the domain that is a public suffix, the candidates of an ambiguous paste. */
        readonly params: Readonly<Record<string, string | number>>;
        /** What the form should ask for next. */
        readonly ask: "input" | "domain" | "ip" | "selectors";
      };
    };

/** What a person or program hands in. */
export interface ReadingInput {
  readonly input: string;
  /** Overrides the address found in the text. */
  readonly sendingIp?: string | undefined;
  readonly selectors?: readonly string[] | undefined;
  /** Given when the text holds no domain, or several. */
  readonly domain?: string | undefined;
}
