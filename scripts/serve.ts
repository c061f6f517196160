/** Becomes the Next server: this process runs Next's own command from here on, so that there is one process to stop. */

import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { ensureBuilt } from "./build.ts";
import { ROOT } from "./process.ts";

/** Builds when need be, and exits with the build's own words when that fails. */
export async function serve(port: number): Promise<void> {
  const failed = await ensureBuilt();
  if (failed !== null) {
    console.error(failed);
    process.exit(1);
  }
  await becomeNext("start", "production", port);
}

export async function becomeNext(command: "start" | "dev", mode: "production" | "development", port: number): Promise<void> {
  const script = join(ROOT, "node_modules", "next", "dist", "bin", "next");
  Object.assign(process.env, { NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: "1" });
  process.chdir(ROOT);
  process.argv = [process.execPath, script, command, "--port", String(port)];
  await import(pathToFileURL(script).href);
}
