/** What a watch does in the world: finds the servers to ask, asks them, and makes the new report. */

import { isPublicSuffix, isRoutableIp, isSameOrBelow, organizationalDomain, parseDomain, parseIp } from "../../lib/address/index.ts";
import type { Report } from "../../lib/diagnosis/report.ts";
import { directQuestions, type ServerReply } from "../../lib/dns/direct.ts";
import { type DiagnosisResolver, isAbsent, overlay, txtValue } from "../../lib/dns/index.ts";
import { environment } from "../../lib/environment/index.ts";
import { checkHost } from "../../lib/spf/index.ts";
import { type Heard, MOST_RESOLVERS, type Target, type WatchedServer } from "../../lib/watch/index.ts";
import { makeReport, newBirth } from "./make-report.ts";
import { nameServerAt, resolverAsSet } from "./name-server-at.ts";
import { findReport } from "./stored-report.ts";

export interface WatchWork {
  servers(targets: readonly Target[], signal: AbortSignal): Promise<readonly WatchedServer[]>;
  ask(server: WatchedServer, target: Target, signal: AbortSignal): Promise<Heard>;
  /** Whether this SPF record, in the place of today's, lets the refused sender pass. */
  passes(target: Target, record: string, signal: AbortSignal): Promise<boolean>;
  /** Null when it could not be made or kept. */
  recheck(signal: AbortSignal): Promise<Report | null>;
}

/** Servers of one zone. */
const MOST_OWN = 4;
const PATIENCE_MS = 2000;
/** The zone of each record, its servers, their addresses. */
const QUESTIONS_TO_FIND = 60;

export function watchWork(report: Report): WatchWork {
  const { sendingIp, helo } = report.subject;
  const open = (signal: AbortSignal, questions?: number) => resolverAsSet({ signal, ...(questions === undefined ? {} : { questions }) });

  return {
    async servers(targets, signal) {
      const dns = open(signal, QUESTIONS_TO_FIND);
      try {
        return [...(await ownServers(targets, dns)), ...resolvers(targets, dns.servers)];
      } finally {
        dns.close();
      }
    },
    async ask({ kind, address }, { name, type }, signal) {
      if (address === null) return NOTHING;
      const ip = parseIp(address);
      const direct = directQuestions({ servers: [address], nameServerAt: nameServerAt(), signal, timeoutMs: PATIENCE_MS, questions: 1 });
      if (kind === "own") return ip === null ? NOTHING : heardOf(await direct.own(ip, name, type), true);
      return heardOf(await direct.resolver(name, type), false);
    },
    async passes({ name }, record, signal) {
      const ip = parseIp(sendingIp ?? "");
      if (ip === null) return false;
      const dns = open(signal);
      try {
        const { result } = await checkHost({ ip, mailFrom: `postmaster@${name}`, helo: helo ?? name }, overlay(dns, { name, txt: [record] }), { prefetch: true });
        return result === "pass";
      } finally {
        dns.close();
      }
    },
    async recheck(signal) {
      // Deleted meanwhile: then nothing is to come of it.
      if (!(await findReport(report.id)).ok) return null;
      // Viewers come by whatever host name they like: the new report stands where the old one does.
      const made = await makeReport({ previous: report }, { birth: newBirth(), origin: environment().publicUrl ?? new URL(report.url).origin, signal });
      return made.ok ? made.report : null;
    },
  };
}

const NOTHING: Heard = { records: null, secondsLeft: null };

/** A zone's server counts when it speaks for the zone, and does not hand on to another by an alias. */
function heardOf(reply: ServerReply<Target["type"]> | null, isOwn: boolean): Heard {
  if (reply === null) return NOTHING;
  const { answer, authoritative, aliased, zone, ttl } = reply;
  const isElsewhere = aliased && answer.type !== "CNAME" && answer.records.length === 0;
  if (isOwn && (!authoritative || isElsewhere)) return NOTHING;
  if (isAbsent(answer.status)) return { records: [], secondsLeft: zone?.negativeTtl ?? null };
  return answer.status === "ok" ? { records: answer.records.map(textOf), secondsLeft: ttl } : NOTHING;
}

function textOf(record: ServerReply<Target["type"]>["answer"]["records"][number]): string {
  if (typeof record === "string") return record;
  return "exchange" in record ? record.exchange : txtValue(record);
}

async function ownServers(targets: readonly Target[], dns: DiagnosisResolver<string>): Promise<readonly WatchedServer[]> {
  const zones = await Promise.all(targets.map(({ name }) => zoneOf(name, dns)));
  const found = await Promise.all([...new Set(zones)].map((zone) => (zone === null ? Promise.resolve([]) : serversOf(zone, zones.flatMap((one, index) => (one === zone ? [index] : [])), dns))));
  return found.flat();
}

/** The resolver names it in the SOA record that comes with any answer; a registry's own zone only says who was delegated to. */
async function zoneOf(name: string, dns: DiagnosisResolver<string>): Promise<string | null> {
  const start = await dns.direct?.resolver(name, "SOA");
  const told = start?.zone?.name;
  const domain = parseDomain(name);
  const zone = told !== undefined && isSameOrBelow(name, told) ? told : domain.ok ? organizationalDomain(domain.domain) : null;
  return zone === null || zone === "" || isPublicSuffix(zone) ? null : zone;
}

async function serversOf(zone: string, targets: readonly number[], dns: DiagnosisResolver<string>): Promise<readonly WatchedServer[]> {
  const hosts = [...(await dns.query(zone, "NS")).records].sort().slice(0, MOST_OWN);
  return Promise.all(
    hosts.map(async (host): Promise<WatchedServer> => {
      // A host without IPv6 of its own would take every such server for dead: IPv4 first.
      const [v4, v6] = await Promise.all([dns.query(host, "A"), dns.query(host, "AAAA")]);
      const [ip] = [...v4.records, ...v6.records].flatMap((text) => parseIp(text) ?? []);
      const mayBeAsked = ip !== undefined && (nameServerAt() !== undefined || isRoutableIp(ip));
      return { kind: "own", name: host, address: mayBeAsked ? ip : null, targets };
    }),
  );
}

/** Ours is what the new diagnosis will ask: while it keeps the old answer, so would the new report. */
function resolvers(targets: readonly Target[], own: readonly string[]): readonly WatchedServer[] {
  const { watchResolvers } = environment();
  const [ours] = own.filter((address) => !watchResolvers.includes(address));
  const all = targets.map((_, index) => index);
  const listed = watchResolvers.slice(0, MOST_RESOLVERS).map((address): WatchedServer => ({ kind: "public", name: OPERATORS.get(address) ?? null, address, targets: all }));
  return ours === undefined ? listed : [...listed, { kind: "ours", name: null, address: ours, targets: all }];
}

/** As they call themselves. */
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ["8.8.8.8", "Google Public DNS"],
  ["8.8.4.4", "Google Public DNS"],
  ["1.1.1.1", "Cloudflare"],
  ["1.0.0.1", "Cloudflare"],
  ["9.9.9.9", "Quad9"],
  ["208.67.222.222", "OpenDNS"],
]);
