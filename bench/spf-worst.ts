/** What the worst zones cost, each looked at in a process of its own. */

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { HOSTILE_ZONES } from "../lib/spf/hostile-zones.ts";
import { WAYS, type Way, type WorstCase } from "./spf-worst-case.ts";

export interface Worst {
  readonly name: string;
  readonly way: Way;
  /** Null: it did not end. */
  readonly cost: WorstCase | null;
}

const PATIENCE_MS = 20_000;

/** One after another: side by side they would take each other's processor. */
export async function* spfWorst(only = ""): AsyncGenerator<Worst> {
  for (const [index, { name }] of HOSTILE_ZONES.entries()) {
    for (const way of WAYS) if (`${index} ${name} ${way}`.includes(only)) yield { name, way, cost: await cost(index, way) };
  }
}

async function cost(index: number, way: Way): Promise<WorstCase | null> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, "spf-worst-case.ts"), String(index), way], { timeout: PATIENCE_MS });
    return JSON.parse(stdout) as WorstCase;
  } catch (error) {
    if (process.env["REBOUND_BENCH_ERRORS"] !== undefined) console.error(error);
    return null;
  }
}

if (import.meta.main) {
  for await (const { name, way, cost: seen } of spfWorst(process.argv[2])) {
    console.log(seen === null ? `${way} ${name}: did not end` : `${seen.cpuMs > 500 || seen.growthMb > 30 || seen.octets > 500_000 ? "!! " : "   "}${way.padEnd(9)} q${seen.questions} ${seen.cpuMs.toFixed(0)}ms ${seen.growthMb.toFixed(1)}MB ${seen.octets}o ${name}: ${seen.result}`);
  }
}
