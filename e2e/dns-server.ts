/**
 * An authoritative DNS server on loopback for tests, benchmarks and the demo, over UDP and TCP (RFC 1035, 2308, 4592, 6891, 7766).
 * It serves master files and the map literals of unit tests, and can be told to fail in each way that real servers fail.
 *
 *     node e2e/dns-server.ts --port 5353 --zones e2e/zones
 *
 * It stands for the whole of DNS: a name outside its zones does not exist, and CNAMEs are followed across all of them.
 */

import { createSocket } from "node:dgram";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Answer, AUTHORITATIVE_ANSWER, CHECKING_DISABLED, decode, type DecodedPacket, encode, type Packet, type Question, RECURSION_AVAILABLE, TRUNCATED_RESPONSE } from "dns-packet";
import type { Zone } from "../lib/dns/zone.ts";
import { type Fault, plainName, type ServedRecord, servedFromZone } from "./served.ts";
import { parseZoneFile } from "./zone-file.ts";

/** A master file, a directory of `*.zone`, a map literal, or master-file text. */
export type ZoneSource = string | Zone | { readonly master: string };

export interface DnsServerOptions {
  readonly zones: readonly ZoneSource[];
  /** 0, the default: any free port. The same number for UDP and TCP. */
  readonly port?: number;
  /** Added to every answer. */
  readonly delayMs?: number;
  /** False: an authoritative server alone, which offers no recursion (RA). */
  readonly recursive?: boolean;
}

export interface Asked {
  readonly name: string;
  readonly type: string;
  readonly over: "udp" | "tcp";
  /** The asker's. */
  readonly port: number;
}

export interface DnsServer {
  readonly port: number;
  /** Every question received, in order, retries included. */
  readonly asked: Asked[];
  /** Replaces the faults set before; those written in the zones stay. */
  setFaults(faults: readonly Fault[]): void;
  setDelay(ms: number): void;
  /** Other zones in the place of those served so far, their faults with them. */
  serve(zones: readonly ZoneSource[]): void;
  close(): Promise<void>;
}

const RCODE = { noError: 0, formatError: 1, serverFailure: 2, nameError: 3, refused: 5 } as const;
/** RFC 6891 section 6.2.5, and what today's servers announce. */
const EDNS_PAYLOAD = 1232;
const PLAIN_PAYLOAD = 512;
const MOST_ALIASES = 12;

export async function startDnsServer({ zones, port = 0, delayMs = 0, recursive = true }: DnsServerOptions): Promise<DnsServer> {
  let content = contentOf([]);
  let zoneFaults: readonly Fault[] = [];
  let faults = zoneFaults;
  let delay = delayMs;
  const asked: Asked[] = [];
  serve(zones);

  const udp = createSocket("udp4");
  udp.on("message", (query, from) => {
    respond(query, "udp", from.port, (reply) => {
      try {
        udp.send(reply, from.port, from.address);
      } catch {
        // Closed while an answer was being held back.
      }
    });
  });
  const open = new Set<Socket>();
  const tcp = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => socket.destroy());
    onTcpMessages(socket, (query) => respond(query, "tcp", socket.remotePort ?? 0, (reply) => socket.writable && socket.write(Buffer.concat([lengthPrefix(reply), reply]))));
  });
  const bound = await bindBoth(udp, tcp, port);

  return {
    port: bound,
    asked,
    setFaults: (added) => {
      faults = [...added.map((fault) => ({ ...fault, name: plainName(fault.name) })), ...zoneFaults];
    },
    setDelay: (ms) => {
      delay = ms;
    },
    serve,
    close: async () => {
      for (const socket of open) socket.destroy();
      await Promise.all([new Promise<void>((done) => udp.close(() => done())), new Promise<void>((done) => tcp.close(() => done()))]);
    },
  };

  function serve(sources: readonly ZoneSource[]): void {
    const loaded = sources.map(load);
    content = contentOf(loaded.flatMap((zone) => zone.records));
    zoneFaults = loaded.flatMap((zone) => zone.faults);
    faults = zoneFaults;
  }

  function respond(octets: Buffer, over: "udp" | "tcp", port: number, send: (reply: Buffer) => void): void {
    let query: DecodedPacket;
    try {
      query = decode(octets);
    } catch {
      return;
    }
    const question = query.questions?.[0];
    if (question === undefined || query.type !== "query") return;
    asked.push({ name: question.name, type: question.type, over, port });
    const fault = faultFor(faults, question);
    if (fault?.kind === "timeout" || (fault?.kind === "cut-off" && over === "tcp")) return;
    const held = delay + (fault?.kind === "delay" ? (fault.ms ?? 0) : 0);
    const reply = replyTo({ content, recursive }, query, question, fault, over);
    if (held === 0) send(reply);
    else setTimeout(send, held, reply);
  }
}

