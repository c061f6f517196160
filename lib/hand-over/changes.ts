/** The fixes of a report as changes to sets of TXT records: what comes, what goes, and what must stay beside it. */

import type { Report } from "../diagnosis/report.ts";

export interface TxtChange {
  /** Whole, without a final dot. */
  readonly name: string;
  /** The zone's own name for it: "" for the zone itself; null where it is in another zone. */
  readonly relative: string | null;
  /** The records to publish, each as its character-strings of 255 octets at most. */
  readonly set: readonly (readonly string[])[];
  /** Today's records that must go, each its strings joined. */
  readonly remove: readonly string[];
  /** Today's other TXT records at the name. A tool that writes all of them at once must write these as well. Null: they could not be seen. */
  readonly keep: readonly string[] | null;
  /** Seconds. */
  readonly ttl: number;
  /** None of it cures the refusal. */
  readonly advice: boolean;
}

/** Where the zone has none to go by: an hour, as most panels propose. */
const USUAL_TTL = 3600;

/** In the order of the report. Requests to others and records that are not TXT are no changes to a zone of the reader's, and are left out. */
export function txtChanges(report: Pick<Report, "fixes" | "dns" | "delegation">, zone: string): readonly TxtChange[] {
  const fixes = report.fixes.filter(({ type, action, value }) => type === "TXT" && action !== "ask-provider" && (value !== null || action === "delete"));
  return [...new Set(fixes.map(({ name }) => name))].map((name) => {
    const own = fixes.filter((fix) => fix.name === name);
    const remove = own.flatMap(({ replaces }) => replaces);
    return {
      name,
      relative: relativeTo(zone, name),
      set: own.flatMap(({ value, strings }) => (value === null ? [] : [strings])),
      remove,
      // Of an alias DNS shows what stands at its target.
      keep: own.some(({ assumptions }) => assumptions.includes("name-is-alias")) ? null : without(publishedAt(report, name), remove),
      ttl: report.delegation?.ttls.find((one) => one.name === name)?.seconds ?? USUAL_TTL,
      advice: own.every(({ advice }) => advice),
    };
  });
}

/** Null where the name was not asked for, or gave no answer. */
function publishedAt({ dns }: Pick<Report, "dns">, name: string): readonly string[] | null {
  const answer = dns.answers.find((one) => one.type === "TXT" && one.name === name);
  if (answer === undefined) return null;
  if (answer.status === "ok") return answer.records;
  return answer.status === "no-name" || answer.status === "no-data" ? [] : null;
}

/** Two equal records are two: each that goes takes one along. */
function without(records: readonly string[] | null, gone: readonly string[]): readonly string[] | null {
  if (records === null) return null;
  const left = [...records];
  for (const record of gone) {
    const at = left.indexOf(record);
    if (at !== -1) left.splice(at, 1);
  }
  return left;
}

function relativeTo(zone: string, name: string): string | null {
  if (name === zone) return "";
  return zone !== "" && name.endsWith(`.${zone}`) ? name.slice(0, -zone.length - 1) : null;
}
