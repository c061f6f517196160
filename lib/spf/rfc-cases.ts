/** Runs the cases of `rfc7208/` over a map: check_host() by itself, with asking ahead and without, and the unfolded record where a case has its counts. */

import { expect } from "vitest";
import { parseIp } from "../address/index.ts";
import { zone } from "../dns/zone.ts";
import { checkHost } from "./check-host.ts";
import { type Expected, unfoldedCounts, type WholeCase } from "./rfc7208/table.ts";
import { unfold } from "./tree.ts";

export async function holds({ zone: entries, question, expected }: WholeCase): Promise<void> {
  const { seen, asked } = await evaluated(entries, question);
  const { asks, unfolded, ...rest } = expected;
  expect(seen).toMatchObject(rest);
  if (asks !== undefined) expect(asked).toContain(asks);
  if (unfolded !== undefined) expect(unfoldedCounts(await unfold(question.mailFrom.slice(question.mailFrom.lastIndexOf("@") + 1), zone(entries)))).toEqual(unfolded);
}

async function evaluated(entries: WholeCase["zone"], question: WholeCase["question"]): Promise<{ readonly seen: Expected; readonly asked: readonly string[] }> {
  const ip = parseIp(question.ip);
  if (ip === null) throw new TypeError(`${question.ip} is no address`);
  const request = { ...question, ip };
  const now = new Date(1_700_000_000_000);
  const asked: string[] = [];
  const strict = await checkHost(request, zone(entries, asked), { now });
  // Asking ahead may never change what is found.
  expect(await checkHost(request, zone(entries), { now, prefetch: true })).toEqual(strict);
  return { seen: { ...strict, problem: strict.problem?.code ?? null }, asked };
}
