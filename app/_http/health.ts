/** Whether diagnoses can be made and kept now. */

import { z } from "zod";
import { diagnosisResolver } from "../../lib/dns/servers.ts";
import { environment, type Environment } from "../../lib/environment/index.ts";
import { reportStore, unsavedFault } from "../../lib/store/index.ts";

export const healthSchema = z.object({
  status: z.enum(["ok", "failing"]),
  dns: z.enum(["ok", "no-answer"]),
  store: z.enum(["ok", "disk-full", "read-only", "locked", "corrupt", "unavailable"]),
});
export type Health = z.infer<typeof healthSchema>;

/** Any name will do, since any reply shows that the servers are there; this one every resolver has at hand. */
const ASKED_NAME = "gmail.com";
const DNS_PATIENCE_MS = 3000;
/** However often somebody asks, name servers are asked this seldom. */
const KNOWN_FOR_MS = 5000;
/** The same for the database, which is nearer. */
const STORE_KNOWN_FOR_MS = 1000;

declare global {
  var reboundDnsHealth: { readonly at: number; readonly state: Promise<Health["dns"]> } | undefined;
  var reboundStoreHealth: { readonly at: number; readonly state: Promise<Health["store"]> } | undefined;
}

export async function health(): Promise<Health> {
  const settings = environment();
  const [dns, store] = await Promise.all([dnsHealth(settings), storeHealth(settings)]);
  return { status: dns === "ok" && store === "ok" ? "ok" : "failing", dns, store };
}

function dnsHealth({ dnsServers }: Environment): Promise<Health["dns"]> {
  const known = globalThis.reboundDnsHealth;
  if (known !== undefined && Date.now() - known.at < KNOWN_FOR_MS) return known.state;
  const state = askDns(dnsServers);
  globalThis.reboundDnsHealth = { at: Date.now(), state };
  return state;
}

async function askDns(servers: readonly string[] | null): Promise<Health["dns"]> {
  const dns = diagnosisResolver({ servers, questions: 1, deadlineMs: DNS_PATIENCE_MS, restraint: null });
  try {
    const { status } = await dns.query(ASKED_NAME, "MX");
    return status === "timeout" || status === "not-asked" || status === "malformed" ? "no-answer" : "ok";
  } finally {
    dns.close();
  }
}

function storeHealth(settings: Environment): Promise<Health["store"]> {
  const known = globalThis.reboundStoreHealth;
  if (known !== undefined && Date.now() - known.at < STORE_KNOWN_FOR_MS) return known.state;
  const state = askStore(settings);
  globalThis.reboundStoreHealth = { at: Date.now(), state };
  return state;
}

/** While reports wait to be saved, and are tried every few seconds, all is not well whatever the database says of itself. */
async function askStore(settings: Environment): Promise<Health["store"]> {
  const waiting = unsavedFault();
  if (waiting !== null) return waiting.kind;
  const ping = await reportStore(settings).ping();
  return ping.status === "ok" ? "ok" : ping.fault.kind;
}
