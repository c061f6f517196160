/** The environment, read before anything is built: a bad value ends the command with one line. */

import { type Environment, ENVIRONMENT_VARIABLES, readEnvironment } from "../lib/environment/index.ts";

export function settingsOrExit(): Environment {
  const read = readEnvironment(process.env);
  if (read.ok) return read.config;
  console.error(read.line);
  process.exit(1);
}

/** This process's environment without our settings and without what would make a build or test differ from others'. */
export function neutralEnvironment(): NodeJS.ProcessEnv {
  const left = new Set([...ENVIRONMENT_VARIABLES, "NODE_ENV", "NODE_OPTIONS"]);
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !left.has(name))), NEXT_TELEMETRY_DISABLED: "1" } as unknown as NodeJS.ProcessEnv;
}
