/**
 * DNS packets: writing a question, sending it to one server over UDP and TCP, and reading the reply.
 *
 * Each question has its own socket, and so its own random port, and a random id (RFC 5452 section 9). Only a reply
 * from the server asked, with that id and exactly that question, is believed. A truncated reply is asked for again over TCP.
 */

import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { isIPv6, Socket } from "node:net";
import { decode, type DecodedPacket } from "dns-packet";
import { canonicalName } from "./name.ts";
import type { DnsFailure, RecordData, RecordType } from "./resolver.ts";
import { txtText } from "./txt-text.ts";

/** What came of sending one packet to one server. */
export type Reply = { readonly kind: "packet"; readonly packet: DecodedPacket } | { readonly kind: "unreadable" | "silent" };

export interface Server {
  readonly host: string;
  readonly port: number;
}

const TYPE_CODES: Record<RecordType | "DS", number> = { A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, DS: 43 };
const HEADER_OCTETS = 12;

export interface QuestionFlags {
  /** RD, RFC 1035 section 4.1.1: a recursive server is to find the answer. */
  readonly recursion: boolean;
  /** CD, RFC 4035 section 3.2.2: the answer is wanted even where its signatures do not hold. */
  readonly checkingDisabled?: boolean;
}

/** A query packet (RFC 1035 section 4.1). Written here and not by dns-packet, which takes dots next to a line break away. */
export function question(name: string, type: RecordType | "DS", { recursion, checkingDisabled = false }: QuestionFlags): Buffer {
  const header = Buffer.from([0, 0, recursion ? 1 : 0, checkingDisabled ? 0x10 : 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  header.writeUInt16BE(randomInt(0x10000), 0);
  const labels = name.split(".").map((label) => Buffer.from(label, "utf8"));
  return Buffer.concat([header, ...labels.flatMap((label) => [Buffer.of(label.length), label]), Buffer.of(0, 0, TYPE_CODES[type], 0, 1)]);
}

/** Same id, a reply, one question, and that one octet for octet: else somebody else's packet (RFC 5452 section 9.1). */
function answers(reply: Buffer, query: Buffer): boolean {
  return (
    reply.length >= query.length &&
    reply.readUInt16BE(0) === query.readUInt16BE(0) &&
    (reply.readUInt8(2) & 0x80) !== 0 &&
    reply.readUInt16BE(4) === 1 &&
    reply.subarray(HEADER_OCTETS, query.length).equals(query.subarray(HEADER_OCTETS))
  );
}

/** One packet to one server and its reply, over TCP where UDP's was cut short. Waits `wait` milliseconds for each. */
export async function exchange(query: Buffer, server: Server, wait: number, signal: AbortSignal | undefined): Promise<Reply> {
  const overUdp = await withinTime(wait, signal, (done) => udp(query, server, done));
  const truncated = overUdp !== null && (overUdp.readUInt8(2) & 0x02) !== 0;
  // RFC 7766 section 5
  const reply = truncated ? await withinTime(wait, signal, (done) => tcp(query, server, done)) : overUdp;
  if (reply === null) return { kind: "silent" };
  try {
    const packet = decode(reply);
    // dns-packet reads on past the end of a reply that was cut short.
    return decode.bytes > reply.length ? { kind: "unreadable" } : { kind: "packet", packet };
  } catch {
    return { kind: "unreadable" };
  }
}

/** Runs `start`, which calls back once with a reply or null and returns how to stop it; null when the time is over or the signal aborts. */
function withinTime(wait: number, signal: AbortSignal | undefined, start: (done: (reply: Buffer | null) => void) => () => void): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const finish = (reply: Buffer | null) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      stop();
      resolve(reply);
    };
    const onAbort = () => finish(null);
    const timer = setTimeout(onAbort, wait);
    const stop = start(finish);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

function udp(query: Buffer, server: Server, done: (reply: Buffer | null) => void): () => void {
  const socket = createSocket(isIPv6(server.host) ? "udp6" : "udp4");
  let open = true;
  const stop = () => {
    if (open) socket.close();
    open = false;
  };
  socket.on("message", (reply) => {
    if (answers(reply, query)) done(reply);
  });
  socket.on("error", () => done(null));
  // A connected socket takes packets from that server alone. Where there is no way to it, the callback is handed the reason.
  socket.connect(server.port, server.host, (...failed: readonly unknown[]) => {
    if (failed.length > 0) done(null);
    else if (open) socket.send(query);
  });
  return stop;
}

function tcp(query: Buffer, server: Server, done: (reply: Buffer | null) => void): () => void {
  const socket = new Socket();
  let received = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
    const reply = received.subarray(2, 2 + received.readUInt16BE(0));
    done(answers(reply, query) ? reply : null);
  });
  socket.on("error", () => done(null));
  socket.on("end", () => done(null));
  socket.connect(server.port, server.host, () => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(query.length);
    socket.write(Buffer.concat([length, query]));
  });
  return () => socket.destroy();
}

