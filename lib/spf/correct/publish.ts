/** A candidate proven, and written as it is to be published. */

import type { SpfAssumption, SpfCorrection, SpfProof } from "../types.ts";
import { SPF_ASSUMPTIONS } from "../types.ts";
import { outgrows } from "./answer-size.ts";
import { type Bench, type Candidate, readingsOf, stayingOf } from "./bench.ts";
import { assuming, changesOf, valueOf } from "./draft.ts";
import { proven } from "./prove.ts";
import { sizeOf } from "./ranges.ts";
import { type Reading, summed } from "./reading.ts";
import { REPAIRS } from "./repair-text.ts";
import { characterStrings } from "./strings.ts";

export type ProvenRecord = Pick<SpfCorrection, "value" | "strings" | "changes" | "assumptions" | "copiedFrom"> & { readonly proof: SpfProof };

/** The record with its proof; null where it doesn't hold what it promises. */
export async function published(candidate: Candidate, { request, resolver, read }: Bench): Promise<ProvenRecord | null> {
  const readings = await readingsOf(candidate.draft, read);
  const { pass, unanswered, partial, lookups } = summed(readings);
  const value = valueOf(candidate.draft);
  const { meant, allowed, families, draft } = candidate;
  const claim = { domain: request.domain, helo: request.helo, ip: request.ip, ranges: meant.ranges, must: stayingOf(meant, draft), value, pass, allowed, families, lookups, unanswered, open: partial, size: sizeOf(readings) };
  const proof = await proven(claim, resolver);
  if (proof === null) return null;
  const told = assuming(draft, ...assumptionsOf(candidate, readings));
  return { value, strings: characterStrings(value), changes: changesOf(told), assumptions: SPF_ASSUMPTIONS.filter((assumption) => told.assumptions.has(assumption)), copiedFrom: [...told.copiedFrom], proof };
}

function assumptionsOf({ draft, answer }: Candidate, readings: readonly Reading[]): SpfAssumption[] {
  const { unanswered, partial } = summed(readings);
  return [
    ...(draft.lines.some(({ reason }) => REPAIRS.has(reason)) ? (["repaired-as-meant"] as const) : []),
    ...(partial && readings.some(isOpen) ? (["macro-terms-kept"] as const) : []),
    ...(unanswered ? (["some-lookups-unanswered"] as const) : []),
    ...(outgrows(answer, valueOf(draft)) ? (["answer-over-512-octets"] as const) : []),
  ];
}

const isOpen = (reading: Reading): boolean => reading.status === "open" || (reading.child?.terms.some(isOpen) ?? false);
