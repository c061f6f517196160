/** Puts what was worked out into the shape of the contract, and takes a stored report apart again for a re-check. */

import { organizationalDomain, parseDomain, parseIp, type Domain } from "../address/index.ts";
import type { ReadingNote, Subject } from "../bounce/reading.ts";
import { type Answer, txtValue } from "../dns/resolver.ts";
import type { Assessment } from "./assessment.ts";
import type { DiagnosisContext } from "./diagnose.ts";
import type { Finding, Fix, Report, ReportBounce, ReportSubject } from "./report.ts";
import { score } from "./score.ts";
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
  const { subject, spf, dkim, dmarc, mx, ptr } = assessment;
  const seen = {
    spf: spf.txtStatus === "ok" || spf.txtStatus === "no-data" || spf.txtStatus === "no-name",
    dkim: findings.some((one) => one.area === "dkim" && one.severity !== "unknown"),
    dmarc: dmarc.discovery.status !== "unanswered",
  };
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
    dkim: dkim.map(({ domain, selector, status, keyType, bits, source }) => ({ domain, selector, status, keyType, bits, verified: null, source })),
    dmarc: dmarcOf(dmarc),
    transport: {
      mx: mx.hosts.map(({ host, preference, addresses }) => ({ host, preference, addresses: [...addresses] })),
      ptr: ptr === null || ptr.status === "unanswered" ? null : { names: [...ptr.names], confirmed: ptr.confirmed },
    },
    dns: {
      queries: answers.filter((answer) => answer.status !== "not-asked").length,
      elapsedMs: Math.round(elapsedMs),
      servers: [...assessment.servers],
      answers: answers.map((answer) => ({ name: answer.name, type: answer.type, status: answer.status, records: recordTexts(answer), ms: Math.round(answer.ms) })),
    },
    changed: null,
  };
}

export function reportSubject(subject: Subject): ReportSubject {
  return {
    kind: subject.kind,
    domain: subject.domain,
    organizationalDomain: organizationalDomain(subject.domain),
    sendingIp: subject.sendingIp,
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

function dmarcOf({ domain, discovery, alignment }: Assessment["dmarc"]): Report["dmarc"] {
  if (discovery.status === "unanswered") return null;
  const found = discovery.status === "found" ? discovery : null;
  return { domain: found?.domain ?? domain, record: found?.text ?? null, policy: found?.policy ?? null, spfAligned: alignment.spfAligned, dkimAligned: alignment.dkimAligned, result: alignment.result };
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
