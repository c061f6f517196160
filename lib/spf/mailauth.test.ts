/**
 * The same zones and senders through mailauth's spf(), in its strict mode. What differs is our fault, or stands in
 * docs/spf-differences.md with the sentence of the RFC that decides it, and is recognised here.
 */

import fc from "fast-check";
import { spf } from "mailauth/lib/spf/index.js";
import { expect, test } from "vitest";
import { parseIp } from "../address/index.ts";
import type { RecordType, Resolver } from "../dns/resolver.ts";
import { zone } from "../dns/zone.ts";
import { checkHost } from "./check-host.ts";
import { randomCase, type RandomCase } from "./random-records.ts";
import type { SpfEvaluation } from "./types.ts";

const RUNS = Number(process.env["SPF_FUZZ_RUNS"] ?? 500);

const CODES: Readonly<Record<string, string>> = { "no-name": "ENOTFOUND", "no-data": "ENODATA", timeout: "ETIMEOUT", "server-failure": "ESERVFAIL", refused: "EREFUSED", malformed: "EBADNAME" };

/** The interface of Node's `resolve`, which mailauth takes. */
function nodeStyle(resolver: Resolver) {
  return async (name: string, type: RecordType): Promise<unknown[]> => {
    const answer = await resolver.query(name, type);
    if (answer.status !== "ok") throw Object.assign(new Error(answer.status), { code: CODES[answer.status] });
    return answer.records.map((record) => (typeof record === "object" && "exchange" in record ? { exchange: record.exchange, priority: record.preference } : record));
  };
}

async function bothSay({ zone: entries, question }: RandomCase) {
  const ip = parseIp(question.ip);
  if (ip === null) throw new TypeError(question.ip);
  const ours = await checkHost({ ip, mailFrom: question.mailFrom, helo: question.helo, receiver: "mx.test" }, zone(entries));
  // Its types want the resolver's overloads of Node.
  const options = { sender: question.mailFrom, ip: question.ip, helo: question.helo, mta: "mx.test", strict: true, resolver: nodeStyle(zone(entries)) };
  const theirs = await spf(options as unknown as Parameters<typeof spf>[0]);
  return { ours, theirs: { result: theirs.status.result, explanation: theirs.explanation ?? null } };
}

/** The differences that docs/spf-differences.md explains, by their numbers there. */
function isExplained({ zone: entries }: RandomCase, ours: SpfEvaluation, theirs: { readonly result: string }): boolean {
  const records = Object.values(entries).flatMap(({ TXT }) => TXT ?? []).join(" ");
  // 1: void address look-ups of MX and PTR names make their term void here, and are not counted there.
  if (ours.problem?.code === "too-many-void-lookups" && theirs.result !== "permerror") return /[ ?~+-](?:mx|ptr)\b|%\{p/i.test(records);
  // 2: a term with %{p} counts once here, and there once more for its PTR look-up, against both limits.
  return theirs.result === "permerror" && ours.lookups > 0 && /%\{p/i.test(records);
}

test(`${RUNS} random zones: mailauth says the same`, async () => {
  await fc.assert(
    fc.asyncProperty(randomCase(), async (given) => {
      const { ours, theirs } = await bothSay(given);
      if (ours.result === theirs.result || !isExplained(given, ours, theirs)) expect({ result: ours.result, explanation: ours.explanation }).toEqual(theirs);
    }),
    { numRuns: RUNS },
  );
}, 60_000);
