/** Before the end-to-end tests: the DNS server with the sample zones, and the built app asking it. After them: both ended. */

import { join } from "node:path";
import { startDnsServer } from "../e2e/dns-server.ts";
import { startApp } from "./app-server.ts";
import { ROOT } from "./process.ts";

export default async function setUp(): Promise<() => Promise<void>> {
  const dns = await startDnsServer({ zones: [join(ROOT, "e2e", "zones")] });
  const app = await startApp({ settings: { REBOUND_DNS_SERVERS: `127.0.0.1:${dns.port}` } });
  // The workers, which start after this, read them: `baseURL` in playwright.config.ts, and specs that start an app of their own.
  process.env.REBOUND_E2E_URL = app.url;
  process.env.REBOUND_E2E_DNS = `127.0.0.1:${dns.port}`;
  return async () => {
    await app.stop();
    await dns.close();
  };
}
