/** The hosts around the mail: how the sender greets, what is asked of those who send to the domain, and who answers for its zone. */

import type { Domain } from "../address/index.ts";
import type { Subject } from "../bounce/reading.ts";
import { type DiagnosisResolver, overlay, type Resolver } from "../dns/index.ts";
import { checkHost } from "../spf/index.ts";
import { lookUpHelo, lookUpMtaSts, lookUpTlsRpt } from "../transport/index.ts";
import type { Assessment } from "./assessment.ts";
import { delegatedOf, lookAtDelegation, spfVariants } from "./delegation.ts";
import type { Delegation, Step } from "./report.ts";

type Hosts = Pick<Assessment, "helo" | "mtaSts" | "tlsRpt" | "delegation" | "resultsByServer">;

/** `stored`: the delegation as a report holds it; then its servers are not asked again. Never rejects. */
export async function assessHosts(subject: Subject, envelope: Domain, stored: Delegation | null | undefined, dns: DiagnosisResolver<Step>): Promise<Hosts> {
  const scope = dns.scope("transport");
  const headerFrom = subject.headerFrom ?? subject.domain;
  const looked = stored === undefined ? lookAtDelegation(delegatedOf(subject.domain, envelope, headerFrom), dns.direct, scope) : Promise.resolve(stored);
  const [helo, mtaSts, tlsRpt, delegation, byServer] = await Promise.all([
    subject.helo === null ? null : lookUpHelo(subject.helo, subject.sendingIp, scope),
    lookUpMtaSts(subject.domain, scope),
    lookUpTlsRpt(subject.domain, scope),
    looked,
    looked.then((delegation) => resultsByServer(subject, envelope, delegation, scope)),
  ]);
  return { helo, mtaSts, tlsRpt, delegation, resultsByServer: byServer };
}

/** One result where all servers hold the same records is no news. */
async function resultsByServer({ sendingIp, helo }: Subject, domain: Domain, delegation: Delegation | null, dns: Resolver): Promise<Hosts["resultsByServer"]> {
  const variants = delegation?.domain === domain ? spfVariants(delegation) : [];
  if (sendingIp === null || variants.length < 2) return [];
  const evaluations = await Promise.all(variants.map((txt) => checkHost({ ip: sendingIp, mailFrom: `postmaster@${domain}`, helo: helo ?? domain }, overlay(dns, { name: domain, txt }))));
  return evaluations.map(({ result }) => result);
}
