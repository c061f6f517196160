/** What a DMARC record that applies says beside its policy: for whom, how much of it, since which standard, and where reports go. */

import type { DmarcDiscovery, DmarcFault, DmarcPolicy } from "../../dmarc/index.ts";
import type { Assessment } from "../assessment.ts";
import { finding, unanswered } from "../finding.ts";
import type { Finding } from "../report.ts";

type Found = Extract<DmarcDiscovery, { status: "found" }>;

export function judgeDmarcTags({ dmarc: { discovery, permissions }, indexOf, servers }: Assessment): Finding[] {
  if (discovery.status !== "found" || discovery.policy === null) return [];
  const evidence = [indexOf(`_dmarc.${discovery.domain}`, "TXT")];
  const unpermitted = permissions.flatMap(({ host, name, status, failure }): Finding[] => {
    const asked = [...evidence, indexOf(name, "TXT")];
    if (status === "given") return [];
    if (status === "unanswered") return [unanswered("dmarc", { name, type: "TXT", status: failure ?? "timeout", server: servers.join(", ") }, [indexOf(name, "TXT")])];
    return [finding("dmarc.reports-unauthorised", { domain: discovery.domain, host, name }, asked)];
  });
  return [...strengthFindings(discovery, evidence), ...tagFindings(discovery, evidence), ...reportFindings(discovery, evidence), ...unpermitted];
}

/** A policy that reaches less mail than it seems to. */
function strengthFindings({ domain, record, policyAssumed }: Found, evidence: readonly (number | null)[]): Finding[] {
  if (policyAssumed) return [];
  const { p, sp, np, test, pct } = record;
  const findings: Finding[] = [];
  if (test) findings.push(finding("dmarc.testing", { domain, policy: p, effective: ONE_STEP_MILDER[p] }, evidence));
  if (pct < 100 && p !== "none") findings.push(finding("dmarc.partial", { domain, policy: p, percent: pct }, evidence));
  const weaker = ([["sp", sp], ["np", np]] as const).find(([, policy]) => policy !== null && STRENGTH[policy] < STRENGTH[p]);
  if (weaker !== undefined) findings.push(finding("dmarc.subdomains-weaker", { domain, policy: p, tag: weaker[0], subdomains: weaker[1] ?? "" }, evidence));
  return findings;
}

const STRENGTH: Readonly<Record<DmarcPolicy, number>> = { none: 0, quarantine: 1, reject: 2 };
/** RFC 9989 section 4.7: what `t=y` makes of a policy. */
const ONE_STEP_MILDER: Readonly<Record<DmarcPolicy, DmarcPolicy>> = { none: "none", quarantine: "none", reject: "quarantine" };

function tagFindings({ domain, text, faults }: Found, evidence: readonly (number | null)[]): Finding[] {
  const part = ({ at, length }: DmarcFault) => text.slice(at, at + length);
  const tags = (code: DmarcFault["code"]) => [...new Set(faults.filter((fault) => fault.code === code).map((fault) => part(fault).toLowerCase()))].join(", ");
  const ignored = faults.find(({ code, effect }) => effect === "tag-ignored" && code !== "bad-report-address");
  const [unknown, retired] = [tags("unknown-tag"), tags("retired-tag")];
  return [
    ...(ignored === undefined ? [] : [finding("dmarc.tag-ignored", { domain, term: part(ignored), reason: ignored.code }, evidence)]),
    ...(unknown === "" ? [] : [finding("dmarc.unknown-tags", { domain, tags: unknown }, evidence)]),
    ...(retired === "" ? [] : [finding("dmarc.retired-tags", { domain, tags: retired }, evidence)]),
  ];
}

/** RFC 7489 section 6.2: receivers need support no more than two. */
const ADDRESSES_SUPPORTED = 2;

function reportFindings({ domain, record: { rua }, faults }: Found, evidence: readonly (number | null)[]): Finding[] {
  if (rua.length > ADDRESSES_SUPPORTED) return [finding("dmarc.many-report-addresses", { domain, count: rua.length }, evidence)];
  const meant = faults.some(({ code, effect }) => code === "bad-report-address" || effect === "tag-ignored");
  return rua.length > 0 || meant ? [] : [finding("dmarc.no-reports", { domain }, evidence)];
}
