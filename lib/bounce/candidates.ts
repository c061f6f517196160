/** Domain names in a text where no label says what part they play. */

import { parse as parseSuffix } from "tldts";
import { type Domain, parseDomain } from "../address/index.ts";
import { isGoogle } from "./headers.ts";
import { mailboxes } from "./redact.ts";
import { withoutEnd } from "./trim.ts";

const CANDIDATES_MAX = 12;
/** RFC 2606 and RFC 6761: no registry has them, and our own zones and examples do. */
const SAMPLE_SUFFIX = /\.(?:test|example)$/;
const BETWEEN_NAMES = /[^\p{L}\p{M}\p{N}._\u3002\uFF0E\uFF61-]+/u;
/** What is worth reading for a name that no label goes with. */
const TEXT_MAX = 20_000;
/** File names and hosts of documentation look like domains. */
const NOT_NAMES = /\.(?:cf|txt|log|eml|msg|html?|php|py|js|ts|png|jpe?g|gif|pdf|zip|sh|conf|json|xml|csv|md)$/;

/** Domains of addresses first; names that stand alone only where there are no addresses. Those of recipients, links and Google's hosts are no candidates. */
export function candidateDomains(text: string, excluded: readonly string[]): readonly Domain[] {
  const readable = withoutRecords(text.slice(0, TEXT_MAX)).replace(/\bhttps?:\/\/[^\s<>"']{1,2000}/gi, " ").replace(/^Message-ID:[^\n]{0,400}/gim, " ");
  const usable = (names: Iterable<string>): readonly Domain[] => {
    const found = new Set<Domain>();
    for (const name of names) {
      const parsed = parseDomain(withoutEnd(name, ".。"));
      if (parsed.ok && isRegistrable(parsed.domain) && !excluded.includes(parsed.domain)) found.add(parsed.domain);
      if (found.size > CANDIDATES_MAX) break;
    }
    return [...found];
  };
  const addresses = usable(mailboxes(readable).map(({ domain }) => domain));
  if (addresses.length > 0) return addresses;
  return usable(readable.split(BETWEEN_NAMES).filter((name) => /[^.][.\u3002\uFF0E\uFF61][^.]/.test(name))).filter((name) => !isGoogle(name) && !NOT_NAMES.test(name));
}

/** Names inside SPF, DKIM and DMARC records are those of services. */
function withoutRecords(text: string): string {
  return text.replace(/\bv=(?:spf1|DKIM1|DMARC1)\b[^\n]{0,4000}/gi, " ");
}

/** A name that could be registered: its suffix is a known one. */
export function isRegistrable(domain: Domain): boolean {
  const { domain: registrable, isIcann, isPrivate } = parseSuffix(domain, { allowPrivateDomains: true });
  return registrable !== null && (isIcann === true || isPrivate === true || SAMPLE_SUFFIX.test(domain));
}

/** `com`, `jp`: a suffix on its own. */
export function isKnownSuffix(label: string): boolean {
  return parseSuffix(`x.${label}`, { allowPrivateDomains: true }).isIcann === true;
}
