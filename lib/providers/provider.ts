/** What is known of a company that sends mail for others, as far as DNS shows it. */

export interface Provider {
  readonly id: string;
  readonly name: string;
  /** Pages of the provider's own help that say what to publish; where there is none for a fact, the help that customers are sent to. */
  readonly sources: readonly string[];
  /** Names that customers put after `include:`, the one to propose first. Empty: none is published, or it differs for each customer. */
  readonly includes: readonly string[];
  /**
   * Suffixes of further names that only this provider's include terms have: by customer (`12345.spf08.hubspotemail.net`),
   * by region, or from former times. They tell whose an include is; none is ever proposed.
   */
  readonly includeSuffixes: readonly string[];
  /** Suffixes of the names that its sending addresses have in reverse DNS. */
  readonly ptr: readonly string[];
  /** Suffixes below those of `ptr` under which customers run servers of their own: such a server is not the provider's. */
  readonly rented: readonly string[];
  /** Suffixes of its MX hosts. */
  readonly mx: readonly string[];
  /** DKIM selectors that its customers usually publish. A guess: finding none of them proves nothing. */
  readonly selectors: readonly string[];
  /** Suffixes of the names that a customer's `selector._domainkey` is a CNAME for. */
  readonly dkimCname: readonly string[];
  /**
   * Where the include belongs. "domain": the envelope sender is the customer's own domain. "return-path": the envelope
   * sender is the provider's domain or a subdomain set up for it, so that an include at the customer's domain aligns nothing.
   */
  readonly includeAt: "domain" | "return-path";
  /** Customers can have bounces go to a subdomain of their own, so that its sending needs no term in the domain's record. False: no, or not known. */
  readonly ownReturnPath: boolean;
  /** Its manual has a TXT record with its include published at that subdomain. Absent: not known, or it wants a CNAME there, beside which no TXT record can stand. */
  readonly returnPathTxt?: true;
}

type Facts = Partial<Omit<Provider, "id" | "name">> & Pick<Provider, "sources">;

export function provider(id: string, name: string, facts: Facts): Provider {
  return { id, name, includes: [], includeSuffixes: [], ptr: [], rented: [], mx: [], selectors: [], dkimCname: [], includeAt: "domain", ownReturnPath: false, ...facts };
}
