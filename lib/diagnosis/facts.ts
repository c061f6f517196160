/**
 * What DNS said, area by area, in a few codes: told while other areas are still being asked for. A fact is what was seen and
 * nothing more; whether it is good or bad is judged when everything is in.
 */

import type { DkimKeyFinding } from "../dkim/index.ts";
import type { DmarcDiscovery } from "../dmarc/index.ts";
import { isUnanswered } from "../dns/resolver.ts";
import type { MxLookUp, PtrLookUp } from "../transport/index.ts";
import type { SpfAssessment } from "./assessment.ts";
import type { AreaFact } from "./report.ts";

export function spfFacts({ records, txtStatus, evaluation, tree }: Pick<SpfAssessment, "records" | "txtStatus" | "evaluation" | "tree">, ip: string | null): AreaFact[] {
  if (isUnanswered(txtStatus)) return [fact("spf-unanswered")];
  if (records.length === 0) return [fact("spf-none")];
  if (records.length > 1) return [fact("spf-several", { count: records.length })];
  const found = fact("spf-found", { lookups: tree.lookups });
  switch (evaluation?.result) {
    case "pass":
      return [found, fact("spf-allows", { ip: ip ?? "" })];
    case "fail":
    case "softfail":
    case "neutral":
      return [found, fact("spf-allows-not", { ip: ip ?? "" })];
    case "permerror":
      return [found, fact("spf-unusable")];
    case "temperror":
      return [found, fact("spf-part-unanswered")];
    case "none":
    case undefined:
      return [found];
  }
}

/** A key is found where a key record stands, also a withdrawn or broken one. */
export function dkimFacts(keys: readonly DkimKeyFinding[]): AreaFact[] {
  const found = keys.filter(({ status }) => status !== "missing" && status !== "unknown").length;
  if (found > 0) return [fact("dkim-keys", { count: found })];
  if (keys.some(({ status }) => status === "unknown")) return [fact("dkim-unanswered")];
  return [fact(keys.length === 0 ? "dkim-no-selector" : "dkim-none", { count: keys.length })];
}

export function dmarcFacts(discovery: DmarcDiscovery): AreaFact[] {
  if (discovery.status !== "found") return [fact(discovery.status === "none" ? "dmarc-none" : "dmarc-unanswered")];
  return [discovery.policy === null ? fact("dmarc-no-policy") : fact("dmarc-policy", { policy: discovery.policy })];
}

export function transportFacts(mx: MxLookUp, ptr: PtrLookUp | null): AreaFact[] {
  return [mxFact(mx), ...(ptr === null ? [] : [fact(`ptr-${ptr.status}`)])];
}

function mxFact(mx: MxLookUp): AreaFact {
  switch (mx.status) {
    case "mx":
    case "implicit":
      return fact("mx", { count: mx.hosts.length });
    case "null-mx":
      return fact("mx-null");
    case "none":
    case "no-domain":
      return fact("mx-none");
    case "unanswered":
      return fact("mx-unanswered");
  }
}

function fact(code: AreaFact["code"], params: AreaFact["params"] = {}): AreaFact {
  return { code, params };
}
