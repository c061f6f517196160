/** What was noticed while reading the paste, and where Gmail's words and today's DNS differ. */

import type { Assessment } from "../assessment.ts";
import { finding } from "../finding.ts";
import type { Finding } from "../report.ts";

export function judgeBounce(assessment: Assessment): Finding[] {
  return [...noteFindings(assessment), ...ruleFinding(assessment), ...claimFindings(assessment)];
}

function noteFindings({ notes }: Assessment): Finding[] {
  return notes.map((note): Finding => {
    switch (note.code) {
      case "several-domains":
        return finding("bounce.several-domains", { domain: note.domain, others: note.others.join(", "), reason: note.reason });
      case "several-addresses":
        return finding("bounce.several-addresses", { ip: note.ip, others: note.others.join(", ") });
      case "several-bounces":
        return finding("bounce.several-bounces", { count: note.count });
      case "not-gmail":
        return finding("bounce.not-gmail", { reporter: note.reporter ?? "" });
      case "contradiction":
        return finding("bounce.contradiction", { field: note.field, values: note.values.join(", ") });
      case "ip-overridden":
        return finding("bounce.ip-overridden", { ip: note.ip, bounceIp: note.bounceIp });
    }
  });
}

/** The rule that refused the mail is always told, also where the verdict names a deeper cause. */
function ruleFinding({ bounce, subject }: Assessment): Finding[] {
  if (bounce === null) return [];
  return [finding(`bounce.${bounce.rule}`, { domain: subject.domain, enhancedCode: bounce.enhancedCode ?? "" })];
}

/** "SPF [d] with ip: [i] = did not pass", and it passes today: somebody mended it, or Gmail saw an older answer. */
function claimFindings({ bounce, subject, spf, indexOf }: Assessment): Finding[] {
  const claim = bounce?.claims.spf ?? null;
  if (claim === null || subject.sendingIp === null || spf.evaluation === null) return [];
  const claimedPass = /^pass(?:ed)?$/.test(claim.result);
  const passes = spf.evaluation.result === "pass";
  const certain = spf.evaluation.result !== "temperror";
  if (!certain || claimedPass === passes) return [];
  return [finding("bounce.claim-differs", { domain: spf.domain, ip: subject.sendingIp, claimed: claim.result, now: spf.evaluation.result }, [indexOf(spf.domain, "TXT")])];
}
