/** What is known of a company that sends mail for others, as far as DNS shows it. */

export interface Provider {
  readonly id: string;
  readonly name: string;
  /** Names that customers put after `include:`, the one to propose first. Empty: none is published, or it differs for each customer. */
  readonly includes: readonly string[];
  /** Suffixes of include names that differ for each customer or region: `12345.spf08.hubspotemail.net`. */
  readonly includeSuffixes: readonly string[];
  /** Suffixes of the names that its sending addresses have in reverse DNS. */
  readonly ptr: readonly string[];
  /** Suffixes of its MX hosts. */
  readonly mx: readonly string[];
  /** DKIM selectors that its customers usually publish. A guess: finding none of them proves nothing. */
  readonly selectors: readonly string[];
  /**
   * Where the include belongs. "domain": the envelope sender is the customer's own domain. "return-path": the envelope
   * sender is the provider's domain or a subdomain set up for it, so that an include at the customer's domain aligns nothing.
   */
  readonly includeAt: "domain" | "return-path";
}

type Facts = Partial<Omit<Provider, "id" | "name">>;

export function provider(id: string, name: string, facts: Facts): Provider {
  return { id, name, includes: [], includeSuffixes: [], ptr: [], mx: [], selectors: [], includeAt: "domain", ...facts };
}
