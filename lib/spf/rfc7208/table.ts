/**
 * One line a case: what is shown, a zone, a question, an answer. A table for each section of RFC 7208, as plain values:
 * the unit tests run them over a map, the end-to-end tests over real DNS packets through `POST /api/spf`.
 */

import type { Zone } from "../../dns/zone.ts";
import type { SpfEvaluation, SpfNode, SpfProblem, SpfResult, SpfTermNode } from "../types.ts";

export interface Question {
  readonly ip?: string;
  readonly mailFrom?: string;
  readonly helo?: string;
  readonly domain?: string;
  readonly receiver?: string;
}

export type Expected = Partial<Omit<SpfEvaluation, "problem">> & {
  readonly problem?: SpfProblem["code"] | null;
  /** A question that has to be asked on the way, e.g. "A a%b.x.test". */
  readonly asks?: string;
  /** What the unfolded record shows beside it. */
  readonly unfolded?: UnfoldedCounts;
};

export interface UnfoldedCounts {
  readonly lookups: number;
  readonly voidLookups: number;
  /** The terms at which receivers give up. */
  readonly overLimit: readonly string[];
}

export function unfoldedCounts(tree: SpfNode): UnfoldedCounts {
  return { lookups: tree.lookups, voidLookups: tree.voidLookups, overLimit: termsOf(tree).filter((term) => term.overLimit).map((term) => term.text) };
}

function termsOf(node: SpfNode): readonly SpfTermNode[] {
  return node.terms.flatMap((term) => [term, ...(term.child === null ? [] : termsOf(term.child))]);
}

/** `zone`: as it is, laid over the table's, or the text of the record at `example.test`. A name that begins with a section and a colon is about that section. */
export type Case = readonly [shows: string, zone: string | Zone, question: Question, expected: SpfResult | Expected];

export interface Table {
  /** Of RFC 7208, unless another is named. */
  readonly section: string;
  readonly title: string;
  readonly base: Zone;
  readonly cases: readonly Case[];
}

/** A case with everything filled in. */
export interface WholeCase {
  readonly section: string;
  /** Unlike any other's. */
  readonly name: string;
  readonly zone: Zone;
  readonly question: { readonly ip: string; readonly mailFrom: string; readonly helo: string; readonly domain?: string; readonly receiver?: string };
  readonly expected: Expected;
}

export function wholeCases(tables: readonly Table[]): readonly WholeCase[] {
  return tables.flatMap((table) =>
    table.cases.map(([shows, laid, question, expected]) => ({
      section: sectionOf(shows) ?? table.section,
      name: `${table.section} ${table.title}: ${shows}`,
      zone: typeof laid === "string" ? { ...table.base, "example.test": { ...table.base["example.test"], TXT: [laid] } } : { ...table.base, ...laid },
      question: { ip: "192.0.2.1", mailFrom: "alice@example.test", helo: "mail.example.test", ...question },
      expected: typeof expected === "string" ? { result: expected } : expected,
    })),
  );
}

function sectionOf(shows: string): string | undefined {
  return /^(\d+(?:\.\d+)+): /.exec(shows)?.[1];
}
