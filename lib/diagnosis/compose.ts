/** Puts what was worked out into the shape of the contract, and takes a stored report apart again for a re-check. */

import { organizationalDomain, parseDomain, parseIp, type Domain } from "../address/index.ts";
import type { MessageForm } from "../bounce/message-form.ts";
import type { ReadingNote, Subject } from "../bounce/reading.ts";
import { type AlignmentMode, dmarcPath, isAligned } from "../dmarc/index.ts";
import { type Answer, txtValue } from "../dns/resolver.ts";
import type { Assessment } from "./assessment.ts";
import type { DiagnosisContext } from "./diagnose.ts";
import { signatureVerified } from "./message.ts";
import type { Finding, Fix, Report, ReportBounce, ReportSubject } from "./report.ts";
import { senderRequirements } from "./requirements.ts";
import { score, type Seen } from "./score.ts";
import type { Verdict } from "./verdict.ts";

interface Parts {
  readonly assessment: Assessment;
  readonly bounce: ReportBounce | null;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly fixes: readonly Fix[];
  readonly answers: readonly Answer[];
  readonly elapsedMs: number;
  readonly context: DiagnosisContext;
}

export function composeReport({ assessment, bounce, verdict, findings, fixes, answers, elapsedMs, context }: Parts): Report {
  const { subject, spf, dkim, mx, ptr } = assessment;
  const seen = seenIn(assessment, findings);
  return {
    schemaVersion: 1,
    id: context.id,
    url: context.url,
    createdAt: context.now.toISOString(),
    expiresAt: context.expiresAt?.toISOString() ?? null,
    previous: null,
    subject: reportSubject(subject),
    bounce,
    verdict: { outcome: verdict.outcome, cause: verdict.cause },
    scores: score(findings, seen, verdict.outcome),
    findings: [...findings],
    fixes: [...fixes],
    spf: seen.spf
      ? { result: spf.evaluation?.result ?? null, record: spf.records.length === 1 ? (spf.records[0] ?? null) : null, lookups: spf.tree.lookups, voidLookups: spf.tree.voidLookups, tree: spf.tree }
      : null,
    dkim: dkim.map(({ domain, selector, status, keyType, bits, source }) => ({ domain, selector, status, keyType, bits, verified: signatureVerified(assessment.message, { domain, selector }) ?? null, source })),
    dmarc: dmarcOf(assessment),
    transport: {
      mx: mx.hosts.map(({ host, preference, addresses }) => ({ host, preference, addresses: [...addresses] })),
      ptr: ptr === null || ptr.status === "unanswered" ? null : { names: [...ptr.names], confirmed: ptr.confirmed },
      ...policiesOf(assessment),
    },
    delegation: assessment.delegation,
    dns: {
      queries: answers.filter((answer) => answer.status !== "not-asked").length,
      elapsedMs: Math.round(elapsedMs),
      servers: [...assessment.servers],
      answers: answers.map((answer) => ({ name: answer.name, type: answer.type, status: answer.status, records: recordTexts(answer), ms: Math.round(answer.ms) })),
    },
    requirements: senderRequirements(assessment),
    messageForm: messageFormOf(assessment.form),
    dmarcPath: pathOf(assessment, findings, fixes),
    testMail: null,
    changed: null,
  };
}

/** Which areas could be looked at, by what was answered. */
export function seenIn({ spf, dmarc }: Assessment, findings: readonly Finding[]): Seen {
  return {
    spf: spf.txtStatus === "ok" || spf.txtStatus === "no-data" || spf.txtStatus === "no-name",
    dkim: findings.some((one) => one.area === "dkim" && one.severity !== "unknown"),
    dmarc: dmarc.discovery.status !== "unanswered",
  };
}

function policiesOf({ helo, mtaSts, tlsRpt }: Assessment): Pick<Report["transport"], "helo" | "mtaSts" | "tlsRpt"> {
  return {
    helo: helo === null ? null : { name: helo.helo, status: helo.status, matches: helo.status === "ok" ? helo.matches : null },
    mtaSts: { name: mtaSts.name, status: mtaSts.status, record: mtaSts.status === "valid" ? mtaSts.text : null, host: mtaSts.status === "valid" ? { name: mtaSts.host.name, addresses: [...mtaSts.host.addresses] } : null },
    tlsRpt: { name: tlsRpt.name, status: tlsRpt.status, record: tlsRpt.status === "valid" ? tlsRpt.text : null },
  };
}

export function reportSubject(subject: Subject): ReportSubject {
  return {
    kind: subject.kind,
    domain: subject.domain,
    organizationalDomain: organizationalDomain(subject.domain),
    sendingIp: subject.sendingIp,
    sendingIpFrom: subject.sendingIpFrom,
    mailFrom: subject.mailFrom,
    headerFrom: subject.headerFrom,
    helo: subject.helo,
    dkim: [...subject.dkim],
    selectors: [...subject.selectors],
    headersSeen: subject.headersSeen,
    relays: [...subject.relays],
  };
}

