/** Other implementations of check_host(), each in a process of its own that asks its DNS questions back. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";
import type { RecordType } from "../../dns/resolver.ts";
import { type Case, resolverOf } from "./cases.ts";

/** `crash`: it threw something that it does not catch itself. */
export interface Said {
  readonly result: string;
  readonly explanation: string | null;
}

export interface Service {
  readonly version: string;
  /** One question at a time. `repairs`: known differences that are put right for this one. */
  check(given: Case, repairs: readonly string[]): Promise<Said>;
  end(): void;
}

interface Line {
  readonly version?: string;
  readonly ask?: readonly [name: string, type: RecordType];
  readonly result?: string;
  readonly explanation?: string | null;
}

/** The first of `commands` that ends well when run with `args`; null when none does. */
export function working(commands: readonly string[], args: readonly string[]): string | null {
  return commands.find((command) => spawnSync(command, args, { stdio: "ignore", timeout: 10_000 }).status === 0) ?? null;
}

/** `script` stands beside this file. */
export async function startService(command: string, script: string, always: { readonly receiver: string; readonly time: number }): Promise<Service> {
  const child = spawn(command, [join(import.meta.dirname, script)], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Line> => {
    const { done, value } = await lines.next();
    if (done === true) throw new Error(`${script} ended.`);
    const line: Line = JSON.parse(value);
    return line;
  };
  const { version = "" } = await next();
  return {
    version,
    async check({ zone, question }, repairs) {
      const resolver = resolverOf(zone);
      tell(child, { ...question, ...always, repairs });
      for (;;) {
        const line = await next();
        if (line.ask === undefined) return { result: line.result ?? "", explanation: line.explanation ?? null };
        const { status, records } = await resolver.query(...line.ask);
        tell(child, { status, records });
      }
    },
    end: () => child.kill(),
  };
}

function tell(child: ChildProcess, value: unknown): void {
  child.stdin?.write(`${JSON.stringify(value)}\n`);
}
