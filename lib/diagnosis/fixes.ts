/**
 * What to do about it: the records to publish, and whom to ask for what we cannot write.
 *
 * The cure of the verdict's cause comes first. What is worth mending besides is marked as advice, so that nobody takes it for
 * the cure. An SPF record is offered only as far as the verdict allows, and only proven.
 */

import { reverseName } from "../address/index.ts";
import { characterStrings } from "../dkim/index.ts";
import { correctDmarc } from "../dmarc/index.ts";
import type { Resolver } from "../dns/index.ts";
import type { Assessment } from "./assessment.ts";
import { seemsParked } from "./parked.ts";
import type { Finding, Fix } from "./report.ts";
import { spfFixes } from "./spf-fixes.ts";
import { DKIM_KEY_CAUSES, DMARC_RECORD_CAUSES, type Verdict } from "./verdict.ts";

/** `findings`: all that were judged; the verdict's own are not needed. */
export async function correct(assessment: Assessment, verdict: Verdict, findings: readonly Finding[], dns: Resolver): Promise<Fix[]> {
  // A mailbox provider's records are not the sender's to change.
  if (!assessment.domainExists || verdict.cause === "policy.from-gmail" || verdict.cause === "policy.from-free-mail") return [];
  const spf = await spfFixes(assessment, verdict, findings, dns);
  const fixes = [...spf, ...dmarcFixes(assessment, verdict), ...dkimFixes(assessment, verdict, findings), ...alignmentFixes(assessment, verdict), ...ptrFixes(assessment, verdict)];
  return [...fixes.filter((fix) => !fix.advice), ...fixes.filter((fix) => fix.advice)];
}

const NOTHING = { value: null, strings: [], replaces: [], assumptions: [], proof: null, changes: [], copiedFrom: [], alternative: null } satisfies Partial<Fix>;

const REJECTS_ALL = "v=DMARC1; p=reject";

/** DMARC is asked of bulk senders alone, so it is advice unless it is the cause; and no advice to those whose mail was refused for quite another thing. */
function dmarcFixes(assessment: Assessment, verdict: Verdict): Fix[] {
  const { dmarc } = assessment;
  const isCause = DMARC_RECORD_CAUSES.includes(verdict.cause);
  if (!isCause && verdict.cause.startsWith("bounce.") && verdict.cause !== "bounce.mended") return [];
  const { misplaced, alias } = dmarc.places;
  const correction = correctDmarc(dmarc.domain, dmarc.discovery, misplaced?.record ?? null);
  if (correction === null) return [];
  const { action, name, value, strings, replaces, reason } = correction;
  const assumptions: Fix["assumptions"] = [...correction.assumptions, ...(alias?.name === name ? (["name-is-alias"] as const) : [])];
  const finding = isCause ? verdict.cause : reason === "missing" ? "dmarc.missing" : reason === "several" ? "dmarc.multiple-records" : "dmarc.invalid";
  // A domain without senders has nothing to lose by the strictest policy.
  if (reason === "missing" && seemsParked(assessment)) return [{ ...NOTHING, finding, action, name, type: "TXT", value: REJECTS_ALL, strings: [REJECTS_ALL], assumptions: ["sends-no-mail"], advice: !isCause }];
  return [{ ...NOTHING, finding, action, name, type: "TXT", value, strings: [...strings], replaces: [...replaces], assumptions, advice: !isCause }];
}

/** A key has two halves, and only the mail server's owner has the other one: what is published already can be put right or moved, a key can't be made here. */
function dkimFixes({ dmarc, dkim }: Assessment, verdict: Verdict, findings: readonly Finding[]): Fix[] {
  const signs = verdict.cause === "dkim.missing-signature" || verdict.cause === "dkim.signature-broken";
  const signing: Fix[] = signs ? [{ ...NOTHING, finding: verdict.cause, action: "ask-provider", name: dmarc.domain, type: null, assumptions: ["ask-mail-provider"], advice: false }] : [];
  const keys = findings.filter(({ code, severity }) => DKIM_KEY_CAUSES.includes(code) && severity !== "info").map((found): Fix => {
    const name = String(found.params["name"]);
    const key = dkim.find((one) => one.name === name);
    // What stands there and is no key serves another purpose, or comes from a wildcard.
    const today = key === undefined || key.status === "missing" ? null : key.record;
    const ready = key === undefined || key.alias !== null ? null : (key.mended ?? key.misplaced?.record ?? null);
    if (key !== undefined && ready !== null) {
      const mended = key.mended !== null;
      const replaces = mended ? (key.reason === "split-over-records" ? [...key.records] : [key.record ?? ""]) : [];
      return { ...NOTHING, finding: found.code, action: mended ? "replace" : "create", name, type: "TXT", value: ready, strings: [...characterStrings(ready)], replaces, assumptions: [mended ? "key-mended" : "key-from-elsewhere"], advice: found.code !== verdict.cause };
    }
    return { ...NOTHING, finding: found.code, action: "ask-provider", name, type: "TXT", replaces: today === null ? [] : [today], assumptions: ["key-from-provider"], advice: found.code !== verdict.cause };
  });
  return [...signing, ...keys];
}

function alignmentFixes({ dmarc }: Assessment, verdict: Verdict): Fix[] {
  return verdict.cause === "dmarc.not-aligned" ? [{ ...NOTHING, finding: "dmarc.not-aligned", action: "ask-provider", name: dmarc.domain, type: null, assumptions: ["ask-mail-provider"], advice: false }] : [];
}

/** Reverse DNS belongs to whoever owns the address. The name to ask for is one that already leads to it. */
function ptrFixes({ ptr, mx, envelopeMx }: Assessment, verdict: Verdict): Fix[] {
  if (ptr === null || (ptr.status !== "missing" && ptr.status !== "unconfirmed")) return [];
  const finding = ptr.status === "missing" ? "transport.ptr-missing" : "transport.ptr-unconfirmed";
  const own = [...envelopeMx.hosts, ...mx.hosts].find(({ addresses }) => addresses.includes(ptr.ip));
  const value = own?.host ?? null;
  return [
    {
      ...NOTHING, finding, action: "ask-provider", name: reverseName(ptr.ip), type: "PTR", value, strings: value === null ? [] : [value], replaces: [...ptr.names], assumptions: ["ask-ip-owner"],
      advice: verdict.cause !== finding,
    },
  ];
}
