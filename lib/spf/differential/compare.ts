/**
 * Another implementation beside ours, over random zones. Where the two differ, it is asked again with its known differences from
 * RFC 7208 put right ("repaired"): they must now say the same, so that a known difference excuses itself and nothing else.
 * docs/spf-differences.md explains each by its name, with the sentence that decides it.
 */

import fc from "fast-check";
import { parseIp } from "../../address/index.ts";
import type { Resolver } from "../../dns/resolver.ts";
import { checkHost } from "../check-host.ts";
import type { SpfEvaluation } from "../types.ts";
import { type Case, differentialCase, resolverOf } from "./cases.ts";
import type { Said } from "./service.ts";

/** What `%{r}` and `%{t}` say. */
export const RECEIVER = "mx.test";
export const TIME = 1_000_000_000;

export interface Implementation {
  readonly name: string;
  readonly version: string;
  /** The names of the differences that can be repaired. */
  readonly differences: readonly string[];
  check(given: Case, repairs: readonly string[]): Promise<Said>;
  /** Where a difference can't be repaired over there: DNS as it makes ours differ from RFC 7208 in the same way. */
  readonly conceding?: (resolver: Resolver, repairs: readonly string[]) => Resolver;
  /** Where neither can be done: the name of the difference that alone explains this, by the counts of our evaluation. */
  readonly explains?: (given: Case, ours: SpfEvaluation & { readonly pointersAsked: number }, theirs: Said) => string | null;
}

export interface Comparison {
  readonly cases: number;
  /** How often each result came. */
  readonly results: ReadonlyMap<string, number>;
  readonly differing: number;
  /** By difference: how many cases needed it repaired. A case may need several. */
  readonly excused: ReadonlyMap<string, number>;
}

/** Fails with the smallest zone that fast-check finds, when a difference is none of the known ones. */
export async function compare(other: Implementation, runs: number, seed?: number): Promise<Comparison> {
  const results = new Map<string, number>();
  const excused = new Map<string, number>();
  let differing = 0;
  await fc.assert(
    fc.asyncProperty(differentialCase(), async (given) => {
      const first = await bothSay(other, given, []);
      count(results, first.ours.result);
      if (same(first)) return;
      differing += 1;
      const explained = other.explains?.(given, first.evaluation, first.theirs) ?? null;
      if (explained !== null) return count(excused, explained);
      const list = await needed(other, given);
      if (list === null) throw new Error(`Rebound: ${JSON.stringify(first.ours)}, ${other.name}: ${JSON.stringify(first.theirs)}, with all differences put right: ${JSON.stringify(await other.check(given, other.differences))}`);
      for (const difference of list) count(excused, difference);
    }),
    { numRuns: runs, ...(seed === undefined ? {} : { seed }) },
  );
  return { cases: runs, results, differing, excused };
}

export function told({ name, version }: Implementation, { cases, results, differing, excused }: Comparison): string {
  const list = (counts: ReadonlyMap<string, number>) => [...counts].sort(([, a], [, b]) => b - a).map(([key, number]) => `${key} ${number}`).join(", ");
  return `${name} ${version}: ${cases} cases (${list(results)}); ${differing} differ, all of them explained${differing === 0 ? "" : `: ${list(excused)}`}`;
}

interface Both {
  readonly evaluation: SpfEvaluation & { readonly pointersAsked: number };
  readonly ours: Said;
  readonly theirs: Said;
}

/** Common to those that write domain names in small letters: explanations are compared without regard to case. */
const DOMAIN_CASE = "domain-case";

async function bothSay(other: Implementation, given: Case, repairs: readonly string[]): Promise<Both> {
  const { ip: text, mailFrom, helo } = given.question;
  const ip = parseIp(text);
  if (ip === null) throw new TypeError(text);
  let pointersAsked = 0;
  const plain = resolverOf(given.zone);
  const resolver: Resolver = {
    query(name, type) {
      if (type === "PTR") pointersAsked += 1;
      return plain.query(name, type);
    },
  };
  const spoken = (said: Said): Said => (repairs.includes(DOMAIN_CASE) ? { ...said, explanation: said.explanation?.toLowerCase() ?? null } : said);
  const evaluation = await checkHost({ ip, mailFrom, helo, receiver: RECEIVER }, other.conceding?.(resolver, repairs) ?? resolver, { now: new Date(TIME * 1000) });
  return { evaluation: { ...evaluation, pointersAsked }, ours: spoken({ result: evaluation.result, explanation: evaluation.explanation }), theirs: spoken(await other.check(given, repairs)) };
}

const same = ({ ours, theirs }: Both) => ours.result === theirs.result && ours.explanation === theirs.explanation;

/** The fewest repairs that make the two say the same: mostly one; else what is left when none more can be left out. Null: they differ all the same. */
async function needed(other: Implementation, given: Case): Promise<readonly string[] | null> {
  for (const difference of other.differences) if (same(await bothSay(other, given, [difference]))) return [difference];
  let list = other.differences;
  if (!same(await bothSay(other, given, list))) return null;
  for (const difference of other.differences) {
    const without = list.filter((name) => name !== difference);
    if (same(await bothSay(other, given, without))) list = without;
  }
  return list;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
