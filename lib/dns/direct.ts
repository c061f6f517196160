/**
 * What Node's resolver cannot tell of an answer: whose it is, how long it may be remembered, and whether only its signatures
 * stand in the way. Asked beside a diagnosis, once each and not long: what gets no reply here is merely not known.
 */

import { type IpAddress, isRoutableIp } from "../address/index.ts";
import { canonicalName, isAskable } from "./name.ts";
import { exchange, parseServer, question, type QuestionFlags, readReply, type Reply, type Server } from "./packet.ts";
import type { Answer, RecordType } from "./resolver.ts";
import type { Restraint } from "./restraint.ts";

export interface ServerReply<T extends RecordType = RecordType> {
  readonly answer: Answer<T>;
  /** AA: the server speaks for the zone (RFC 1035 section 4.1.1). */
  readonly authoritative: boolean;
  /** RA: it is a resolver, perhaps one that answers in another's place. */
  readonly recursive: boolean;
  /** Seconds for which the records may still be remembered, the least of all in the answer; null where there are none. */
  readonly ttl: number | null;
  /** The name is an alias: the records, if any, are another name's. */
  readonly aliased: boolean;
  /** The SOA record that came with it, which names the zone. */
  readonly zone: ZoneSign | null;
}

export interface ZoneSign {
  /** Owner of the SOA record. */
  readonly name: string;
  /** Seconds for which "no such record" may be remembered: the lesser of the SOA's TTL and its last field (RFC 2308 section 5). */
  readonly negativeTtl: number;
}

export interface DirectQuestions {
  /** A zone's own server, for what it holds itself. Null where that address is not to be asked. */
  own<T extends RecordType>(server: IpAddress, name: string, type: T): Promise<ServerReply<T> | null>;
  /** The resolver of the diagnosis. */
  resolver<T extends RecordType>(name: string, type: T, options?: { readonly checkingDisabled: boolean }): Promise<ServerReply<T>>;
  /** Whether the zone above vouches for the keys of this one (a DS record, RFC 4034 section 5); null when that could not be seen. */
  isSigned(zone: string): Promise<boolean | null>;
}

export interface DirectOptions {
  /** Resolvers, as `ip` or `ip:port`. */
  readonly servers: readonly string[];
  /** Where the server of that address is asked, as `ip:port`; null: not at all. */
  readonly nameServerAt?: ((address: IpAddress) => string | null) | undefined;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly questions?: number;
  /** That of the whole server. A diagnosis can do without these questions: they don't wait for a place. */
  readonly restraint?: Restraint | undefined;
}

/** One try: a diagnosis does not wait for a server that it can do without. */
const TIMEOUT_MS = 1000;
/** Four servers, three questions each, and what is asked of the resolver. */
export const DIRECT_QUESTIONS = 24;

/** Anyone can write any address into a zone: only those that are out on the internet are asked, never the operator's own network. */
const onTheInternet = (address: IpAddress): string | null => (isRoutableIp(address) ? `[${address}]:53` : null);

export function directQuestions({ servers, nameServerAt = onTheInternet, signal, timeoutMs = TIMEOUT_MS, questions = DIRECT_QUESTIONS, restraint }: DirectOptions): DirectQuestions {
  const resolvers = servers.map(parseServer);
  let left = questions;

  return {
    own: (address, name, type) => {
      const at = nameServerAt(address);
      return at === null ? Promise.resolve(null) : ask([parseServer(at)], name, type, { recursion: false });
    },
    resolver: (name, type, options) => ask(resolvers, name, type, { recursion: true, ...options }),
    async isSigned(zone) {
      const reply = await send(resolvers, canonicalName(zone), "DS", { recursion: true, checkingDisabled: true });
      if (reply.kind !== "packet" || ((reply.packet.flags ?? 0) & RCODE_MASK) !== 0) return null;
      return (reply.packet.answers ?? []).some(({ type }) => type === "DS");
    },
  };

  async function ask<T extends RecordType>(at: readonly Server[], asked: string, type: T, flags: QuestionFlags): Promise<ServerReply<T>> {
    const name = canonicalName(asked);
    if (!isAskable(name)) return { ...NOTHING, answer: { status: "malformed", name, type, records: [], ms: 0 } };
    if (left <= 0 || signal?.aborted === true) return { ...NOTHING, answer: { status: "not-asked", name, type, records: [], ms: 0 } };
    const started = performance.now();
    const reply = await send(at, name, type, flags);
    return readServerReply(reply, name, type, Math.round(performance.now() - started));
  }

  /** The first server that replies. */
  async function send(at: readonly Server[], name: string, type: RecordType | "DS", flags: QuestionFlags): Promise<Reply> {
    for (const server of at) {
      if (left <= 0 || signal?.aborted === true || restraint?.turnNow() === false) break;
      left -= 1;
      const reply = await exchange(question(name, type, flags), server, timeoutMs, signal);
      if (reply.kind !== "silent") return reply;
    }
    return { kind: "silent" };
  }
}

const RCODE_MASK = 0xf;
const AUTHORITATIVE = 0x400;
const RECURSION_AVAILABLE = 0x80;
const NOTHING = { authoritative: false, recursive: false, ttl: null, aliased: false, zone: null } as const;

function readServerReply<T extends RecordType>(reply: Reply, name: string, type: T, ms: number): ServerReply<T> {
  const outcome = readReply(reply, name, type);
  const answer: Answer<T> = typeof outcome === "string" ? { status: outcome, name, type, records: [], ms } : { status: "ok", name, type, records: outcome, ms };
  if (reply.kind !== "packet") return { ...NOTHING, answer };
  const { flags = 0, answers = [], authorities = [] } = reply.packet;
  const ttls = answers.flatMap((record) => ("ttl" in record && typeof record.ttl === "number" ? [record.ttl] : []));
  const [zone] = [...answers, ...authorities].flatMap((record): ZoneSign[] =>
    record.type === "SOA" ? [{ name: canonicalName(record.name), negativeTtl: Math.min(record.ttl ?? 0, record.data.minimum ?? 0) }] : [],
  );
  return {
    answer,
    authoritative: (flags & AUTHORITATIVE) !== 0,
    recursive: (flags & RECURSION_AVAILABLE) !== 0,
    ttl: answer.status !== "ok" || ttls.length === 0 ? null : Math.min(...ttls),
    aliased: answers.some(({ type: held }) => held === "CNAME"),
    zone: zone ?? null,
  };
}
