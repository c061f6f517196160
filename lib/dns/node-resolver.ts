/**
 * Node's own resolver (c-ares) behind the `Resolver` interface: it asks nearly every question.
 *
 * What it cannot ask goes to the packet resolver: it refuses names with an octet outside letters, digits, "-" and "_"
 * (or worse, changes them: it stops at a NUL and reads "\" as an escape), though RFC 7208 section 7.1 lets macros
 * make such names. Names that cannot stand in a packet at all are `malformed` without a question.
 */

import { Resolver as Channel } from "node:dns/promises";
import { isAskable, canonicalName } from "./name.ts";
import { packetResolver } from "./packet-resolver.ts";
import type { Answer, DnsFailure, RecordData, RecordType, Resolver } from "./resolver.ts";
import { txtText } from "./txt-text.ts";

export interface NodeResolverOptions {
  /** `ip`, `ip:port` or `[v6]:port`; the system's when absent. */
  readonly servers?: readonly string[] | undefined;
  /** How long to wait for the first reply, in milliseconds; doubled at each further try. */
  readonly timeoutMs: number;
  /** The longest wait for one reply; as long as it grows when absent. */
  readonly longestTimeoutMs?: number;
  /** How often each server is asked. */
  readonly tries: number;
  /** When aborted, every question in flight ends with `timeout`, and no more is asked: `not-asked`. */
  readonly signal?: AbortSignal;
}

export interface NodeResolver extends Resolver {
  /** The servers that are asked, in order, as `ip` or with a port other than 53. */
  readonly servers: readonly string[];
}

export function nodeResolver(options: NodeResolverOptions): NodeResolver {
  const channel = new Channel({ timeout: options.timeoutMs, tries: options.tries, maxTimeout: options.longestTimeoutMs ?? 0 });
  if (options.servers !== undefined) channel.setServers(options.servers);
  const servers = channel.getServers();
  const packets = packetResolver({ ...options, servers });
  options.signal?.addEventListener("abort", () => channel.cancel(), { once: true });

  return {
    servers,
    async query<T extends RecordType>(asked: string, type: T): Promise<Answer<T>> {
      const name = canonicalName(asked);
      if (!isAskable(name)) return { status: "malformed", name, type, records: [], ms: 0 };
      if (options.signal?.aborted === true) return { status: "not-asked", name, type, records: [], ms: 0 };
      if (!isPlain(name)) return packets.query(name, type);
      const started = performance.now();
      const elapsed = () => Math.round(performance.now() - started);
      try {
        const records = await ask(channel, name, type);
        // An answer of CNAMEs only: the name is there, this type is not.
        if (records.length === 0) return { status: "no-data", name, type, records: [], ms: elapsed() };
        return { status: "ok", name, type, records, ms: elapsed() };
      } catch (error) {
        const code = errorCode(error);
        // EBADRESP: c-ares cannot read an answer to SOA that holds only a CNAME; and one answer that cannot be read takes those down that
        // are waited for at the same socket. By itself each question gets its own answer.
        if (code === "EBADNAME" || code === "EBADRESP") return packets.query(name, type);
        return { status: failureOf(code), name, type, records: [], ms: elapsed() };
      }
    },
  };
}

function isPlain(name: string): boolean {
  return /^[a-z0-9_.-]+$/.test(name);
}

async function ask<T extends RecordType>(channel: Channel, name: string, type: T): Promise<RecordData[T][]> {
  const calls: { [K in RecordType]: () => Promise<RecordData[K][]> } = {
    A: () => channel.resolve4(name),
    AAAA: () => channel.resolve6(name),
    // Node gives each octet as one Latin-1 character.
    TXT: async () => (await channel.resolveTxt(name)).map((strings) => txtText(strings.map((text) => Buffer.from(text, "latin1")))),
    MX: async () => (await channel.resolveMx(name)).map(({ priority, exchange }) => ({ preference: priority, exchange: canonicalName(exchange) })),
    PTR: async () => (await channel.resolvePtr(name)).map(canonicalName),
    CNAME: async () => (await channel.resolveCname(name)).map(canonicalName),
    NS: async () => (await channel.resolveNs(name)).map(canonicalName),
    SOA: async () => {
      const soa = await channel.resolveSoa(name);
      return [{ ...soa, nsname: canonicalName(soa.nsname), hostmaster: canonicalName(soa.hostmaster) }];
    },
  };
  return calls[type]();
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Over loopback, Node 24 keeps ENOTFOUND (NXDOMAIN) and ENODATA apart for all eight types: see the tests. */
function failureOf(code: string): DnsFailure {
  switch (code) {
    case "ENOTFOUND":
      return "no-name";
    case "ENODATA":
      return "no-data";
    case "EREFUSED":
      return "refused";
    // A closed port (ECONNREFUSED) is no DNS server's word about the name: nobody answered.
    case "ETIMEOUT":
    case "ECANCELLED":
    case "ECONNREFUSED":
      return "timeout";
    case "EBADRESP":
    case "EFORMERR":
      return "malformed";
    default:
      return "server-failure";
  }
}
