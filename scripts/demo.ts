/** `npm run demo`: the whole product against our own DNS server with the sample zones. No internet, and a database of its own. */

import { cpSync, rmSync, watch } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { CASES } from "../e2e/cases.ts";
import { startDnsServer } from "../e2e/dns-server.ts";
import { ROOT } from "./process.ts";
import { serve } from "./serve.ts";
import { settingsOrExit } from "./settings.ts";

/** A copy, so that records can be changed in it while a page watches. */
const ZONES = join(".data", "demo-zones");
const zones = join(ROOT, ZONES);
rmSync(zones, { recursive: true, force: true });
cpSync(join(ROOT, "e2e", "zones"), zones, { recursive: true });
const dns = await startDnsServer({ zones: [zones] });
watch(zones, serveAgain);
process.env.REBOUND_DNS_SERVERS = `127.0.0.1:${dns.port}`;
process.env.REBOUND_WATCH_RESOLVERS = `127.0.0.1:${dns.port}`;
process.env.REBOUND_NAME_SERVER_AT = `127.0.0.1:${dns.port}`;
process.env.REBOUND_WATCH_INTERVAL_MS = "1000";
process.env.DATABASE_URL = "file:.data/demo.db";
const { port } = settingsOrExit();
await serve(port);
await tellWhenServing();

function serveAgain(): void {
  try {
    dns.serve([zones]);
  } catch (error) {
    // Half written: the next change is served.
    console.error(error instanceof Error ? error.message : error);
  }
}

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

Then press "Watch the change", put the record into ${ZONES}/${CASES[0]?.id ?? ""}.zone, and see it arrive.

Or type one of these domains:

${[...new Set(domains)].join("\n")}
`;
}
