/**
 * A small resolver that writes its own packets, for the few questions that Node's resolver cannot ask:
 * names with octets that c-ares refuses (`foo:bar.example.com`, `o'brien._spf.example.com`).
 *
 * It asks recursive servers: a CNAME is followed within the answer, never by a further question.
 */

import { canonicalName, isAskable } from "./name.ts";
import { exchange, parseServer, question, readReply } from "./packet.ts";
import type { Answer, DnsFailure, RecordData, RecordType, Resolver } from "./resolver.ts";

export interface PacketResolverOptions {
  /** `ip`, `ip:port` or `[v6]:port`. */
  readonly servers: readonly string[];
  readonly timeoutMs: number;
  readonly longestTimeoutMs?: number;
  readonly tries: number;
  readonly signal?: AbortSignal;
}

export function packetResolver(options: PacketResolverOptions): Resolver {
  const servers = options.servers.map(parseServer);

  return {
    async query<T extends RecordType>(asked: string, type: T): Promise<Answer<T>> {
      const name = canonicalName(asked);
      if (!isAskable(name)) return { status: "malformed", name, type, records: [], ms: 0 };
      const started = performance.now();
      const outcome = await askInTurn(name, type);
      const ms = Math.round(performance.now() - started);
      if (typeof outcome === "string") return { status: outcome, name, type, records: [], ms };
      return { status: "ok", name, type, records: outcome, ms };
    },
  };

  /** Servers in order, then again with a longer wait, until one replies. As in c-ares, a reply that tells of a failure is a reply. */
  async function askInTurn<T extends RecordType>(name: string, type: T): Promise<DnsFailure | RecordData[T][]> {
    for (let round = 0; round < options.tries; round++) {
      const wait = Math.min(options.timeoutMs * 2 ** round, options.longestTimeoutMs ?? Infinity);
      for (const server of servers) {
        if (options.signal?.aborted === true) return "timeout";
        const outcome = readReply(await exchange(question(name, type, { recursion: true }), server, wait, options.signal), name, type);
        if (outcome !== "timeout") return outcome;
      }
    }
    return "timeout";
  }
}
