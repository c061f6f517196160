/** How mail that was sent in good order still fails DMARC: on its way, by its signer, by its return path. */

import { isAligned } from "../../dmarc/index.ts";
import { providerByInclude, providerByPtr } from "../../providers/index.ts";
import type { Assessment } from "../assessment.ts";
import { finding } from "../finding.ts";
import type { Finding } from "../report.ts";

export function judgeDmarcTraps(assessment: Assessment): Finding[] {
  if (assessment.subject.kind === "domain") return [];
  // What passes needs no explaining; but a strict record may fail the next message.
  const passes = assessment.dmarc.alignment.result === "pass";
  return [...strictFindings(assessment), ...(passes ? [] : [...serviceEnvelope(assessment), ...onTheWay(assessment)])];
}

/** Relaxed alignment would have been enough: a subdomain signs or returns, and the record asks for the very same domain. */
function strictFindings({ subject, spf, dmarc: { domain, discovery, alignment, orgOf }, indexOf }: Assessment): Finding[] {
  if (discovery.status !== "found") return [];
  const { record } = discovery;
  const evidence = [indexOf(`_dmarc.${discovery.domain}`, "TXT")];
  const softer = alignment.result === "pass" ? ({ severity: "info", cost: 0 } as const) : undefined;
  const onlyRelaxed = (other: (typeof subject.dkim)[number]["domain"]) => other !== domain && isAligned(other, domain, "r", orgOf);
  const signer = alignment.dkimAligned === true ? undefined : subject.dkim.find((signature) => onlyRelaxed(signature.domain));
  const signed = record.adkim === "s" && signer !== undefined ? [finding("dmarc.strict-apart", { headerFrom: domain, domain: signer.domain, tag: "adkim", by: "dkim" }, evidence, softer)] : [];
  const returned = record.aspf === "s" && subject.mailFrom !== null && onlyRelaxed(spf.domain) ? [finding("dmarc.strict-apart", { headerFrom: domain, domain: spf.domain, tag: "aspf", by: "spf" }, evidence, softer)] : [];
  return [...signed, ...returned];
}

/** Bounces go to the service, so SPF vouches for the service: nothing that the sender publishes for SPF changes that. */
function serviceEnvelope({ subject: { mailFrom }, spf, dmarc: { domain, alignment }, indexOf }: Assessment): Finding[] {
  if (mailFrom === null || alignment.spfAligned !== false) return [];
  const service = providerByPtr([mailFrom]) ?? providerByInclude(mailFrom);
  return service === null ? [] : [finding("dmarc.service-envelope", { headerFrom: domain, mailFrom, name: service.name }, [indexOf(spf.domain, "TXT")])];
}

/** A list changes what was signed, a forwarder the address that SPF goes by. */
function onTheWay({ form, stranger, bounce, ptr, subject, dmarc: { domain, discovery }, indexOf }: Assessment): Finding[] {
  const policy = discovery.status === "found" ? (discovery.policy ?? "none") : "none";
  const evidence = [indexOf(`_dmarc.${discovery.status === "found" ? discovery.domain : domain}`, "TXT")];
  if (form !== null && form.fromList) return [finding("dmarc.mailing-list", { headerFrom: domain, policy }, evidence)];
  const forAlignment = bounce === null || bounce.rule === "dmarc-policy" || bounce.rule === "not-aligned";
  const forwarded = forAlignment && stranger.stranger && !stranger.doubt;
  return forwarded ? [finding("dmarc.forwarded", { headerFrom: domain, ip: subject.sendingIp ?? "", name: ptr?.names[0] ?? subject.helo ?? "" }, evidence)] : [];
}
