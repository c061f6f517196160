/** A domain that seems to send no mail at all. It should say so, or others send in its name; and it must never be told to when it does send. */

import { isAbsent } from "../dns/index.ts";
import { nearRecord } from "../spf/near-record.ts";
import type { Assessment } from "./assessment.ts";

/** The whole SPF record of a domain without senders. RFC 7208 section 10.1.2 */
export const SENDS_NOTHING = "v=spf1 -all";

/**
 * Typed in alone, without any message or address; it takes no mail (null MX, or neither MX nor address), has no DKIM key that
 * we know of, and nothing that was meant as an SPF record. That is a sign and no proof: whoever relies on it says so as an assumption.
 */
export function seemsParked({ subject, bounce, spf, envelopeMx, dkim, domainExists }: Assessment): boolean {
  if (bounce !== null || subject.kind !== "domain" || subject.sendingIp !== null || subject.selectors.length > 0 || !domainExists) return false;
  const { around } = spf;
  const saysNothing = spf.records.length === 0 && (spf.txtStatus === "ok" || isAbsent(spf.txtStatus)) && around.misplaced === null && around.alias === null && !around.texts.some((text) => nearRecord(text) !== null);
  return saysNothing && (envelopeMx.status === "null-mx" || envelopeMx.status === "none") && dkim.every(({ status }) => status === "missing" || status === "revoked");
}
