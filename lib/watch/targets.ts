/** What a watch waits for: the records that a report proposes, each with how it is recognised. */

import type { Fix, Report } from "../diagnosis/report.ts";

/**
 * - `spf`, `dmarc`: one record of that kind, and no second (RFC 7208 section 4.5, RFC 7489 section 6.6.3). - `key`: the one record of a DKIM name.
 * - `name`: a host's name among those that may stand there. - `gone`: today's records are to go. - `changed`: whatever comes in place of today's, for only a provider knows it.
 */
export type TargetKind = "spf" | "dmarc" | "key" | "name" | "gone" | "changed";

export interface Target {
  readonly kind: TargetKind;
  readonly name: string;
  readonly type: "TXT" | "CNAME" | "PTR" | "MX";
  /** Any of these will do; the first is the proposal. */
  readonly wanted: readonly string[];
  /** Today's records, which the change replaces. */
  readonly today: readonly string[];
  /** Another SPF record here is good too when it lets the refused sender pass. */
  readonly judged: boolean;
}

/** A report proposes two or three changes; the own-subdomain cure of many services a few more. */
const MOST_TARGETS = 6;

/** Of the cures; where there are none, of what is merely advised. Empty where nobody could see in DNS that something was done. */
export function targetsOf({ fixes }: Pick<Report, "fixes">): readonly Target[] {
  const cures = fixes.filter(({ advice }) => !advice);
  return (cures.length > 0 ? cures : fixes).flatMap(targetsOfFix).slice(0, MOST_TARGETS);
}

function targetsOfFix(fix: Fix): readonly Target[] {
  const { name, type, value, replaces, alternative } = fix;
  if (type === null) return [];
  const base = { name, type, today: replaces };
  if (value !== null) {
    const wanted = alternative === null ? [value] : [value, alternative.main.value];
    return [target(base, wanted)];
  }
  if (alternative !== null) {
    const moved = alternative.moves.map(({ record }) => ({ ...target({ name: record.name, type, today: [] }, [record.value]), judged: false }));
    return [...moved, target(base, [alternative.main.value])];
  }
  return [{ ...base, kind: fix.action === "ask-provider" ? "changed" : "gone", wanted: [], judged: false }];
}

function target(base: Pick<Target, "name" | "type" | "today">, wanted: readonly string[]): Target {
  const kind = kindOf(base, wanted[0] ?? "");
  return { ...base, kind, wanted, judged: kind === "spf" };
}

function kindOf({ name, type }: Pick<Target, "name" | "type">, value: string): TargetKind {
  if (type !== "TXT") return "name";
  if (/^v=spf1(?: |$)/i.test(value)) return "spf";
  return name.startsWith("_dmarc.") ? "dmarc" : "key";
}
