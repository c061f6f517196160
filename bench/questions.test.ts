/** No request causes more questions than its budget, whatever a zone holds: counted where they arrive. */

import { expect, test } from "vitest";
import { DIRECT_QUESTIONS } from "../lib/dns/direct.ts";
import { QUESTIONS_PER_DIAGNOSIS } from "../lib/dns/servers.ts";
import type { Zone } from "../lib/dns/zone.ts";
import { HOSTILE_ZONES } from "../lib/spf/hostile-zones.ts";
import { EVERYTHING, questionsOf } from "./questions.ts";

test.each<[string, Zone]>([["all at once", EVERYTHING], ...HOSTILE_ZONES.slice(0, 1).map(({ name, zone }): [string, Zone] => [name, zone()])])("%s", async (name, zone) => {
  const { inReport, arrived } = await questionsOf(name, zone);
  // It gets as far as the bound.
  expect(inReport).toBe(QUESTIONS_PER_DIAGNOSIS);
  expect(arrived).toBeGreaterThan(inReport);
  expect(arrived).toBeLessThanOrEqual(QUESTIONS_PER_DIAGNOSIS + DIRECT_QUESTIONS);
});