interface Content {
  readonly byName: ReadonlyMap<string, readonly ServedRecord[]>;
  /** Every name that exists, with those that exist only because something stands below them (RFC 4592 section 2.2.2). */
  readonly names: ReadonlySet<string>;
}

function load(source: ZoneSource): { readonly records: readonly ServedRecord[]; readonly faults: readonly Fault[] } {
  if (typeof source === "string") {
    const files = statSync(source).isDirectory() ? readdirSync(source).filter((name) => name.endsWith(".zone")).sort().map((name) => join(source, name)) : [source];
    const parsed = files.map((file) => parseZoneFile(readFileSync(file), file));
    return { records: parsed.flatMap((zone) => zone.records), faults: parsed.flatMap((zone) => zone.faults) };
  }
  return isMaster(source) ? parseZoneFile(Buffer.from(source.master), "text") : servedFromZone(source);
}

function isMaster(source: Zone | { readonly master: string }): source is { readonly master: string } {
  return typeof source.master === "string";
}

function contentOf(records: readonly ServedRecord[]): Content {
  const byName = new Map<string, ServedRecord[]>();
  const names = new Set<string>();
  for (const record of records) {
    byName.set(record.name, [...(byName.get(record.name) ?? []), record]);
    for (let name = record.name; name !== ""; name = parentOf(name)) names.add(name);
  }
  return { byName, names };
}

function parentOf(name: string): string {
  const dot = name.indexOf(".");
  return dot === -1 ? "" : name.slice(dot + 1);
}

function faultFor(faults: readonly Fault[], question: Question): Fault | undefined {
  const name = plainName(question.name);
  return faults.find((fault) => (fault.name === name || (fault.below === true && name.endsWith(`.${fault.name}`))) && (fault.types ?? [question.type]).includes(question.type));
}

function replyTo({ content, recursive }: { readonly content: Content; readonly recursive: boolean }, query: DecodedPacket, question: Question, fault: Fault | undefined, over: "udp" | "tcp"): Buffer {
  const id = query.id ?? 0;
  const edns = (query.additionals ?? []).find((additional) => additional.type === "OPT");
  const flags = AUTHORITATIVE_ANSWER | (recursive ? RECURSION_AVAILABLE : 0) | ((query.flags ?? 0) & RECURSION_DESIRED_BIT);
  const base: Packet = { id, type: "response", questions: [question], additionals: edns === undefined ? [] : [optRecord()] };
  const reply = (rcode: number, sections: Partial<Packet> = {}) => encode({ ...base, flags: (rcode === RCODE.refused ? flags & ~AUTHORITATIVE_ANSWER : flags) | rcode, ...sections });
  const truncated = () => encode({ ...base, flags: flags | TRUNCATED_RESPONSE });
  switch (fault?.kind) {
    case "servfail":
      return reply(RCODE.serverFailure);
    case "refused":
      return reply(RCODE.refused);
    case "nxdomain":
      return reply(RCODE.nameError, { authorities: [soaFor(content, question.name)] });
    case "nodata":
      return reply(RCODE.noError, { authorities: [soaFor(content, question.name)] });
    case "truncate":
      if (over === "udp") return truncated();
      break;
    case "cut-off":
      return truncated();
    case "malformed": {
      const whole = reply(RCODE.noError, { answers: [{ type: "A", name: question.name, data: "192.0.2.1" }], additionals: [] });
      return whole.subarray(0, whole.length - 3);
    }
    case "bogus":
      if (question.type === "DS") return reply(RCODE.noError, { answers: [someKeyDigest(question.name)] });
      if (((query.flags ?? 0) & CHECKING_DISABLED) === 0) return reply(RCODE.serverFailure);
      break;
    case "wrong-id":
      return encode({ ...base, id: id ^ 0xffff, flags });
    case "delay":
    case "shuffle":
    case "timeout":
    case undefined:
      break;
  }
  const { rcode, answers, authorities } = lookUp(content, question);
  const whole = reply(rcode, { answers: fault?.kind === "shuffle" ? answers.reverse() : answers, authorities });
  const room = edns?.type === "OPT" ? Math.min(Math.max(edns.udpPayloadSize, PLAIN_PAYLOAD), EDNS_PAYLOAD) : PLAIN_PAYLOAD;
  return over === "udp" && whole.length > room ? truncated() : whole;
}

