import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // On the server alone, and made for Node: its own requires find what it needs.
  serverExternalPackages: ["mailauth"],
  // `npm test` checks the types; `npm start` need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Where `proxy.ts` runs, Next copies bodies in memory up to this size. Our largest form is 2 MiB; the API refuses past 256 KiB.
  experimental: { proxyClientMaxBodySize: "3mb" },
};

export default config;
