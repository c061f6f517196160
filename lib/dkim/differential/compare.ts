/**
 * Another verifier beside ours, over random messages. What each says of a signature must be the same, "pass" or "fail"; where it is
 * not, one of the differences known of that verifier must explain it. docs/dkim-differences.md explains each by its name, with the
 * sentence that decides it.
 */

import fc from "fast-check";
import { expect, test } from "vitest";
import { type Zone, zone } from "../../dns/zone.ts";
import { type SignatureVerification, verifyMessage } from "../verify.ts";
import { type Made, make, mutatedMessage, NOW } from "./mutated.ts";
import type { LineService } from "./service.ts";

export interface Said {
  readonly result: "pass" | "fail";
  /** In its own words; empty when it passes. */
  readonly error: string;
}

export interface Parted {
  readonly made: Made;
  readonly ours: SignatureVerification;
  /** Null: it does not name the signature at all, which counts as a failure. */
  readonly theirs: Said | null;
  readonly all: readonly SignatureVerification[];
}

export type Differences = Readonly<Record<string, (parted: Parted) => boolean>>;

/** The text of the one key there is. */
export const keyText = ({ made }: Parted): string => Object.values(made.keys)[0] ?? "";

const tagNames = (parted: Parted): readonly string[] => keyText(parted).split(";").map((tag) => tag.slice(0, tag.indexOf("=")).trim());

export function hasTagTwice(parted: Parted): boolean {
  return new Set(tagNames(parted)).size < tagNames(parted).length;
}

/** RFC 6376 section 3.6.1 */
export function hasVersionElsewhere(parted: Parted): boolean {
  return tagNames(parted).slice(1).includes("v") || keyText(parted).startsWith('"');
}

const asked = Number(process.env["DKIM_FUZZ_RUNS"] ?? 0);
const FEW = 400;

/** `start` is null where the implementation is not installed: the test is skipped, aloud. */
export function testAgainst(name: string, start: (() => Promise<LineService>) | null, differences: Differences): void {
  if (start === null) console.error(`SKIPPED: ${name} is not here to compare with (docs/dkim-differences.md says how to get it).`);
  const runs = asked > 0 ? asked : FEW;
  test.skipIf(start === null)(`${runs} random messages: ${name} says the same, but for the differences that are explained`, async () => {
    if (start === null) return;
    const other = await start();
    const counts = new Map<string, number>();
    const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
    try {
      await fc.assert(
        fc.asyncProperty(mutatedMessage(), async (given) => {
          const made = await make(given);
          const [all, said] = await Promise.all([ourOwn(made), theirOwn(other, made)]);
          for (const [index, ours] of all.entries()) {
            const parted: Parted = { made, ours, theirs: said[index] ?? null, all };
            const theirs = parted.theirs?.result ?? "fail";
            count(theirs);
            if ((ours.result === "pass") === (theirs === "pass")) continue;
            const known = Object.keys(differences).find((one) => differences[one]?.(parted) === true);
            if (known === undefined) throw new Error(`${given.mutations.join(", ")}: Rebound ${ours.result} ${ours.detail}, ${name} ${JSON.stringify(parted.theirs)}\n${JSON.stringify(made)}`);
            count(known);
          }
        }),
        { numRuns: runs, ...(asked > 0 ? {} : { seed: 6376 }) },
      );
    } finally {
      other.end();
    }
    console.log(`${name} ${other.version}: ${[...counts].map(([key, number]) => `${key} ${number}`).join(", ")}`);
    // Both outcomes were compared, and often.
    for (const result of ["pass", "fail"]) expect(counts.get(result) ?? 0, result).toBeGreaterThan(runs / 10);
  }, 20_000 + runs * 50);
}

async function ourOwn({ message, keys }: Made): Promise<readonly SignatureVerification[]> {
  const served: Zone = Object.fromEntries(Object.entries(keys).map(([name, record]) => [name, { TXT: [record] }]));
  return (await verifyMessage(Buffer.from(message, "latin1"), zone(served), new Date(NOW * 1000))).signatures;
}

async function theirOwn(other: LineService, { message, keys }: Made): Promise<readonly Said[]> {
  const answer: { readonly signatures?: readonly Said[] } = Object(await other.ask({ message, keys, time: NOW }));
  if (answer.signatures === undefined) throw new Error(JSON.stringify(answer));
  return answer.signatures;
}
