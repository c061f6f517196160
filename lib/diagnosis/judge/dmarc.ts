/** The header domain's DMARC record, and whether what SPF and DKIM prove is about that domain. */

import { organizationalDomain, parseDomain } from "../../address/index.ts";
import { type DmarcDiscovery, type DmarcSite, isAligned } from "../../dmarc/index.ts";
import type { Assessment } from "../assessment.ts";
import { finding, unanswered } from "../finding.ts";
import { signaturePasses } from "../message.ts";
import type { Finding } from "../report.ts";
import { judgeDmarcTags } from "./dmarc-tags.ts";
import { judgeDmarcTraps } from "./dmarc-traps.ts";

export function judgeDmarc(assessment: Assessment): Finding[] {
  return [...recordFindings(assessment), ...judgeDmarcTags(assessment), ...placeFindings(assessment), ...alignmentFindings(assessment), ...judgeDmarcTraps(assessment)];
}

function recordFindings({ dmarc: { domain, discovery }, indexOf, servers }: Assessment): Finding[] {
  const at = (name: string) => indexOf(`_dmarc.${name}`, "TXT");
  switch (discovery.status) {
    case "unanswered":
      return [unanswered("dmarc", { name: discovery.name, type: "TXT", status: discovery.failure, server: servers.join(", ") }, [indexOf(discovery.name, "TXT")])];
    case "none":
      return [noRecord(domain, discovery.sites, discovery.organizationalDomain, at), ...differing(domain, discovery, at)];
    case "found":
      return [...publishedFindings(domain, discovery, at), ...differing(domain, discovery, at)];
  }
}

/** RFC 7489 section 6.1: receivers ask at `_dmarc` and nowhere else; whatever stands behind an alias there is the alias's owner's. */
function placeFindings({ dmarc: { domain, places: { misplaced, alias } }, indexOf }: Assessment): Finding[] {
  const name = `_dmarc.${domain}`;
  const evidence = [indexOf(name, "TXT")];
  const stray = misplaced === null ? [] : [finding("dmarc.misplaced", { domain, name, at: misplaced.name, reason: misplaced.place }, [indexOf(misplaced.name, "TXT"), ...evidence])];
  if (alias === null) return stray;
  const { target, dangling } = alias;
  const told = [indexOf(name, "CNAME"), ...evidence];
  const parsed = parseDomain(target);
  const owner = parsed.ok ? organizationalDomain(parsed.domain) : target;
  return [...stray, dangling ? finding("dmarc.alias-dangling", { domain, name, target, owner }, told) : finding("dmarc.alias", { domain, name, target, owner }, told)];
}

/** Several records count as none (RFC 9989 section 4.10), and a damaged one does too: both were meant, so both are told before "missing". */
function noRecord(domain: string, sites: readonly DmarcSite[], organization: string, at: (name: string) => number | null): Finding {
  const places = [domain, organization].flatMap((name) => sites.find((site) => site.domain === name) ?? []);
  const evidence = places.map((site) => at(site.domain));
  const several = places.find((site) => site.records.length > 1);
  if (several !== undefined) return finding("dmarc.multiple-records", { domain: several.domain, count: several.records.length }, evidence);
  const malformed = places.find((site) => site.malformed.length > 0);
  if (malformed !== undefined) return finding("dmarc.invalid", { domain: malformed.domain, reason: malformed.malformed[0]?.faults[0]?.code ?? "syntax" }, evidence);
  return finding("dmarc.missing", { domain }, evidence);
}

function publishedFindings(domain: string, discovery: Extract<DmarcDiscovery, { status: "found" }>, at: (name: string) => number | null): Finding[] {
  const evidence = [at(discovery.domain)];
  const inherited = discovery.inherited ? [finding("dmarc.inherited", { domain, parent: discovery.domain, policy: discovery.policy ?? "none" }, evidence)] : [];
  if (discovery.policy === null) return [finding("dmarc.no-policy", { domain: discovery.domain }, evidence), ...inherited];
  const fault = discovery.faults.find(({ effect }) => effect === "policy-ignored" || effect === "record-ignored");
  const invalid = fault === undefined && !discovery.policyAssumed ? [] : [finding("dmarc.invalid", { domain: discovery.domain, reason: fault?.code ?? "bad-policy" }, evidence)];
  const policy = discovery.policy === "none" ? finding("dmarc.policy-none", { domain: discovery.domain }, evidence) : finding("dmarc.policy", { domain: discovery.domain, policy: discovery.policy }, evidence);
  const address = discovery.faults.find(({ code }) => code === "bad-report-address");
  const reports = address === undefined ? [] : [finding("dmarc.report-address", { domain: discovery.domain, address: discovery.text.slice(address.at, address.at + address.length) }, evidence)];
  return [...invalid, ...(invalid.length > 0 ? [] : [policy]), ...inherited, ...reports];
}

function differing(domain: string, { differs }: DmarcDiscovery, at: (name: string) => number | null): Finding[] {
  if (differs === null) return [];
  return [finding("dmarc.discovery-differs", { domain, walk: differs.walk ?? "–", list: differs.list ?? "–" }, [differs.walk, differs.list].map((name) => (name === null ? null : at(name))))];
}

/** A domain alone has no message whose alignment could be told. */
function alignmentFindings(assessment: Assessment): Finding[] {
  const { subject, spf, dmarc } = assessment;
  if (subject.kind === "domain") return [];
  const { alignment } = dmarc;
  if (alignment.result === "pass") {
    const bySpf = alignment.spfAligned === true && spf.evaluation?.result === "pass";
    const signer = bySpf ? undefined : subject.dkim.find((one) => signaturePasses(assessment.message, one) === true && isAligned(one.domain, dmarc.domain, "r", dmarc.orgOf));
    return [finding("dmarc.aligned", { headerFrom: dmarc.domain, by: signer === undefined ? "spf" : "dkim", domain: signer?.domain ?? spf.domain })];
  }
  const neither = alignment.spfAligned === false && alignment.dkimAligned !== true;
  return (alignment.result === "fail" && neither) || refusedForAlignment(assessment) ? [notAligned(assessment)] : [];
}

/** Gmail said so, and neither an SPF pass of today nor a fault of the SPF record explains it. */
function refusedForAlignment({ bounce, spf, dmarc: { alignment } }: Assessment): boolean {
  if (bounce?.rule !== "dmarc-policy" && bounce?.rule !== "not-aligned") return false;
  if (alignment.dkimAligned === true) return false;
  if (!alignment.spfWouldAlign) return !spf.envelopeAssumed || spf.evaluation?.result === "pass";
  return false;
}

/** Also for a verdict that finds no other cause. */
export function notAligned({ subject, dmarc: { domain, discovery, alignment }, indexOf }: Assessment): Finding {
  const policy = discovery.status === "found" ? (discovery.policy ?? "none") : "none";
  const signers = [...new Set(subject.dkim.map((signature) => signature.domain))].join(", ");
  return finding("dmarc.not-aligned", { headerFrom: domain, mailFrom: subject.mailFrom ?? "", dkimDomains: signers, policy, nearer: alignment.nearer ?? "" }, [indexOf(`_dmarc.${discovery.status === "found" ? discovery.domain : domain}`, "TXT")]);
}