/** The records at the end of the reply's CNAME chain, or how it failed. */
export function readReply<T extends RecordType>(reply: Reply, name: string, type: T): DnsFailure | RecordData[T][] {
  switch (reply.kind) {
    case "silent":
      return "timeout";
    case "unreadable":
      return "malformed";
    case "packet":
      return readPacket(reply.packet, name, type);
  }
}

/** RFC 1035 section 4.1.1 */
const RCODE = { noError: 0, formatError: 1, nameError: 3, refused: 5 } as const;
const RCODE_MASK = 0xf;

function readPacket<T extends RecordType>(packet: DecodedPacket, name: string, type: T): DnsFailure | RecordData[T][] {
  switch ((packet.flags ?? 0) & RCODE_MASK) {
    case RCODE.noError: {
      const records = recordsAt(packet, type === "CNAME" ? name : ownerAfterAliases(packet, name), type);
      return records.length === 0 ? "no-data" : records;
    }
    case RCODE.nameError:
      return "no-name";
    case RCODE.refused:
      return "refused";
    case RCODE.formatError:
      return "malformed";
    default:
      return "server-failure";
  }
}

const MOST_ALIASES = 10;

/** The name at the end of the answer's CNAME chain (RFC 1034 section 3.6.2). */
function ownerAfterAliases(packet: DecodedPacket, name: string): string {
  const aliases = new Map((packet.answers ?? []).flatMap((answer) => (answer.type === "CNAME" ? [[canonicalName(answer.name), canonicalName(answer.data)] as const] : [])));
  let owner = canonicalName(name);
  for (let hop = 0; hop < MOST_ALIASES; hop++) {
    const target = aliases.get(owner);
    if (target === undefined) break;
    owner = target;
  }
  return owner;
}

function recordsAt<T extends RecordType>(packet: DecodedPacket, owner: string, type: T): RecordData[T][] {
  const all: { [K in RecordType]: RecordData[K][] } = { A: [], AAAA: [], TXT: [], MX: [], PTR: [], CNAME: [], NS: [], SOA: [] };
  for (const answer of packet.answers ?? []) {
    if (canonicalName(answer.name) !== owner) continue;
    switch (answer.type) {
      case "A":
      case "AAAA":
        all[answer.type].push(answer.data);
        break;
      case "CNAME":
      case "PTR":
      case "NS":
        all[answer.type].push(canonicalName(answer.data));
        break;
      case "MX":
        // dns-packet writes the root as ".": the null MX of RFC 7505 is an empty exchange here.
        all.MX.push({ preference: answer.data.preference ?? 0, exchange: canonicalName(answer.data.exchange) });
        break;
      case "TXT":
        all.TXT.push(txtText([answer.data].flat().map((text) => (typeof text === "string" ? Buffer.from(text, "utf8") : text))));
        break;
      case "SOA": {
        const { mname, rname, serial = 0, refresh = 0, retry = 0, expire = 0, minimum = 0 } = answer.data;
        all.SOA.push({ nsname: canonicalName(mname), hostmaster: canonicalName(rname), serial, refresh, retry, expire, minttl: minimum });
        break;
      }
      default:
        // Of another type than was asked for.
        break;
    }
  }
  return all[type];
}

/** `ip`, `ip:port`, `[v6]` or `[v6]:port`. */
export function parseServer(text: string): Server {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(text);
  const plain = bracketed ?? (isIPv6(text) ? [text, text] : /^([^:]+)(?::(\d+))?$/.exec(text));
  return { host: plain?.[1] ?? text, port: Number(plain?.[2] ?? 53) };
}