const RECURSION_DESIRED_BIT = 1 << 8;

/** What the zone above holds of a signed zone (RFC 4034 section 5): nobody here looks at the digest. */
function someKeyDigest(name: string): Answer {
  return { type: "DS", name, ttl: 300, data: { keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.alloc(32) } };
}

function optRecord(): Answer {
  return { type: "OPT", name: ".", udpPayloadSize: EDNS_PAYLOAD, extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] };
}

/** RFC 1034 section 4.3.2, with negative answers as in RFC 2308 section 2. */
function lookUp(content: Content, question: Question): { readonly rcode: number; readonly answers: Answer[]; readonly authorities: Answer[] } {
  const answers: Answer[] = [];
  // The first owner keeps the question's case.
  let owner = question.name;
  for (let hop = 0; hop < MOST_ALIASES; hop++) {
    const name = plainName(owner);
    const records = recordsFor(content, name);
    if (records === null) return { rcode: RCODE.nameError, answers, authorities: [soaFor(content, name)] };
    const matching = records.filter((record) => record.type === question.type);
    if (matching.length > 0) return { rcode: RCODE.noError, answers: [...answers, ...matching.map((record) => ({ ...record, name: owner }))], authorities: [] };
    const alias = records.find((record) => record.type === "CNAME");
    if (alias?.type !== "CNAME") return { rcode: RCODE.noError, answers, authorities: [soaFor(content, name)] };
    answers.push({ ...alias, name: owner });
    owner = alias.data;
  }
  return { rcode: RCODE.serverFailure, answers: [], authorities: [] };
}

/** The name's records, those of the wildcard that stands for it (RFC 4592 section 3.3.1), none for an empty name; null when it does not exist. */
function recordsFor({ byName, names }: Content, name: string): readonly ServedRecord[] | null {
  if (names.has(name)) return byName.get(name) ?? [];
  let encloser = parentOf(name);
  while (encloser !== "" && !names.has(encloser)) encloser = parentOf(encloser);
  return byName.get(`*.${encloser}`) ?? null;
}

function soaFor({ byName }: Content, name: string): Answer {
  for (let owner = plainName(name); owner !== ""; owner = parentOf(owner)) {
    const soa = byName.get(owner)?.find((record) => record.type === "SOA");
    if (soa !== undefined) return soa;
  }
  return { type: "SOA", name: ".", ttl: 300, data: { mname: "ns.test", rname: "hostmaster.test", serial: 1, refresh: 7200, retry: 3600, expire: 1209600, minimum: 300 } };
}

function lengthPrefix(message: Buffer): Buffer {
  return Buffer.of(message.length >> 8, message.length & 0xff);
}

function onTcpMessages(socket: Socket, onMessage: (message: Buffer) => void): void {
  let received = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      const end = 2 + received.readUInt16BE(0);
      onMessage(received.subarray(2, end));
      received = received.subarray(end);
    }
  });
}

/** Any free UDP port may be taken for TCP: then another is tried. */
async function bindBoth(udp: ReturnType<typeof createSocket>, tcp: ReturnType<typeof createServer>, port: number): Promise<number> {
  for (let attempt = 0; ; attempt++) {
    try {
      const bound = await new Promise<number>((resolve, reject) => {
        tcp.once("error", reject);
        tcp.listen(port, "127.0.0.1", () => {
          const address = tcp.address();
          resolve(address !== null && typeof address === "object" ? address.port : port);
        });
      });
      await new Promise<void>((resolve, reject) => {
        udp.once("error", reject);
        udp.bind(bound, "127.0.0.1", () => resolve());
      });
      return bound;
    } catch (error) {
      await new Promise<void>((done) => tcp.close(() => done()));
      if (port !== 0 || attempt >= 5) throw error;
    }
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: "string", default: "0" }, zones: { type: "string", multiple: true, default: ["e2e/zones"] }, delay: { type: "string", default: "0" } } });
  const server = await startDnsServer({ zones: values.zones, port: Number(values.port), delayMs: Number(values.delay) });
  console.log(server.port);
}
