/** `From:` a mailbox provider's domain, sent from elsewhere. Nobody but the provider can make such mail pass: no record of the sender's would. */

import { type Domain, organizationalDomain } from "../../address/index.ts";
import type { Assessment } from "../assessment.ts";
import { finding } from "../finding.ts";
import type { Finding } from "../report.ts";

const GMAIL: readonly string[] = ["gmail.com", "googlemail.com"];
/** Other domains in which anybody can have a mailbox. */
const FREE_MAIL: readonly string[] = [
  "yahoo.com", "yahoo.co.jp", "yahoo.co.uk", "yahoo.fr", "yahoo.de", "ymail.com", "rocketmail.com", "aol.com", "outlook.com", "outlook.jp", "hotmail.com", "hotmail.co.jp", "live.com", "live.jp", "msn.com", "icloud.com", "me.com", "mac.com",
  "gmx.com", "gmx.net", "gmx.de", "web.de", "mail.ru", "yandex.com", "yandex.ru", "proton.me", "protonmail.com", "docomo.ne.jp", "ezweb.ne.jp", "au.com", "softbank.ne.jp", "i.softbank.jp", "qq.com", "163.com", "126.com", "naver.com",
];

/** Whose name it is; null where it is another's, or nothing shows that it was sent from elsewhere. */
export function sentElsewhere({ subject, spf, bounce, dmarc }: Assessment): "gmail" | "other" | null {
  const owner = GMAIL.includes(dmarc.domain) ? "gmail" : FREE_MAIL.includes(dmarc.domain) ? "other" : null;
  if (owner === null || subject.kind === "domain") return null;
  const isOwn = (domain: Domain) => domain === dmarc.domain || organizationalDomain(domain) === dmarc.domain;
  const result = spf.evaluation?.result ?? null;
  if (isOwn(spf.domain) && result === "pass") return null;
  const envelopeElsewhere = subject.mailFrom !== null && !isOwn(subject.mailFrom);
  const addressElsewhere = isOwn(spf.domain) && (result === "fail" || result === "softfail" || result === "neutral");
  const signedElsewhere = subject.dkim.length > 0 && !subject.dkim.some(({ domain }) => isOwn(domain));
  const refused = bounce?.rule === "dmarc-policy" || bounce?.rule === "not-aligned";
  // The provider signed it: whatever broke it happened on the way.
  if (subject.dkim.some(({ domain }) => isOwn(domain))) return null;
  return envelopeElsewhere || addressElsewhere || signedElsewhere || refused ? owner : null;
}

export function judgeFreeMail(assessment: Assessment): Finding[] {
  const owner = sentElsewhere(assessment);
  if (owner === null) return [];
  const { discovery, domain } = assessment.dmarc;
  const evidence = [assessment.indexOf(`_dmarc.${discovery.status === "found" ? discovery.domain : domain}`, "TXT")];
  const policy = discovery.status === "found" ? (discovery.policy ?? "none") : "";
  return [owner === "gmail" ? finding("policy.from-gmail", { headerFrom: domain, policy }, evidence) : finding("policy.from-free-mail", { headerFrom: domain, policy }, evidence)];
}
