/** What every step of a correction works with: who asks for it, and today's DNS, read and evaluated. */

import { budgeted } from "../../dns/budget.ts";
import { recording } from "../../dns/recording.ts";
import type { Resolver } from "../../dns/resolver.ts";
import type { CorrectionRequest } from "./add-sender.ts";
import { type AddressSet, intersection, union } from "./address-set.ts";
import type { TxtAnswer } from "./answer-size.ts";
import { type Draft, termLines } from "./draft.ts";
import { evaluatorOf } from "./prove.ts";
import { rangesOf } from "./ranges.ts";
import { type Reading, readerOf, type ReadTerm, summed } from "./reading.ts";

export interface Bench {
  readonly request: CorrectionRequest;
  readonly resolver: Resolver;
  readonly read: ReadTerm;
  readonly evaluate: ReturnType<typeof evaluatorOf>;
}

/** A hostile record can name any number of hosts, and each can fill an answer; an honest tree is below 20 KiB. What is past a bound reads as not looked up, never as missing. */
const BUDGET = { questions: 150, deadlineMs: 12_000, octets: 64 * 1024 } as const;

export function benchOf(request: CorrectionRequest, today: Resolver): Bench {
  const resolver = recording(budgeted(today, BUDGET));
  return { request, resolver, read: readerOf(request.domain, resolver), evaluate: evaluatorOf(request.domain, request.helo, resolver) };
}

export type Family = "v4" | "v6";

/** What today's records mean to authorise, before anybody is added. */
export interface Meant {
  readonly all: AddressSet;
  readonly ranges: readonly AddressSet[];
  /** The terms of each record. */
  readonly records: readonly (readonly Reading[])[];
}

/** By the terms of each record by itself: what any of them authorises is meant. `all` is never meant to let everybody pass. */
export function meantBy(records: readonly (readonly Reading[])[]): Meant {
  const all = union(...records.map((readings) => summed(readings).pass));
  const terms = records.map((readings) => readings.filter(({ kind }) => kind !== "all"));
  return { all, ranges: rangesOf(terms.flat(), all), records };
}

/** What is left of it without the terms that are given up: all of it has to stay. */
export function stayingOf({ all, records }: Meant, { dropped }: Draft): AddressSet {
  if (dropped.size === 0) return all;
  const others = records.map((readings) => summed(readings.filter(({ text }) => !dropped.has(text))).pass);
  return union(...others, ...[...dropped.values()].map((staying) => intersection(staying, all)));
}

export interface Candidate {
  readonly draft: Draft;
  readonly meant: Meant;
  /** What is meant and not given up, and whom the correction adds on purpose. */
  readonly allowed: AddressSet;
  readonly families: readonly Family[];
  /** All of the domain's TXT records. */
  readonly answer: TxtAnswer;
}

export async function readingsOf(draft: Draft, read: ReadTerm): Promise<Reading[]> {
  return (await Promise.all(termLines(draft).map(({ text }) => read(text)))).filter((reading) => reading !== null);
}
