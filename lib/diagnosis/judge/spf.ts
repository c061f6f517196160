/** What today's SPF record says, and what is wrong with it. */

import { isUnanswered } from "../../dns/resolver.ts";
import type { SpfNode, SpfProblem } from "../../spf/types.ts";
import { parseSpfRecord } from "../../spf/index.ts";
import type { Assessment } from "../assessment.ts";
import { finding, unanswered } from "../finding.ts";
import type { Finding } from "../report.ts";
import { insteadOfRecord } from "./spf-places.ts";
import { isEverybody, isWide, letsEverybodyPass, nodesOf, termsOf } from "./spf-tree.ts";

/** Advice is to keep a record within what fits one UDP answer of 512 octets with its name and header. RFC 7208 section 3.4 */
const LONG_RECORD_OCTETS = 450;
const LOOKUP_LIMIT = 10;
const VOID_LOOKUP_LIMIT = 2;
/** From here on the next include that a provider adds breaks the record. */
const NEAR_LOOKUP_LIMIT = 9;
/** The fault of the record's own is weighed softly while the sender in question passes all the same. */
const SOFT = { severity: "warning", cost: 30 } as const;

export function judgeSpf(assessment: Assessment): Finding[] {
  const { spf } = assessment;
  const evidence = [assessment.indexOf(spf.domain, "TXT")];
  if (isUnanswered(spf.txtStatus)) return [unanswered("spf", { name: spf.domain, type: "TXT", status: spf.txtStatus, server: assessment.servers.join(", ") }, evidence)];
  const result = resultFindings(assessment);
  const record = recordFindings(assessment);
  // The evaluation and the record often name the same fault: it is told, and charged, once.
  const told = new Set(result.map((one) => one.code));
  return [...result, ...record.filter((one) => !told.has(one.code))];
}

/** What `checkHost` gave for the sender in question. */
function resultFindings(assessment: Assessment): Finding[] {
  const { spf, subject, indexOf, servers } = assessment;
  const evidence = [indexOf(spf.domain, "TXT")];
  const evaluation = spf.evaluation;
  const ip = subject.sendingIp;
  if (evaluation === null || ip === null) return [];
  switch (evaluation.result) {
    case "pass":
      return [finding("spf.pass", { domain: spf.domain, ip, mechanism: evaluation.mechanism ?? "" }, evidence)];
    case "fail":
    case "softfail":
    case "neutral": {
      const refused = finding("spf.not-authorised", { domain: spf.domain, ip, result: evaluation.result }, evidence);
      const { stranger } = assessment;
      return stranger.stranger ? [refused, finding("spf.stranger", { domain: spf.domain, ip, name: stranger.name }, evidence)] : [refused];
    }
    case "none":
      return [];
    case "permerror":
    case "temperror":
      return evaluation.problem === null ? [] : problemFindings(evaluation.problem, spf.domain, spf.tree, indexOf, servers);
  }
}

/** The closed set of evaluation problems, as findings. */
function problemFindings(problem: SpfProblem, domain: string, tree: SpfNode, indexOf: Assessment["indexOf"], servers: readonly string[]): Finding[] {
  const evidence = [indexOf(domain, "TXT"), indexOf(problem.domain, "TXT")];
  const nested = problem.domain.toLowerCase() !== domain.toLowerCase();
  switch (problem.code) {
    case "no-record":
      return [];
    case "malformed-domain":
    case "include-without-record":
    case "redirect-without-record":
      return [finding("spf.include-missing", { domain, target: problem.domain }, evidence)];
    case "multiple-records":
    case "syntax":
      return nested ? [finding("spf.include-broken", { domain, target: problem.domain }, evidence)] : [];
    case "loop":
      return [finding("spf.include-loop", { domain, term: problem.term }, evidence)];
    case "too-many-lookups": {
      const loop = nodesOf(tree).find(({ node }) => node.status === "loop");
      if (loop !== undefined) return [finding("spf.include-loop", { domain, term: loop.by?.text ?? problem.term }, evidence)];
      return [finding("spf.too-many-lookups", { domain, lookups: Math.max(tree.lookups, LOOKUP_LIMIT + 1), term: problem.term }, evidence)];
    }
    case "too-many-void-lookups":
      return [finding("spf.too-many-void-lookups", { domain, voidLookups: Math.max(tree.voidLookups, VOID_LOOKUP_LIMIT + 1), term: problem.term }, evidence)];
    case "too-many-mx":
      return [finding("spf.too-many-mx", { domain, term: problem.term }, evidence)];
    case "unanswered":
      return [unanswered("spf", { name: problem.domain, type: problem.type, status: problem.status, server: servers.join(", ") }, evidence)];
  }
}

