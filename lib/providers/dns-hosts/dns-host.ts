/** What is known of a company that answers for other people's zones: its name servers, and how its panel wants a record typed. */

import type { Label } from "./label.ts";

/**
 * How the zone's own name is entered: `at` as "@", `empty` as nothing, `full` as the whole name. Names below it are
 * entered without the zone's name, but for `full`, where they are whole as well.
 */
export type HostForm = "at" | "empty" | "full";

/** `without`: the text as it is, and the panel adds what DNS needs. `with`: in quotation marks, as in a zone file. */
export type QuoteForm = "without" | "with";

/** How more than 255 octets are entered. `unknown`: whole at first, and where that is refused in quoted pieces. */
export type LongForm = "whole" | "quoted-strings" | "unknown";

/** What is peculiar to a panel, and breaks mail or costs an hour where nobody says so. A sentence each in the catalogues: `dnsHosts.note.*`. */
export const DNS_HOST_NOTES = ["record-set", "dns-only", "txt-not-spf", "own-record", "add-then-save", "one-line-each", "own-servers-only", "slow", "short-values", "at-most-255", "text-mode-if-long"] as const;
export type DnsHostNote = (typeof DNS_HOST_NOTES)[number];

export interface FormPanel {
  readonly kind: "form";
  /** From the start page to the list of records, in the order of the clicks. */
  readonly path: readonly Label[];
  readonly add: Label;
  /** Changes a record of the list; where a panel can only delete and add anew, that. */
  readonly edit: Label;
  readonly remove: Label;
  /** `type`: null where the type is chosen on the way to the form. */
  readonly fields: { readonly type: Label | null; readonly host: Label; readonly value: Label; readonly ttl: Label | null };
  /** As the list of types has it, where it isn't just "TXT". */
  readonly txt?: string;
  readonly host: HostForm;
  readonly quotes: QuoteForm;
  readonly long: LongForm;
  /** Seconds, or as the panel says it; null where it is not chosen for each record, or not known. */
  readonly ttl: number | Label | null;
}

/** The whole zone is one text: each record is a line of it, `txt @ v=spf1 …`. */
export interface LinesPanel {
  readonly kind: "lines";
  readonly path: readonly Label[];
}

export interface DnsHost {
  readonly id: string;
  readonly name: Label;
  /** Suffixes of its name servers, on whole labels. */
  readonly nameServers: readonly string[];
  /** Null where only the name servers are known: then the general form is told under the host's name. */
  readonly panel: FormPanel | LinesPanel | null;
  readonly notes: readonly DnsHostNote[];
  /** The page that the labels were read in; for `memory` the host's own help on it. */
  readonly source: string;
  /**
   * `documentation`: the way in, the fields and what goes into the host field were read in the host's own help, on the day
   * named in `DNS_HOSTS_CHECKED`. `guide`: the same in somebody else's guide to this host, such as a mail service's.
   * `memory`: nobody has held them against the panel yet; the guide says that a label may differ.
   */
  readonly seen: "documentation" | "guide" | "memory";
}

/** When the entries of `documentation` and `guide` were read. */
export const DNS_HOSTS_CHECKED = "2026-11-25";
