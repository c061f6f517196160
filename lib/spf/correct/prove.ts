/**
 * A proposed record held against what today's records authorise: by exact sets, range by range, and by evaluation over
 * today's DNS with the record laid on top. What holds is proof, what doesn't is never shown.
 */

import { type IpAddress, ipFamily, parseIp } from "../../address/index.ts";
import { overlay } from "../../dns/overlay.ts";
import type { Resolver } from "../../dns/resolver.ts";
import { checkHost } from "../check-host.ts";
import { parseSpfRecord } from "../record.ts";
import type { SpfCorrection, SpfEvaluation } from "../types.ts";
import { type AddressSet, contains, edgesOf, isWithin, neighboursOf, rangesWithin, spread } from "./address-set.ts";
import { MOST_LOOKUPS, MOST_VOID_LOOKUPS } from "./shrink.ts";

export interface Claim {
  readonly domain: string;
  readonly helo: string | null;
  readonly value: string;
  /** The sender that must pass. */
  readonly ip: IpAddress | null;
  /** Every address range that today's records, unfolded, mean to authorise: one unbroken range each, none twice. */
  readonly ranges: readonly AddressSet[];
  /** All of it but what the changes say that the record drops. */
  readonly must: AddressSet;
  /** What the proposed record authorises. */
  readonly pass: AddressSet;
  /** What the proposed record may authorise. */
  readonly allowed: AddressSet;
  readonly families: readonly ("v4" | "v6")[];
  /** Terms of the proposed record that count, all of them evaluated. */
  readonly lookups: number;
  /** Some of it could not be looked up today: evaluation may then end in temperror. */
  readonly unanswered: boolean;
  /** Some of it depends on the message: each address evaluated asks DNS something new. */
  readonly open: boolean;
  /** Terms in the record and under it: what one evaluation has to go through. */
  readonly size: number;
}

/**
 * How many addresses are evaluated. Sets decide for every range; evaluation, at both ends of each, is the second witness,
 * and a tree of 30,000 networks must not make it cost seconds.
 */
function mostSamples({ open, size }: Claim): { readonly kept: number; readonly neighbours: number } {
  if (open) return { kept: 24, neighbours: 8 };
  return size > 10_000 ? { kept: 24, neighbours: 8 } : { kept: Math.min(512, Math.max(40, Math.floor(200_000 / (size + 1)))), neighbours: 40 };
}

/** Unrelated addresses; none may begin to pass. */
const STRANGERS = ["8.8.4.4", "45.33.32.156", "91.198.174.192", "133.242.0.3", "187.0.0.1", "203.0.113.254", "223.255.254.1", "2001:4860:4860::8844", "2a00:1450:4001:81b::200e", "2400:cb00:2048:1::c629:d7a2", "fd00:ffff::1"].flatMap((text) => parseIp(text) ?? []);

export type Evaluate = (value: string, ip: IpAddress) => Promise<SpfEvaluation>;

export function evaluatorOf(domain: string, helo: string | null, resolver: Resolver): { today: (ip: IpAddress) => Promise<SpfEvaluation>; proposed: Evaluate } {
  const ask = (ip: IpAddress, over: Resolver) => checkHost({ ip, mailFrom: `postmaster@${domain}`, helo: helo ?? domain }, over);
  return { today: (ip) => ask(ip, resolver), proposed: (value, ip) => ask(ip, overlay(resolver, { name: domain, txt: [value] })) };
}

/** Addresses outside the record's reach: evaluating them goes through every term. */
export function strangersTo(pass: AddressSet, families: readonly ("v4" | "v6")[]): IpAddress[] {
  return STRANGERS.filter((ip) => families.includes(ipFamily(ip) === 4 ? "v4" : "v6") && !contains(pass, ip));
}

/** The proof, or null where the record does not hold what it promises. */
export async function proven(claim: Claim, resolver: Resolver): Promise<SpfCorrection["proof"] | null> {
  const { value, ip } = claim;
  const { today, proposed } = evaluatorOf(claim.domain, claim.helo, resolver);
  // Nobody is lost but whom the changes name; nobody is let in but who was meant or asked for.
  if (!parseSpfRecord(value).ok || claim.lookups > MOST_LOOKUPS || !isWithin(claim.must, claim.pass) || !isWithin(claim.pass, claim.allowed)) return null;

  const sender = ip === null ? null : await proposed(value, ip);
  if (sender !== null && (sender.result !== "pass" || !withinLimits(sender))) return null;

  const most = mostSamples(claim);
  const samples = samplesOf(claim, most.kept);
  const authorised = (await Promise.all(samples.map(async (sample) => ({ sample, now: (await today(sample)).result })))).filter(({ now }) => now === "pass" || now === "permerror" || now === "none");
  const evaluated = await Promise.all(authorised.map(async ({ sample, now }) => ({ now, evaluation: await proposed(value, sample) })));
  // Who passes only if a server answers that doesn't today, and doesn't pass today, loses nothing and proves nothing.
  const kept = evaluated.filter(({ now, evaluation }) => now === "pass" || !claim.unanswered || evaluation.result !== "temperror").map(({ evaluation }) => evaluation);
  if (!kept.every((evaluation) => evaluation.result === "pass" && withinLimits(evaluation))) return null;

  const outside = [...strangersTo(claim.allowed, claim.families), ...neighboursOf(claim.pass, most.neighbours).filter((address) => !contains(claim.allowed, address))];
  const reached = await Promise.all(outside.map(async (address) => ({ address, evaluation: await proposed(value, address) })));
  for (const { address, evaluation } of reached) {
    if (evaluation.result === "pass" && (await today(address)).result !== "pass") return null;
    if (claim.families.includes(ipFamily(address) === 4 ? "v4" : "v6") && (!withinLimits(evaluation) || (isError(evaluation) && !claim.unanswered))) return null;
  }

  const all = [...(sender === null ? [] : [sender]), ...kept, ...reached.filter(({ address }) => claim.families.includes(ipFamily(address) === 4 ? "v4" : "v6")).map(({ evaluation }) => evaluation)];
  return {
    result: sender?.result ?? kept[0]?.result ?? all[0]?.result ?? "neutral",
    ip,
    lookups: Math.max(claim.lookups, ...all.map(({ lookups }) => lookups)),
    voidLookups: Math.max(0, ...all.map(({ voidLookups }) => voidLookups)),
    kept: claim.ranges.filter((range) => rangesWithin(range, claim.pass).some((left) => isWithin(range, left))).length,
    of: claim.ranges.length,
  };
}

/** Both ends of every range that must stay. */
function samplesOf({ ranges, must }: Claim, limit: number): IpAddress[] {
  const ends = [...edgesOf(must, limit), ...spread(ranges, limit).flatMap((range) => edgesOf(range, 2))];
  return spread([...new Set(ends)].filter((ip) => contains(must, ip)), limit);
}

function withinLimits({ lookups, voidLookups }: SpfEvaluation): boolean {
  return lookups <= MOST_LOOKUPS && voidLookups <= MOST_VOID_LOOKUPS;
}

function isError({ result }: SpfEvaluation): boolean {
  return result === "permerror" || result === "temperror";
}
