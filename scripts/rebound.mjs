#!/usr/bin/env node
/**
 * Every command of package.json starts here, on whatever Node (20 or later) the machine has and with nothing installed:
 * this file and what it imports use nothing but Node. It installs the locked dependencies when they are missing or stale,
 * Node 24 among them, and then runs the command on that Node.
 *
 *     node scripts/rebound.mjs start | test | demo | dev | bench | fuzz | shots
 */

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { install } from "./install.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Those that serve until they are told to stop: being told is no failure. */
const SERVERS = ["start", "demo", "dev"];

const COMMANDS = {
  start: "scripts/start.ts",
  demo: "scripts/demo.ts",
  dev: "scripts/dev.ts",
  test: "scripts/test.ts",
  bench: "bench/index.ts",
  fuzz: "scripts/fuzz.ts",
  shots: "scripts/shots.ts",
};

const [command = "", ...rest] = process.argv.slice(2);
process.exitCode = await main();

async function main() {
  const script = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (script === undefined) return refuse(`usage: node scripts/rebound.mjs ${Object.keys(COMMANDS).join(" | ")}`);
  if (Number(process.versions.node.split(".")[0]) < 20) return refuse(`Rebound needs Node 20 or later to install its own; this is ${process.version}.`);
  const installed = await install(ROOT);
  if (!installed.ok) return refuse(installed.line);
  if (!existsSync(join(ROOT, script))) return refuse(`${script} is not there: nothing to run for "${command}".`);
  return run(installed.node, [script, ...rest]);
}

function refuse(line) {
  console.error(line);
  return 1;
}

/** Passes signals on, and takes the command down with it however it ends itself. Returns the exit code. */
function run(node, args) {
  return new Promise((resolve) => {
    // Over the channel the command notices when this process is gone, even by kill -9.
    const child = spawn(node, ["--disable-warning=ExperimentalWarning", ...args], { cwd: ROOT, stdio: ["inherit", "inherit", "inherit", "ipc"], env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" } });
    let told = false;
    const stop = (signal) => {
      told = true;
      child.kill(signal);
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop(signal));
    whenNpmIsGone(() => stop("SIGTERM"));
    child.on("error", (error) => {
      console.error(`${node} does not run: ${error.message}`);
      resolve(1);
    });
    child.on("exit", (code, signal) => {
      if (told && SERVERS.includes(command)) resolve(0);
      else resolve(code ?? (signal === null ? 1 : 128));
    });
  });
}

/** npm passes signals on, but kill -9 leaves it no time to. */
function whenNpmIsGone(act) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, 500);
  timer.unref();
}
