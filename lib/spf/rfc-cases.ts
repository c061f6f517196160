/** One line a case: what is shown, a zone, a question, an answer. For the tests of check_host(), one file for each part of RFC 7208. */

import { expect, test } from "vitest";
import { parseIp } from "../address/index.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { checkHost } from "./check-host.ts";
import type { SpfEvaluation, SpfProblem, SpfResult } from "./types.ts";

export interface Question {
  readonly ip?: string;
  readonly mailFrom?: string;
  readonly helo?: string;
  readonly domain?: string;
  readonly receiver?: string;
}

export type Expected = Partial<Omit<SpfEvaluation, "problem">> & { readonly problem?: SpfProblem["code"] };

/** `zone`: as it is, or the text of the record at `example.test`, laid over the file's own zone. */
export type Case = readonly [shows: string, zone: string | Zone, question: Question, expected: SpfResult | Expected];

export async function ask(entries: Zone, question: Question = {}): Promise<SpfEvaluation> {
  const ip = parseIp(question.ip ?? "192.0.2.1");
  if (ip === null) throw new TypeError(`${question.ip ?? ""} is no address`);
  const { mailFrom = "alice@example.test", helo = "mail.example.test", domain, receiver } = question;
  const request = { ip, mailFrom, helo, ...(domain === undefined ? {} : { domain }), ...(receiver === undefined ? {} : { receiver }) };
  const now = new Date(1_700_000_000_000);
  const strict = await checkHost(request, zone(entries), { now });
  // Asking ahead may never change what is found.
  expect(await checkHost(request, zone(entries), { now, prefetch: true })).toEqual(strict);
  return strict;
}

export function holds(base: Zone, cases: readonly Case[]): void {
  test.each(cases)("%s", async (_shows, entries, question, expected) => {
    const laid: Zone = typeof entries === "string" ? { ...base, "example.test": { ...base["example.test"], TXT: [entries] } } : { ...base, ...entries };
    const { problem, ...evaluation } = await ask(laid, question);
    const seen = { ...evaluation, problem: problem?.code };
    expect(seen).toMatchObject(typeof expected === "string" ? { result: expected } : expected);
  });
}