/** The `Subject` that a stored report was made of. Stored names were read by the same parsers: what no longer reads is left out. */
export function subjectOf(report: Report): Subject {
  const { subject } = report;
  const own = parseDomain(subject.domain);
  if (!own.ok) throw new TypeError(`report ${report.id.slice(0, 6)}… is about "${subject.domain}", which is no domain`);
  const domain = (text: string | null): Domain | null => {
    const parsed = text === null ? null : parseDomain(text);
    return parsed?.ok === true ? parsed.domain : null;
  };
  return {
    kind: subject.kind,
    domain: own.domain,
    sendingIp: subject.sendingIp === null ? null : parseIp(subject.sendingIp),
    sendingIpFrom: subject.sendingIpFrom,
    mailFrom: domain(subject.mailFrom),
    headerFrom: domain(subject.headerFrom),
    helo: subject.helo,
    dkim: subject.dkim.flatMap(({ domain: signer, selector }) => {
      const parsed = domain(signer);
      return parsed === null ? [] : [{ domain: parsed, selector }];
    }),
    selectors: subject.selectors,
    headersSeen: subject.headersSeen,
    relays: subject.relays.map((relay) => ({ ...relay, ip: relay.ip === null ? null : parseIp(relay.ip) })),
  };
}

/** What was noticed on reading, from the findings that told it. */
export function noted(report: Report): ReadingNote[] {
  return report.findings.flatMap(({ code, params }): ReadingNote[] => {
    const list = (value: string | number | undefined) => String(value ?? "").split(", ").filter((entry) => entry !== "");
    switch (code) {
      case "bounce.several-domains":
        return [{ code: "several-domains", domain: String(params["domain"]), others: list(params["others"]), reason: severalDomainsReason(params["reason"]) }];
      case "bounce.several-addresses":
        return [{ code: "several-addresses", ip: String(params["ip"]), others: list(params["others"]) }];
      case "bounce.several-bounces":
        return [{ code: "several-bounces", count: Number(params["count"]) }];
      case "bounce.not-gmail":
        return [{ code: "not-gmail", reporter: String(params["reporter"]) || null }];
      case "bounce.contradiction":
        return [{ code: "contradiction", field: params["field"] === "header-from" ? "header-from" : "mail-from", values: list(params["values"]) }];
      case "bounce.ip-overridden":
        return [{ code: "ip-overridden", ip: String(params["ip"]), bounceIp: String(params["bounceIp"]) }];
      default:
        return [];
    }
  });
}

const SEVERAL_DOMAINS_REASONS = ["spf-rule", "dmarc-rule", "header-first", "envelope", "helo", "user"] as const;

function severalDomainsReason(value: string | number | undefined): (typeof SEVERAL_DOMAINS_REASONS)[number] {
  return SEVERAL_DOMAINS_REASONS.find((reason) => reason === value) ?? "header-first";
}

function dmarcOf({ subject, dmarc: { domain, discovery, alignment, orgOf } }: Assessment): Report["dmarc"] {
  if (discovery.status === "unanswered") return null;
  const found = discovery.status === "found" ? discovery : null;
  const pair = (other: Domain, mode: AlignmentMode) => ({ domain: other, organizationalDomain: orgOf(other), mode, aligned: isAligned(other, domain, mode, orgOf), wouldRelaxed: isAligned(other, domain, "r", orgOf) });
  const held = {
    spf: subject.mailFrom === null ? null : pair(subject.mailFrom, found?.record.aspf ?? "r"),
    dkim: [...new Set(subject.dkim.map((signature) => signature.domain))].map((signer) => pair(signer, found?.record.adkim ?? "r")),
    organizationalDomain: orgOf(domain),
  };
  return { domain: found?.domain ?? domain, record: found?.text ?? null, policy: found?.policy ?? null, spfAligned: alignment.spfAligned, dkimAligned: alignment.dkimAligned, result: alignment.result, alignment: held };
}

function messageFormOf(form: MessageForm | null): Report["messageForm"] {
  return form === null ? null : { ...form, faults: [...form.faults] };
}

/** Where another record is offered for the same name, that one is to be published first. A mailbox provider's policy is not its users' to change. */
function pathOf({ domainExists, dmarc: { domain, discovery } }: Assessment, findings: readonly Finding[], fixes: readonly Fix[]): Report["dmarcPath"] {
  const path = domainExists && !findings.some(({ code }) => code === "policy.from-gmail" || code === "policy.from-free-mail") ? dmarcPath(domain, discovery) : null;
  if (path === null || fixes.some((fix) => fix.name === path.name)) return null;
  const { next } = path;
  return { ...path, next: next === null ? null : { ...next, strings: [...next.strings], conditions: [...next.conditions] } };
}

/** Records as a zone file or `dig +short` would show them, TXT joined. */
function recordTexts(answer: Answer): string[] {
  return answer.records.map((record) => {
    if (typeof record === "string") return record;
    if ("exchange" in record) return `${record.preference} ${record.exchange === "" ? "." : record.exchange}`;
    if ("nsname" in record) return `${record.nsname} ${record.hostmaster} ${record.serial} ${record.refresh} ${record.retry} ${record.expire} ${record.minttl}`;
    return txtValue(record);
  });
}
