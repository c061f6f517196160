/** Other implementations of DKIM and DMARC, each in a process of its own that answers one JSON value a line. Nothing of it is in the product. */

import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";

export interface LineService {
  readonly version: string;
  /** One at a time. Rejects when the process has ended. */
  ask(request: object): Promise<unknown>;
  end(): void;
}

/** The first of `commands` that ends well when run with `args`; null when none does. */
export function working(commands: readonly string[], args: readonly string[]): string | null {
  return commands.find((command) => spawnSync(command, args, { stdio: "ignore", timeout: 10_000 }).status === 0) ?? null;
}

/** `script` with its folder. */
export async function startLineService(command: string, script: string, args: readonly string[] = []): Promise<LineService> {
  const child = spawn(command, [script, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const { done, value } = await lines.next();
    if (done === true) throw new Error(`${script} ended.`);
    return JSON.parse(value);
  };
  const first = await next();
  return {
    version: typeof first === "object" && first !== null && "version" in first ? String(first.version) : "",
    ask: async (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return next();
    },
    end: () => child.kill(),
  };
}
