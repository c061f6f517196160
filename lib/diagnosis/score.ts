/** Scores from findings: `docs/scoring.md` in code. */

import type { Area } from "./finding-codes.ts";
import type { AREA_STATES, Finding, Report } from "./report.ts";

/** The most that a total can be, by what Gmail does with the mail. */
const CEILING = { refused: 39, "at-risk": 69, accepted: 100, unknown: 100 } as const satisfies Record<Report["verdict"]["outcome"], number>;

export interface Seen {
  readonly spf: boolean;
  readonly dkim: boolean;
  readonly dmarc: boolean;
}

/**
 * Each area starts at 100 and loses what its findings cost, never below 0; null where it could not be looked at.
 * The total is the mean of the areas seen, held under the ceiling of the outcome: nothing makes up for a refusal.
 */
export function score(findings: readonly Finding[], seen: Seen, outcome: Report["verdict"]["outcome"]): Report["scores"] {
  const areaScore = (area: Area) => Math.max(0, 100 - findings.filter((finding) => finding.area === area).reduce((lost, finding) => lost + finding.cost, 0));
  const spf = seen.spf ? areaScore("spf") : null;
  const dkim = seen.dkim ? areaScore("dkim") : null;
  const dmarc = seen.dmarc ? areaScore("dmarc") : null;
  const known = [spf, dkim, dmarc].filter((value) => value !== null);
  const mean = known.length === 0 ? 0 : Math.round(known.reduce((sum, value) => sum + value, 0) / known.length);
  return { total: Math.min(mean, CEILING[outcome]), spf, dkim, dmarc };
}

/** The worst thing found in an area, in one word; `score`: its own, undefined for an area that has none. What could not be looked at is not in order, whatever else is. */
export function areaState(area: Area, score: number | null | undefined, findings: readonly Pick<Finding, "area" | "severity">[]): (typeof AREA_STATES)[number] {
  if (score === null) return "unknown";
  const severities = new Set(findings.filter((finding) => finding.area === area).map(({ severity }) => severity));
  if (severities.has("critical")) return "critical";
  if (severities.has("warning")) return "warning";
  return severities.has("unknown") ? "unknown" : "pass";
}
