/** Which name servers are asked, how patiently, and the resolver that one diagnosis works with. */

import { getServers as systemServers } from "node:dns";
import { isIP, isIPv4, isIPv6 } from "node:net";
import { z } from "zod";
import type { IpAddress } from "../address/index.ts";
import { budgeted } from "./budget.ts";
import { type DirectQuestions, directQuestions } from "./direct.ts";
import { nodeResolver } from "./node-resolver.ts";
import { privateReverseAt, publicNames } from "./public-names.ts";
import { recording, type RecordingHooks, type RecordingResolver } from "./recording.ts";
import { processRestraint, type Restraint, restrained } from "./restraint.ts";

/**
 * `REBOUND_DNS_SERVERS`: a comma list of `ip`, `ip:port`, `[v6]` or `[v6]:port`, read into what `Resolver.setServers` takes.
 * Absent or blank: null, the system's resolvers.
 */
export const dnsServersSchema = z
  .string()
  .optional()
  .transform((text, context): readonly string[] | null => {
    if (text === undefined || text.trim() === "") return null;
    const servers: string[] = [];
    for (const entry of text.split(",").map((part) => part.trim())) {
      const server = parseServerEntry(entry);
      if (server === null) context.addIssue({ code: "custom", message: `"${entry}" is not ip, ip:port or [v6]:port`, input: text });
      else servers.push(server);
    }
    return servers;
  });

/** `192.0.2.53`, `192.0.2.53:5353`, `2001:db8::53`, `[2001:db8::53]:5353` → the same, IPv6 always bracketed; else null. */
export function parseServerEntry(entry: string): string | null {
  if (isIP(entry) !== 0) return isIPv6(entry) ? `[${entry}]` : entry;
  const parts = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d{1,5}))?$/.exec(entry);
  const v6 = parts?.[1];
  const v4 = parts?.[2];
  const port = parts?.[3];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65535)) return null;
  if (v6 !== undefined && isIPv6(v6)) return port === undefined ? `[${v6}]` : `[${v6}]:${Number(port)}`;
  if (v4 !== undefined && isIPv4(v4)) return port === undefined ? v4 : `${v4}:${Number(port)}`;
  return null;
}

export const QUESTIONS_PER_DIAGNOSIS = 150;
export const DIAGNOSIS_DEADLINE_MS = 12_000;
/** Four times the fullest answer that DNS can carry; an honest domain's diagnosis comes to some ten thousand. */
export const OCTETS_PER_DIAGNOSIS = 256 * 1024;

/** By the number of servers, so that a question that nobody answers ends in about four seconds (c-ares doubles the wait at each round, up to `longestTimeoutMs`, and looks at its clock at most once a second). */
const PATIENCE = [
  { timeoutMs: 900, longestTimeoutMs: 1800, tries: 3 },
  { timeoutMs: 750, longestTimeoutMs: 1500, tries: 2 },
  { timeoutMs: 1000, longestTimeoutMs: 1000, tries: 1 },
] as const;
/** As many as resolv.conf may name. */
const MOST_SERVERS = PATIENCE.length;

export interface DiagnosisResolverOptions<Step extends string> extends RecordingHooks<Step> {
  /** Null: the system's. */
  readonly servers: readonly string[] | null;
  readonly questions?: number;
  readonly deadlineMs?: number;
  readonly octets?: number;
  /** Where a zone's own server of that address is asked, as `ip:port`; null: not at all. Absent: at its address, when that is out on the internet. */
  readonly nameServerAt?: ((address: IpAddress) => string | null) | undefined;
  /** That of the whole server when absent; null: none, for what it asks in its own behalf. */
  readonly restraint?: Restraint | null;
  /** Ends it early, e.g. when the client has gone away. */
  readonly signal?: AbortSignal;
}

export interface DiagnosisResolver<Step extends string> extends RecordingResolver<Step> {
  readonly servers: readonly string[];
  /** Questions whose answers say more than records; absent over evidence, which has no servers behind it. */
  readonly direct?: DirectQuestions;
  /** Ends whatever is still in flight. Call it when the diagnosis is done. */
  close(): void;
}

/** One for each diagnosis: every question asked once, bounded in number and time. */
export function diagnosisResolver<Step extends string = string>(options: DiagnosisResolverOptions<Step>): DiagnosisResolver<Step> {
  const deadlineMs = options.deadlineMs ?? DIAGNOSIS_DEADLINE_MS;
  const end = new AbortController();
  const close = () => {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", close);
    end.abort();
  };
  const timer = setTimeout(close, deadlineMs).unref();
  options.signal?.addEventListener("abort", close, { once: true });
  const node = patientResolver(options.servers, end.signal);
  const restraint = options.restraint === undefined ? processRestraint() : (options.restraint ?? undefined);
  const bounded = budgeted(restrained(node, restraint, end.signal), { questions: options.questions ?? QUESTIONS_PER_DIAGNOSIS, deadlineMs, octets: options.octets ?? OCTETS_PER_DIAGNOSIS });
  const recorded = recording<Step>(publicNames(bounded, { privateReverse: privateReverseAt(options.servers) }), options);
  const direct = directQuestions({ servers: node.servers, nameServerAt: options.nameServerAt, restraint, signal: end.signal });
  return { ...recorded, servers: node.servers, direct, close };
}

function patientResolver(servers: readonly string[] | null, signal: AbortSignal) {
  const first = (list: readonly string[]) => list.slice(0, MOST_SERVERS);
  const asked = first(servers ?? systemServers());
  const patience = PATIENCE[asked.length - 1] ?? PATIENCE[0];
  return nodeResolver({ ...patience, servers: asked.length === 0 ? undefined : asked, signal });
}
