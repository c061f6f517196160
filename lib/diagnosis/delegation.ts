/**
 * Who answers for the domain, and whether they say the same: each name server of its zone is asked by itself for the records
 * that Gmail reads. With that, for how long others may remember today's answers, and whether a failure is DNSSEC's.
 *
 * All of it is beside the diagnosis: bounded in servers, questions and time, and what could not be seen is left open.
 */

import { type Domain, isPublicSuffix, isSameOrBelow, organizationalDomain, parseDomain, parseIp, type IpAddress } from "../address/index.ts";
import { type Answer, type DirectQuestions, isAbsent, isUnanswered, type Resolver, type ServerReply, txtValue } from "../dns/index.ts";
import { selectSpfRecords } from "../spf/index.ts";
import type { Delegation } from "./report.ts";

export type NameServer = Delegation["servers"][number];

export interface Delegated {
  /** Where receivers look for the SPF record. */
  readonly domain: Domain;
  /** `_dmarc.…` */
  readonly dmarcName: string;
}

const MOST_SERVERS = 4;
/** Characters of a server's records that a report holds: a hostile server may send 64 KiB. */
const MOST_TEXT = 8192;
const DEADLINE_MS = 3500;

/** Null when there is nobody to ask, or nothing was learnt in time. Never rejects. */
export async function lookAtDelegation(about: Delegated, direct: DirectQuestions | undefined, dns: Resolver): Promise<Delegation | null> {
  if (direct === undefined) return null;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), DEADLINE_MS);
  });
  try {
    return await Promise.race([look(about, direct, dns), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function look({ domain, dmarcName }: Delegated, direct: DirectQuestions, dns: Resolver): Promise<Delegation | null> {
  const [spf, dmarc, start] = await Promise.all([direct.resolver(domain, "TXT"), direct.resolver(dmarcName, "TXT"), direct.resolver(domain, "SOA")]);
  const signed = [start, spf].flatMap(({ zone }) => (zone !== null && isSameOrBelow(domain, zone.name) ? [zone] : []));
  const bogus = spf.answer.status === "server-failure" && (await isBogus(domain, direct));
  const [found] = signed;
  const zone = found?.name ?? organizationalDomain(domain);
  if (isUnanswered(start.answer.status) && isUnanswered(spf.answer.status) && !bogus) {
    // Where the resolver has no answer, the servers' own words may say why.
    return withServers({ domain, dmarcName, zone, bogus, negative: null, ttls: [] }, direct, dns);
  }
  return withServers({ domain, dmarcName, zone, bogus, negative: found?.negativeTtl ?? null, ttls: [spf, dmarc] }, direct, dns);
}

interface Seen extends Delegated {
  readonly zone: string;
  readonly bogus: boolean;
  readonly negative: number | null;
  /** Of the resolver: what it has remembered for a while counts down. */
  readonly ttls: readonly ServerReply<"TXT">[];
}

async function withServers({ domain, dmarcName, zone, bogus, negative, ttls }: Seen, direct: DirectQuestions, dns: Resolver): Promise<Delegation> {
  // A registry's servers only say who was delegated to.
  const asked = zone === "" || isPublicSuffix(zone) ? [] : await askEach({ zone, domain, dmarcName }, direct, dns);
  const own = asked.flatMap(({ replies }) => replies).filter(speaksForZone);
  const longest = (seconds: readonly (number | null)[]): number | null => seconds.reduce((most, each) => (each === null ? most : Math.max(most ?? 0, each)), null);
  const seconds = [domain, dmarcName].flatMap((name) => {
    const of = (replies: readonly ServerReply[]) => longest(replies.filter(({ answer }) => answer.type === "TXT" && answer.name === name).map(({ ttl }) => ttl));
    const ttl = of(own) ?? of(ttls);
    return ttl === null ? [] : [{ name, type: "TXT" as const, seconds: ttl }];
  });
  const negatives = own.flatMap((reply) => (reply.zone?.name === zone ? [reply.zone.negativeTtl] : []));
  return { zone, domain, dmarcName, bogus, negativeTtl: longest(negatives) ?? negative, ttls: seconds, servers: conclusive(asked).map(({ server }) => server) };
}

interface Asked {
  readonly server: NameServer;
  readonly replies: readonly ServerReply[];
}

async function askEach(about: Pick<Seen, "zone" | "domain" | "dmarcName">, direct: DirectQuestions, dns: Resolver): Promise<readonly Asked[]> {
  const hosts = (await dns.query(about.zone, "NS")).records.toSorted().slice(0, MOST_SERVERS);
  return Promise.all(hosts.map((host) => askServer(host, about, direct, dns)));
}

const UNSEEN = { address: null, reason: null, serial: null, spf: null, dmarc: null } satisfies Partial<NameServer>;

async function askServer(host: string, { zone, domain, dmarcName }: Pick<Seen, "zone" | "domain" | "dmarcName">, direct: DirectQuestions, dns: Resolver): Promise<Asked> {
  const address = await addressOf(host, dns);
  if (typeof address !== "object") return { server: { ...UNSEEN, host, status: address }, replies: [] };
  const [start, spf, dmarc] = await Promise.all([direct.own(address.ip, zone, "SOA"), direct.own(address.ip, domain, "TXT"), direct.own(address.ip, dmarcName, "TXT")]);
  if (start === null || spf === null || dmarc === null) return { server: { ...UNSEEN, host, address: address.ip, status: "not-asked" }, replies: [] };
  const replies = [start, spf, dmarc];
  const server = { ...UNSEEN, host, address: address.ip, serial: start.answer.records[0]?.serial ?? null };
  if (replies.some(speaksForZone)) return { server: { ...server, status: "answered", spf: ownTexts(spf, selectSpfRecords), dmarc: ownTexts(dmarc, (texts) => texts.map(txtValue)) }, replies };
  const reason = lameReason(start);
  return { server: { ...server, serial: null, status: reason === null ? "unanswered" : "lame", reason }, replies };
}

/** A host that has no IPv6 itself would take every such server for dead: IPv4 first. */
async function addressOf(host: string, dns: Resolver): Promise<{ readonly ip: IpAddress } | "no-address" | "unanswered"> {
  const answers: Answer<"A" | "AAAA">[] = [];
  for (const type of ["A", "AAAA"] as const) {
    const answer = await dns.query(host, type);
    answers.push(answer);
    const [ip] = answer.records.flatMap((text) => parseIp(text) ?? []);
    if (ip !== undefined) return { ip };
  }
  return answers.every(({ status }) => isAbsent(status)) ? "no-address" : "unanswered";
}

/** What the server itself holds, sorted; null where it speaks for no such name, or hands on to another by an alias. */
function ownTexts(reply: ServerReply<"TXT">, select: (records: readonly (readonly string[])[]) => readonly string[]): string[] | null {
  if (!speaksForZone(reply) || reply.aliased) return null;
  const texts = [...select(reply.answer.records)].sort();
  return texts.join("").length > MOST_TEXT ? null : texts;
}

/** Some set the AA bit even on a failure. */
function speaksForZone({ answer, authoritative }: ServerReply): boolean {
  return authoritative && (answer.status === "ok" || isAbsent(answer.status));
}

/** RFC 1912 section 2.8: it was named as a server of the zone, and does not speak for it. Silence may be the network's. */
function lameReason({ answer: { status } }: ServerReply<"SOA">): NameServer["reason"] {
  if (status === "refused" || status === "server-failure") return status;
  return status === "ok" || isAbsent(status) ? "not-authoritative" : null;
}

/** Some networks answer every DNS question themselves: then no server seems to speak for its zone, and a resolver to speak in its place. */
function conclusive(asked: readonly Asked[]): readonly Asked[] {
  if (asked.some(({ server }) => server.status === "answered")) return asked;
  return asked.map((one) => (one.server.status === "lame" && one.replies.some(({ recursive }) => recursive) ? { ...one, server: { ...one.server, status: "unanswered", reason: null } } : one));
}

/**
 * RFC 4035 section 5.5: a resolver that validates gives SERVFAIL for what it finds bogus, and the data all the same when asked
 * with checking disabled. A failure that passed meanwhile looks alike: so the zone must be signed, and the failure must last.
 */
async function isBogus(domain: Domain, direct: DirectQuestions): Promise<boolean> {
  const unchecked = await direct.resolver(domain, "TXT", { checkingDisabled: true });
  if (isUnanswered(unchecked.answer.status)) return false;
  const zones = new Set([unchecked.zone?.name ?? organizationalDomain(domain), organizationalDomain(domain)].filter((zone) => isSameOrBelow(domain, zone)));
  const [again, ...signed] = await Promise.all([direct.resolver(domain, "TXT"), ...[...zones].map((zone) => direct.isSigned(zone))]);
  return again.answer.status === "server-failure" && signed.includes(true);
}

/** Servers that hold other records than the first that answered; none where all agree. */
export function disagreeing({ servers }: Delegation, what: "spf" | "dmarc"): { readonly first: NameServer; readonly others: readonly [NameServer, ...NameServer[]] } | null {
  const told = servers.filter((server) => server[what] !== null);
  const key = (server: NameServer) => JSON.stringify(server[what]);
  const [first] = told;
  if (first === undefined) return null;
  const [other, ...more] = told.filter((server) => key(server) !== key(first));
  return other === undefined ? null : { first, others: [other, ...more] };
}

/** The sets of SPF records that the servers hold, each once. */
export function spfVariants(delegation: Delegation | null): readonly (readonly string[])[] {
  const sets = (delegation?.servers ?? []).flatMap(({ spf }) => (spf === null ? [] : [spf]));
  return [...new Map(sets.map((records) => [JSON.stringify(records), records])).values()];
}

/** Whose servers are asked: the envelope's domain where it is of the sender's own organization. */
export function delegatedOf(subject: Domain, envelope: Domain, headerFrom: Domain): Delegated {
  const domain = organizationalDomain(envelope) === organizationalDomain(subject) ? envelope : subject;
  const policy = parseDomain(`_dmarc.${organizationalDomain(headerFrom) === organizationalDomain(domain) ? headerFrom : domain}`);
  return { domain, dmarcName: policy.ok ? policy.domain : `_dmarc.${domain}` };
}
