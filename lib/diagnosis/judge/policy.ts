/** What Gmail asks beyond the one pass that every sender needs: senders of more than 5,000 messages a day need SPF, DKIM and DMARC. */

import { organizationalDomain } from "../../address/index.ts";
import type { Assessment } from "../assessment.ts";
import { finding } from "../finding.ts";
import type { Finding } from "../report.ts";

export function judgePolicy({ subject, domainExists, dkim, dmarc, indexOf }: Assessment): Finding[] {
  const organization = organizationalDomain(subject.domain);
  if (!domainExists) return [finding("dns.no-such-domain", { domain: organization }, [indexOf(organization, "TXT")])];
  const signs = dkim.some(({ status }) => status === "valid" || status === "testing" || status === "unknown");
  const bulkDkim = signs ? [] : [finding("policy.bulk-dkim", { domain: dmarc.domain })];
  const bulkDmarc = dmarc.discovery.status === "none" ? [finding("policy.bulk-dmarc", { domain: dmarc.domain })] : [];
  return [...bulkDkim, ...bulkDmarc];
}
