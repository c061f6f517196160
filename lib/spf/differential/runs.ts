/** How many zones the differential tests evaluate: few, and always the same, in `npm test`; as many new ones as `SPF_FUZZ_RUNS` says in `npm run fuzz`. */

import { expect, test } from "vitest";
import { compare, type Implementation, told } from "./compare.ts";

const asked = Number(process.env["SPF_FUZZ_RUNS"] ?? 0);

/** `start` gives null where the implementation is not installed: the test is skipped, aloud. */
export function testAgainst(name: string, few: number, start: (() => Promise<Implementation & { end?(): void }>) | null): void {
  if (start === null) console.error(`SKIPPED: ${name} is not here to compare with (docs/spf-differences.md says how to get it).`);
  const runs = asked > 0 ? asked : few;
  test.skipIf(start === null)(`${runs} random zones: ${name} says the same, but for the differences that are explained`, async () => {
    if (start === null) return;
    const other = await start();
    try {
      const comparison = await compare(other, runs, asked > 0 ? undefined : 7208);
      expect(Math.max(...comparison.results.values())).toBeLessThan(runs / 2);
      if (asked > 0) console.log(told(other, comparison));
    } finally {
      other.end?.();
    }
  }, 20_000 + runs * 100);
}
