import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { NextConfig } from "next";

/** `REBOUND_COMMIT` where the build has no Git at hand, as in a container. */
function build(): string {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  const commit = process.env.REBOUND_COMMIT ?? git("rev-parse", "--short=8", "HEAD");
  return commit === "" ? version : `${version}+${commit.slice(0, 8)}`;
}

function git(...args: readonly string[]): string {
  try {
    return execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "";
  }
}

const config: NextConfig = {
  poweredByHeader: false,
  env: { REBOUND_BUILD: build() },
  // For the container: the server with what it needs of `node_modules`, and no more. `next start` takes the other kind.
  ...(process.env.REBOUND_STANDALONE === "1" ? { output: "standalone" as const } : {}),
  // Read by path when a picture is drawn, so nothing but this tells the container of them. Its licence goes with a font.
  outputFileTracingIncludes: { "/*/r/*/opengraph-image*": ["./node_modules/@fontsource/biz-udpgothic/LICENSE", "./node_modules/@fontsource/biz-udpgothic/files/*-400-normal.woff"] },
  reactStrictMode: true,
  // On the server alone, and made for Node: its own requires find what it needs.
  serverExternalPackages: ["mailauth", "smtp-server"],
  // `npm test` checks the types; `npm start` need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Where `proxy.ts` runs, Next copies bodies in memory up to this size. Our largest form is 2 MiB; the API refuses past 256 KiB.
  experimental: { proxyClientMaxBodySize: "3mb" },
};

export default config;
