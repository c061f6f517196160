/**
 * The largest number of DNS questions that one request can cause: zones made to explode, in SPF, in mail servers, reverse names, name
 * servers and report addresses, and all of it at once. Counted where they arrive, over real packets, with those to the zone's own servers.
 */

import { startDnsServer } from "../e2e/dns-server.ts";
import { GMAIL, smtpReply } from "../e2e/bounce-texts.ts";
import { diagnose } from "../lib/diagnosis/diagnose.ts";
import { diagnosisResolver } from "../lib/dns/servers.ts";
import type { Zone } from "../lib/dns/zone.ts";
import { HOSTILE_DOMAIN, HOSTILE_IP, HOSTILE_ZONES } from "../lib/spf/hostile-zones.ts";

export interface Asked {
  readonly zone: string;
  /** Different questions, in the report. */
  readonly inReport: number;
  /** Of a name and a type to one server, however often it was tried, with those that are asked directly. */
  readonly arrived: number;
  /** With every further try. */
  readonly packets: number;
}

const list = <T>(count: number, each: (n: number) => T) => Array.from({ length: count }, (_, n) => each(n));
const REVERSE = "9.113.0.203.in-addr.arpa";

/** Everything that a diagnosis follows, each as wide as it is followed and wider. */
export const EVERYTHING: Zone = {
  [HOSTILE_DOMAIN]: { TXT: [`v=spf1 mx ptr ${list(10, (n) => `include:${n}.%{d}`).join(" ")} -all`], MX: list(100, (n): [number, string] => [n, `mx${n}.${HOSTILE_DOMAIN}`]), A: [HOSTILE_IP] },
  [`*.${HOSTILE_DOMAIN}`]: { TXT: [`v=spf1 mx ${list(10, (n) => `include:${n}.%{d}`).join(" ")} -all`, `v=DMARC1; p=none; rua=${list(100, (n) => `mailto:a@r${n}.test`).join(",")}`], MX: list(100, (n): [number, string] => [n, `mx${n}.${HOSTILE_DOMAIN}`]) },
  [`_dmarc.${HOSTILE_DOMAIN}`]: { TXT: [`v=DMARC1; p=none; rua=${list(100, (n) => `mailto:a@r${n}.test`).join(",")}; ruf=${list(100, (n) => `mailto:a@f${n}.test`).join(",")}`] },
  [REVERSE]: { PTR: list(300, (n) => `p${n}.host.test`) },
};

const PLAIN = smtpReply(GMAIL.unauthenticated(HOSTILE_DOMAIN, HOSTILE_IP));
const SELECTORS = list(20, (n) => `sel${n}`);
const NAME_SERVERS = list(13, (n) => `ns${n}.${HOSTILE_DOMAIN}`);

/** Every zone gets thirteen name servers, as many as fit in a plain answer, and the request twenty selectors. */
function withServers(zone: Zone): readonly (Zone | { readonly master: string })[] {
  const soa = `${HOSTILE_DOMAIN}. 60 SOA ${NAME_SERVERS[0]}. hostmaster.${HOSTILE_DOMAIN}. 1 2 3 4 5\n`;
  return [zone, { master: soa + NAME_SERVERS.map((host, n) => `${HOSTILE_DOMAIN}. 60 NS ${host}.\n${host}. 60 A 198.51.100.${n + 1}\n`).join("") }];
}

export async function questionsOf(name: string, zone: Zone, { isSilent = false }: { readonly isSilent?: boolean } = {}): Promise<Asked> {
  const server = await startDnsServer({ zones: withServers(zone) });
  if (isSilent) server.setFaults(["test", "arpa"].map((below) => ({ name: below, below: true, kind: "timeout" })));
  const at = `127.0.0.1:${server.port}`;
  try {
    const outcome = await diagnose(
      { input: PLAIN, sendingIp: HOSTILE_IP, selectors: SELECTORS },
      { dns: (hooks) => diagnosisResolver({ ...hooks, servers: [at], nameServerAt: () => at }), id: "A".repeat(22), url: "http://localhost/r/A", now: new Date(), expiresAt: null },
    );
    const queries = outcome.ok ? outcome.report.dns.queries : 0;
    const udp = server.asked.filter(({ over }) => over === "udp");
    // Node's resolver asks all from one port, and what is asked directly has a port for each packet: one of each is one question.
    const shared = new Map<number, number>();
    for (const { port } of udp) shared.set(port, (shared.get(port) ?? 0) + 1);
    const apart = udp.filter(({ port }) => shared.get(port) === 1).length;
    const together = new Set(udp.filter(({ port }) => shared.get(port) !== 1).map(({ name: asked, type }) => `${type} ${asked}`)).size;
    return { zone: name, inReport: queries, arrived: apart + together, packets: server.asked.length };
  } finally {
    await server.close();
  }
}

/** What a packet cannot hold cannot be served. */
const LARGEST_ENTRY = 60_000;
const fits = (zone: Zone) => Object.values(zone).every((entry) => JSON.stringify(entry).length < LARGEST_ENTRY);

/** Most first. */
export async function mostQuestions(): Promise<readonly Asked[]> {
  const rows: Asked[] = [await questionsOf("all at once", EVERYTHING), await questionsOf("all at once, and nobody answers", EVERYTHING, { isSilent: true })];
  for (const { name, zone } of HOSTILE_ZONES) if (fits(zone())) rows.push(await questionsOf(name, zone()));
  return rows.sort((one, other) => other.packets - one.packets);
}

if (import.meta.main) console.table((await mostQuestions()).slice(0, 12));
