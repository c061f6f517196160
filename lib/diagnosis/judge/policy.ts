/** What Gmail asks beyond the one pass that every sender needs: senders of more than 5,000 messages a day need SPF, DKIM and DMARC. */

import { organizationalDomain } from "../../address/index.ts";
import type { Assessment } from "../assessment.ts";
import { finding } from "../finding.ts";
import type { Finding } from "../report.ts";
import { judgeFreeMail } from "./free-mail.ts";

export function judgePolicy(assessment: Assessment): Finding[] {
  const { subject, domainExists, dkim, dmarc, indexOf } = assessment;
  const organization = organizationalDomain(subject.domain);
  if (!domainExists) return [finding("dns.no-such-domain", { domain: organization }, [indexOf(organization, "TXT")])];
  const freeMail = judgeFreeMail(assessment);
  // What bulk senders need is the provider's to publish.
  if (freeMail.length > 0) return freeMail;
  const signs = dkim.some(({ status }) => status === "valid" || status === "testing" || status === "unknown");
  const bulkDkim = signs ? [] : [finding("policy.bulk-dkim", { domain: dmarc.domain })];
  const bulkDmarc = dmarc.discovery.status === "none" ? [finding("policy.bulk-dmarc", { domain: dmarc.domain }, [indexOf(`_dmarc.${dmarc.domain}`, "TXT")])] : [];
  return [...bulkDkim, ...bulkDmarc];
}
