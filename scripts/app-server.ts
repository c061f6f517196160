/** The built app as a process of its own, for tests and measurements: on a free port, with settings and a database of its own. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ROOT } from "./process.ts";
import { neutralEnvironment } from "./settings.ts";

export interface AppServer {
  /** `http://localhost:PORT` */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** What it has printed so far. */
  output(): string;
  /** SIGTERM, and waits until it has ended. */
  stop(): Promise<void>;
  /** SIGKILL, and waits until it has ended. */
  kill(): Promise<void>;
}

export interface AppServerOptions {
  /** Variables of the contract's environment table. `PORT`: a free one; `DATABASE_URL`: a new file, removed at the end; `REBOUND_RATE_LIMIT`, `REBOUND_DNS_QPS`: 0. */
  readonly settings?: Readonly<Record<string, string>>;
}

const START_WITHIN_MS = 60_000;

/** Rejects when it does not serve in time, with what it printed. */
export async function startApp({ settings = {} }: AppServerOptions = {}): Promise<AppServer> {
  const port = Number(settings.PORT ?? (await freePort()));
  const folder = mkdtempSync(join(tmpdir(), "rebound-app-"));
  const env = { ...neutralEnvironment(), NODE_ENV: "production", DATABASE_URL: `file:${join(folder, "rebound.db")}`, REBOUND_RATE_LIMIT: "0", REBOUND_DNS_QPS: "0", ...settings, PORT: String(port) };
  const args = ["--disable-warning=ExperimentalWarning", join(ROOT, "node_modules", "next", "dist", "bin", "next"), "start", "--port", String(port)];
  const child = spawn(process.execPath, args, { cwd: ROOT, env: env as NodeJS.ProcessEnv, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const end = async (signal: NodeJS.Signals) => {
    await ended(child, signal);
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://localhost:${port}`;
  const deadline = Date.now() + START_WITHIN_MS;
  while (!(await answers(`${url}/api/openapi.json`))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await end("SIGKILL");
      throw new Error(`The app did not start (exit code ${child.exitCode}):\n${printed}`);
    }
    await wait(100);
  }
  return { url, port, pid: child.pid ?? 0, output: () => printed, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}

async function answers(url: string): Promise<boolean> {
  const answer = await fetch(url).catch(() => null);
  await answer?.arrayBuffer().catch(() => null);
  return answer?.ok === true;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const lastResort = setTimeout(() => child.kill("SIGKILL"), 15_000);
    child.once("exit", () => {
      clearTimeout(lastResort);
      resolve();
    });
    child.kill(signal);
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
