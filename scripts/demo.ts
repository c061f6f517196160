/** `npm run demo`: the whole product against our own DNS server with the sample zones. No internet, and a database of its own. */

import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { CASES } from "../e2e/cases.ts";
import { startDnsServer } from "../e2e/dns-server.ts";
import { ROOT } from "./process.ts";
import { serve } from "./serve.ts";
import { settingsOrExit } from "./settings.ts";

const dns = await startDnsServer({ zones: [join(ROOT, "e2e", "zones")] });
process.env.REBOUND_DNS_SERVERS = `127.0.0.1:${dns.port}`;
process.env.DATABASE_URL = "file:.data/demo.db";
const { port } = settingsOrExit();
await serve(port);
await tellWhenServing();

async function tellWhenServing(): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    await wait(100);
    // Next puts the port here that it listens on.
    const listening = Number(process.env.PORT ?? port);
    if (listening === 0) continue;
    const answer = await fetch(`http://127.0.0.1:${listening}/api/health`).catch(() => null);
    if (answer?.ok === true) return console.log(invitation(listening));
  }
}

function invitation(listening: number): string {
  const domains = CASES.filter(({ id }) => !id.includes("/")).map(({ domain, title }) => `  ${domain.padEnd(34)} ${title}`);
  const bounce = CASES[0]?.input.trim() ?? "";
  return `
The demo is at http://localhost:${listening}
Its DNS is ours (127.0.0.1:${dns.port}, the zones of e2e/zones): only the names below exist.

Paste this bounce:

${bounce.replaceAll(/^/gm, "  ")}

Or type one of these domains:

${[...new Set(domains)].join("\n")}
`;
}