/** What the record says whoever sends. */
function recordFindings(assessment: Assessment): Finding[] {
  const { spf, subject, indexOf } = assessment;
  const { domain, records, tree } = spf;
  const evidence = [indexOf(domain, "TXT")];
  const [record] = records;
  if (record === undefined) {
    const inherited = spf.parentWithRecord === null ? [] : [finding("spf.not-inherited", { domain, parent: spf.parentWithRecord }, [...evidence, indexOf(spf.parentWithRecord, "TXT")])];
    return [finding("spf.missing", { domain, reason: insteadOfRecord(assessment) }, evidence), ...inherited];
  }
  if (records.length > 1) return [finding("spf.multiple-records", { domain, count: records.length }, evidence)];

  const parsed = parseSpfRecord(record);
  if (!parsed.ok) {
    return parsed.errors.slice(0, 5).map((error, index) =>
      // One fault already voids the record: the others are told, not charged again.
      finding("spf.syntax", { domain, term: error.term, error: error.code, position: error.at + 1 }, evidence, index === 0 ? undefined : { severity: "critical", cost: 0 }),
    );
  }
  const passes = spf.evaluation?.result === "pass";
  const faults = [...treeFaults(assessment, passes), ...styleFindings(domain, record, tree, evidence)];
  const usable = subject.sendingIp === null && !letsEverybodyPass(tree) && !faults.some((one) => one.severity === "critical");
  return usable ? [finding("spf.published", { domain, lookups: tree.lookups }, evidence), ...faults] : faults;
}

/** Includes that lead nowhere, loops, and the processing limits, seen on the whole record unfolded. RFC 7208 section 4.6.4 */
function treeFaults(assessment: Assessment, passes: boolean): Finding[] {
  const { indexOf, statusOf, servers } = assessment;
  const { domain, tree } = assessment.spf;
  const softer = passes ? SOFT : undefined;
  const nested = nodesOf(tree).flatMap(({ node, by }): Finding[] => {
    if (by === null || by.status === "unused") return [];
    const evidence = [indexOf(domain, "TXT"), indexOf(node.domain, "TXT")];
    switch (node.status) {
      case "none":
        return [finding("spf.include-missing", { domain, target: node.domain }, evidence, softer)];
      case "multiple-records":
      case "syntax":
        return [finding("spf.include-broken", { domain, target: node.domain }, evidence, softer)];
      case "loop":
        return [finding("spf.include-loop", { domain, term: by.text }, evidence, softer)];
      case "unanswered":
        return [unanswered("spf", { name: node.domain, type: "TXT", status: statusOf(node.domain, "TXT") ?? "timeout", server: servers.join(", ") }, evidence)];
      case "ok":
      case "macro":
      case "too-deep":
        return [];
    }
  });
  // A loop counts for ever, and a dead include is void: the limit is then the symptom, not the fault.
  const looping = nested.some((one) => one.code === "spf.include-loop");
  const evidence = [indexOf(domain, "TXT")];
  const overLookups = tree.lookups > LOOKUP_LIMIT && !looping ? [finding("spf.too-many-lookups", { domain, lookups: tree.lookups, term: limitTerm(tree) }, evidence, softer)] : [];
  const overVoid = tree.voidLookups > VOID_LOOKUP_LIMIT && !looping ? [finding("spf.too-many-void-lookups", { domain, voidLookups: tree.voidLookups, term: limitTerm(tree) }, evidence, softer)] : [];
  const near = tree.lookups >= NEAR_LOOKUP_LIMIT && tree.lookups <= LOOKUP_LIMIT ? [finding("spf.near-lookup-limit", { domain, lookups: tree.lookups }, evidence)] : [];
  const someVoid = tree.voidLookups > 0 && tree.voidLookups <= VOID_LOOKUP_LIMIT ? [finding("spf.void-lookups", { domain, voidLookups: tree.voidLookups }, evidence)] : [];
  return [...nested, ...overLookups, ...overVoid, ...near, ...someVoid];
}

/** What is legal and unwise in the record's own terms. */
function styleFindings(domain: string, record: string, tree: SpfNode, evidence: readonly (number | null)[]): Finding[] {
  const found: Finding[] = [];
  const all = tree.terms.find((term) => term.kind === "all");
  const redirect = tree.terms.some((term) => term.kind === "redirect");
  const open = all?.qualifier === "+" ? all : tree.terms.find((term) => term.qualifier === "+" && term.networks.some(isEverybody));
  if (open !== undefined) found.push(finding("spf.passes-all", { domain, term: open.text }, evidence));
  if (all?.qualifier === "?") found.push(finding("spf.neutral-all", { domain }, evidence));
  if (all === undefined && !redirect) found.push(finding("spf.no-all", { domain }, evidence));
  const after = all === undefined ? undefined : tree.terms.find((term) => term.at > all.at && term.qualifier !== null);
  if (after !== undefined) found.push(finding("spf.after-all", { domain, term: after.text }, evidence));
  const ptr = tree.terms.find((term) => term.kind === "ptr");
  if (ptr !== undefined) found.push(finding("spf.ptr", { domain, term: ptr.text }, evidence));
  const wide = tree.terms.find((term) => term.qualifier === "+" && term.kind !== "all" && term.networks.some((network) => isWide(network) && !isEverybody(network)));
  if (wide !== undefined) found.push(finding("spf.wide", { domain, term: wide.text }, evidence));
  const octets = Buffer.byteLength(record);
  if (octets > LONG_RECORD_OCTETS) found.push(finding("spf.long-record", { domain, octets }, evidence));
  if (tree.terms.length === 1 && all?.qualifier === "-") found.push(finding("spf.no-mail-record", { domain }, evidence));
  return found;
}

function limitTerm(tree: SpfNode): string {
  return termsOf(tree).find((term) => term.overLimit)?.text ?? "";
}
