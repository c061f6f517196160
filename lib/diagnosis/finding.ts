/** Makes a `Finding` from its code: area, severity, cost and reference come from the one table, the parameters are checked by type. */

import { FINDING_KINDS, type FINDING_PARAMS, type FindingCode, type RULE_PARAMS, type Severity } from "./finding-codes.ts";
import type { Finding } from "./report.ts";

type ParamName<C extends FindingCode> = C extends keyof typeof FINDING_PARAMS ? (typeof FINDING_PARAMS)[C][number] : (typeof RULE_PARAMS)[number];
export type FindingParams<C extends FindingCode> = Readonly<Record<ParamName<C>, string | number>>;

/** Where the same fact weighs less than the table says, e.g. a record over the limit that still passes the sender in question. */
interface Softer {
  readonly severity: Severity;
  readonly cost: number;
}

/** `evidence` holds indexes into the report's `dns.answers`; a null (never asked) is left out. */
export function finding<C extends FindingCode>(code: C, params: FindingParams<C>, evidence: readonly (number | null)[] = [], softer?: Softer): Finding {
  const kind = FINDING_KINDS[code];
  const known = [...new Set(evidence.filter((index) => index !== null))];
  return { code, area: kind.area, severity: softer?.severity ?? kind.severity, cost: softer?.cost ?? kind.cost, params: { ...params }, evidence: known, reference: kind.reference };
}

/** A look-up that failed, in the area that wanted it. Costs nothing: what was not seen is not a fault. */
export function unanswered(area: Finding["area"], params: FindingParams<"dns.unanswered">, evidence: readonly (number | null)[]): Finding {
  return { ...finding("dns.unanswered", params, evidence), area };
}
