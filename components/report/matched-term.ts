/** Which term of today's record decided about the sender, where the report tells it for certain. */

import type { Report } from "../../lib/diagnosis/report.ts";
import type { Qualifier, SpfTermNode } from "../../lib/spf/types.ts";

const QUALIFIERS: Readonly<Record<string, Qualifier>> = { fail: "-", softfail: "~", neutral: "?" };

export function matchedTerm({ spf, findings }: Pick<Report, "spf" | "findings">): SpfTermNode | null {
  if (spf === null || spf.result === null) return null;
  const { terms } = spf.tree;
  if (spf.result === "pass") {
    const mechanism = findings.find((finding) => finding.code === "spf.pass")?.params["mechanism"];
    return terms.find((term) => term.text === mechanism) ?? null;
  }
  // A term matched with its qualifier: where only one has it, it is the one. A redirect puts another record in this one's place.
  const qualifier = QUALIFIERS[spf.result];
  const candidates = terms.filter((term) => term.qualifier === qualifier && term.status !== "unused");
  const redirected = terms.some((term) => term.kind === "redirect" && term.status !== "unused");
  const [only] = candidates;
  return candidates.length === 1 && !redirected && only !== undefined ? only : null;
}
