/** Domain names in a text where no label says what part they play. */

import { parse as parseSuffix } from "tldts";
import { type Domain, isSameOrBelow, parseDomain } from "../address/index.ts";
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

/** Hosts that carry others' mail, or judge it: a text may hold their names in any place, and none of them wrote the message. */
const CARRIERS = [
  "outlook.com", "office365.com", "exchangelabs.com", "microsoft.com", "amazonses.com", "amazonaws.com", "sendgrid.net", "sendgrid.com", "mailgun.org", "mailgun.net", "mtasv.net", "sparkpostmail.com", "sendinblue.com", "brevo.com", "mailin.fr", "mailjet.com", "mandrillapp.com",
  "pphosted.com", "ppe-hosted.com", "ppops.net", "proofpoint.com", "mimecast.com", "barracudanetworks.com", "messagelabs.com", "mxlogic.net", "trendmicro.com", "spamhaus.org", "spamcop.net", "sorbs.net", "yahoodns.net", "cloudflare.net", "googleusercontent.com", "googleapis.com", "secureserver.net",
] as const;

/** Domains of addresses first; names that stand alone only where there are no addresses. Those of recipients, links and Google's hosts are no candidates. */
export function candidateDomains(text: string, excluded: readonly string[]): readonly Domain[] {
  const readable = withoutRecords(text.slice(0, TEXT_MAX).replace(/\bURL(?:\s{1,8}[45]\d\d[- ][45]\.\d\.\d{1,3})?\s{1,8}domains?(?:\s{1,8}[45]\d\d[- ][45]\.\d\.\d{1,3})?\s{1,8}(?:\[[^\]]{0,300}\]|[\w.-]{3,255})/gi, " ")).replace(/\bhttps?:\/\/[^\s<>"']{1,2000}/gi, " ").replace(/\bmessage-?id(?:: ?|=)\s?<?[^\s<>]{0,400}>?|\bid=[^\s<>]{3,300}/gi, " ");
  const usable = (names: Iterable<string>): readonly Domain[] => {
    const found = new Set<Domain>();
    for (const name of names) {
      const parsed = parseDomain(withoutEnd(name, ".。"));
      if (parsed.ok && isRegistrable(parsed.domain) && !excluded.includes(parsed.domain) && !isCarrier(parsed.domain)) found.add(parsed.domain);
      if (found.size > CANDIDATES_MAX) break;
    }
    return [...found];
  };
  const addresses = usable(mailboxes(readable).filter(({ start, at }) => !/^(?:mailer-daemon|postmaster)$/i.test(readable.slice(start, at))).map(({ domain }) => domain));
  if (addresses.length > 0) return addresses;
  return usable(readable.split(BETWEEN_NAMES).filter((name) => /[^.][.\u3002\uFF0E\uFF61][^.]/.test(name))).filter((name) => !isGoogle(name) && !NOT_NAMES.test(name));
}

/** A host that may stand for whoever sends from it: neither a carrier's nor the receiver's. */
export function ownHost(name: string, excluded: readonly string[]): Domain | null {
  const parsed = parseDomain(name);
  return parsed.ok && isRegistrable(parsed.domain) && !isGoogle(parsed.domain) && !isCarrier(parsed.domain) && !excluded.includes(parsed.domain) ? parsed.domain : null;
}

function isCarrier(domain: Domain): boolean {
  return CARRIERS.some((carrier) => isSameOrBelow(domain, carrier));
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
