/**
 * The locked dependencies, brought when they are missing or stale, and the Node among them (the npm package `node`, whose
 * install script fetches the binary for this machine). Runs with nothing installed.
 */

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import process from "node:process";
import { locked } from "./lock.mjs";

/** Returns `{ ok: true, node }` with the path of the Node to run on, or `{ ok: false, line }`. */
export async function install(root) {
  if (!isFresh(root)) {
    const failed = await locked(join(root, ".cache", "lock-install"), "install the dependencies", () => (isFresh(root) ? null : bring(root)));
    if (failed !== null) return { ok: false, line: failed };
  }
  return nodeOf(root);
}

const STAMP = join("node_modules", ".rebound-installed");

function isFresh(root) {
  const stamp = join(root, STAMP);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === lockHash(root);
}

/** Of what decides which files `npm ci` lays down. */
function lockHash(root) {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}\n`);
  for (const file of ["package.json", "package-lock.json"]) hash.update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

/** Null when all went well, else what went wrong. */
async function bring(root) {
  console.error("Installing the locked dependencies…");
  const environment = cleanEnvironment(root);
  const code = await npm(root, ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], environment);
  if (code !== 0) return `npm ci failed (exit code ${code}); what it said is above.`;
  // Where install scripts are held back, this one is run by name.
  if (!runs(packagedNode(root))) {
    const folder = join(root, "node_modules", "node");
    spawnSync("node", ["installArchSpecificPackage.js"], { cwd: folder, env: environment, stdio: ["ignore", "ignore", "inherit"] });
  }
  const node = nodeOf(root);
  if (!node.ok) return node.line;
  writeFileSync(join(root, STAMP), lockHash(root));
  return null;
}

function nodeOf(root) {
  const packaged = packagedNode(root);
  if (runs(packaged)) return { ok: true, node: packaged };
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 19)) return { ok: true, node: process.execPath };
  return { ok: false, line: `The Node that the npm package "node" brings does not run here (${packaged}). Use Node 24 instead; this is ${process.version}.` };
}

function packagedNode(root) {
  return join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
}

function runs(node) {
  return existsSync(node) && spawnSync(node, ["--version"], { stdio: "ignore" }).status === 0;
}

function npm(root, args, env) {
  const cli = process.env.npm_execpath;
  const [file, before, shell] = cli !== undefined && /npm-cli\.[cm]?js$/.test(cli) && existsSync(cli) ? ["node", [cli], false] : ["npm", [], process.platform === "win32"];
  return new Promise((done) => {
    const child = spawn(file, [...before, ...args], { cwd: root, env, shell, stdio: ["ignore", "ignore", "inherit"] });
    child.on("error", (error) => {
      console.error(error.message);
      done(1);
    });
    child.on("exit", (code) => done(code ?? 1));
  });
}

/** Settings of npm that would install something else than the lock file says, or somewhere else. */
const MISLEADING = /^npm_config_(?:omit|only|include|production|dev|optional|also|global|location|prefix|local_prefix|dry_run|package_lock|package_lock_only|ignore_scripts|workspaces?|include_workspace_root|install_strategy|install_links|legacy_bundling|global_style|json|os|cpu|libc|before|audit_level|if_present|force)$/i;

/**
 * The environment for npm: without what an outer npm handed down, without NODE_ENV (as "production" it would leave out what
 * builds and tests need), and without this project's own `node` in the path, which npm is about to remove.
 */
function cleanEnvironment(root) {
  const own = resolve(root, "node_modules");
  const kept = Object.entries(process.env).filter(([name]) => name !== "NODE_ENV" && !/^npm_(?:package|lifecycle)_/i.test(name) && !MISLEADING.test(name));
  const environment = Object.fromEntries(kept);
  const path = Object.keys(environment).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  environment[path] = (environment[path] ?? "").split(delimiter).filter((folder) => !resolve(folder).startsWith(own)).join(delimiter);
  return environment;
}
