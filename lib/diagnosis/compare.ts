/** What is different between a report and the one before it, for "Check again". */

import { isUnanswered } from "../dns/resolver.ts";
import type { Report } from "./report.ts";

type Changed = NonNullable<Report["changed"]>;

/** Findings that matter (not "pass"), by code, gone and come; and the DNS answers that differ. A look-up that failed in either report shows no difference: nothing is known of it. */
export function changedSince(previous: Report, current: Pick<Report, "findings" | "dns">): Changed {
  const codes = (findings: Report["findings"]) => new Set(findings.filter((finding) => finding.severity !== "pass").map((finding) => finding.code));
  const before = codes(previous.findings);
  const after = codes(current.findings);
  return {
    outcomeBefore: previous.verdict.outcome,
    causeBefore: previous.verdict.cause,
    gone: [...before].filter((code) => !after.has(code)),
    come: [...after].filter((code) => !before.has(code)),
    records: changedRecords(previous.dns.answers, current.dns.answers),
  };
}

function changedRecords(before: Report["dns"]["answers"], after: Report["dns"]["answers"]): Changed["records"] {
  const key = (answer: { name: string; type: string }) => `${answer.type} ${answer.name.toLowerCase()}`;
  const earlier = new Map(before.filter((answer) => !isUnanswered(answer.status)).map((answer) => [key(answer), answer]));
  return after.flatMap((answer) => {
    const was = earlier.get(key(answer));
    if (was === undefined || isUnanswered(answer.status) || sameRecords(was.records, answer.records)) return [];
    return [{ name: answer.name, type: answer.type, before: was.records, after: answer.records }];
  });
}

/** Name servers rotate the order of a record set: it says nothing. */
function sameRecords(before: readonly string[], after: readonly string[]): boolean {
  return before.toSorted().join("\n") === after.toSorted().join("\n");
}
