/** Running other programs, and ending with whoever started us. */

import { spawn, type SpawnOptions } from "node:child_process";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "..");

export interface Finished {
  readonly code: number;
  /** Standard output and error in the order they came; "" when the program wrote to ours. */
  readonly output: string;
}

/** Runs to the end. `quiet` keeps what it says; a program that does not start ends with code 127. Standard input is closed: nothing may ask. */
export function run(file: string, args: readonly string[], { quiet = false, ...options }: SpawnOptions & { readonly quiet?: boolean } = {}): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: ROOT, ...options, stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"] });
    running.add(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
    const end = (code: number) => {
      running.delete(child);
      resolve({ code, output });
    };
    child.on("error", (error) => {
      output += `${error.message}\n`;
      if (!quiet) console.error(error.message);
      end(127);
    });
    child.on("close", (code) => end(code ?? 128));
  });
}

const running = new Set<ReturnType<typeof spawn>>();

/** When `rebound.mjs` is gone, or tells us to stop, so do we and what we run. */
export function endWithStarter(): void {
  const end = (code: number) => {
    for (const child of running) child.kill("SIGTERM");
    process.exit(code);
  };
  process.on("SIGINT", () => end(130));
  process.on("SIGTERM", () => end(143));
  process.on("SIGHUP", () => end(129));
  process.on("disconnect", () => end(143));
  process.channel?.unref();
}

/** A tool of node_modules, by its script, on this Node. */
export function runTool(script: string, args: readonly string[], options: Parameters<typeof run>[2] = {}): Promise<Finished> {
  return run(process.execPath, [join(ROOT, "node_modules", script), ...args], options);
}
