/** The term that authorises a sender: its provider's include where the provider's own record vouches for the address, else exactly that address. */

import { type Domain, type IpAddress, ipFamily, isSameOrBelow, organizationalDomain } from "../../address/index.ts";
import { type Provider, providerByMx, providerByPtr, providersOfRecord } from "../../providers/index.ts";
import type { SpfAssumption, SpfChangeReason } from "../types.ts";
import { contains, isVast, NO_ADDRESS, union } from "./address-set.ts";
import { addTerm, assuming, type Draft, draftOf, type Line, removeLine, termLines, VERSION } from "./draft.ts";
import type { Reading, ReadTerm } from "./reading.ts";
import { sameTerm } from "./term.ts";

export interface CorrectionRequest {
  readonly domain: Domain;
  /** The sender that was refused; null when none is known. */
  readonly ip: IpAddress | null;
  readonly helo: string | null;
  readonly ptr: { readonly names: readonly string[]; readonly confirmed: boolean } | null;
  /** MX hosts of the domain; "" or "." for a null MX (RFC 7505). */
  readonly mx: readonly string[];
  /** The refused sender looks like somebody else's: a forwarder, a list, a gateway. */
  readonly stranger: boolean;
  /** How the record is wished to end; absent: as it ends today, `~all` where that says nothing. */
  readonly ending?: "-all" | "~all" | undefined;
}

export interface SenderTerm {
  readonly text: string;
  readonly reason: SpfChangeReason;
  readonly assumptions: readonly SpfAssumption[];
  /** The provider's name. */
  readonly by?: string | undefined;
}

export function addressTerm(ip: IpAddress): string {
  return `${ipFamily(ip) === 4 ? "ip4" : "ip6"}:${ip}`;
}

/**
 * The terms that would authorise the refused sender, the one to prefer first. A provider is named only where its own record,
 * as it is in DNS today, passes the address: reverse names, MX hosts, and the providers that the record names already
 * (`present`, its terms) tell merely whose record to ask. Of a HELO name nothing is believed.
 */
export async function senderTerms(request: CorrectionRequest, ip: IpAddress, read: ReadTerm, present: readonly string[] = []): Promise<SenderTerm[]> {
  const assumptions: SpfAssumption[] = ["refused-sender-is-yours", ...(request.stranger ? (["sender-may-be-a-forwarder"] as const) : [])];
  const providers = new Set([providerByPtr(request.ptr?.names ?? []), providerByMx(request.mx), ...providersOfRecord(present).slice(0, MOST_PROVIDERS)]);
  const includes: SenderTerm[] = [];
  for (const provider of providers) {
    // A reverse name is written by whoever holds the address; the provider's record is not.
    const include = provider === null ? null : await liveInclude(provider, read, ip);
    if (provider !== null && include !== null) includes.push({ text: include.text, reason: "provider-of-refused-sender", assumptions: [...assumptions, "provider-recognised-by-address"], by: provider.name });
  }
  return [...includes, { text: addressTerm(ip), reason: "refused-sender", assumptions }];
}

/** Providers named in the record whose other includes are asked for: a record can name any number. */
const MOST_PROVIDERS = 6;

export function withSender(draft: Draft, sender: SenderTerm, place: "last" | "first"): Draft {
  const repeats = place === "last" ? [] : termLines(draft).filter(({ text }) => sameTerm(text, sender.text));
  const without = repeats.toReversed().reduce((each, { index }) => removeLine(each, index, "duplicate"), draft);
  return assuming(addTerm(without, sender.text, sender.reason, place, sender.by), ...sender.assumptions);
}

/** A first record, from what is known of who sends for the domain. Null when nothing is. */
export async function firstRecord(request: CorrectionRequest, read: ReadTerm): Promise<Draft | null> {
  const senders = await knownSenders(request, read);
  return senders.length === 0 ? null : newRecord(senders, request.ending);
}

function newRecord(senders: readonly SenderTerm[], ending: "-all" | "~all" = "~all"): Draft {
  const added = senders.map(({ text, reason, by }): Line => ({ before: null, after: text, reason, ...(by === undefined ? {} : { by }) }));
  const lines: Line[] = [{ before: null, after: VERSION, reason: "new-record" }, ...added, { before: null, after: ending, reason: "new-record" }];
  return draftOf(lines, [...(ending === "~all" ? (["softfail-until-sure"] as const) : []), "no-other-senders-known", ...senders.flatMap((sender) => sender.assumptions)]);
}

/** Who is known to send for the domain: its own MX hosts, the provider that hosts its mailboxes, the refused sender. */
export async function knownSenders(request: CorrectionRequest, read: ReadTerm): Promise<SenderTerm[]> {
  const senders: SenderTerm[] = [];
  let known = NO_ADDRESS;
  const take = (sender: SenderTerm, reading: Reading | null) => {
    if (senders.some(({ text }) => text === sender.text)) return;
    senders.push(sender);
    known = union(known, reading?.matches ?? NO_ADDRESS);
  };
  const hosts = request.mx.filter((host) => host !== "" && host !== ".");
  const mailboxes = providerByMx(hosts);
  const mx = hosts.length === 0 ? null : await read("mx");
  const own = hosts.length > 0 && hosts.every((host) => isSameOrBelow(host.toLowerCase().replace(/\.$/, ""), organizationalDomain(request.domain)));
  if (mx?.status === "ok" && (own || (request.ip !== null && contains(mx.matches, request.ip)))) take({ text: "mx", reason: "new-record", assumptions: ["mx-sends-mail"] }, mx);
  // A service that sends by a return path of its own takes mail in here for a program to read: no mailbox sends from it.
  if (mailboxes?.includeAt === "domain") {
    const include = await liveInclude(mailboxes, read, null);
    if (include !== null) take({ text: include.text, reason: "new-record", assumptions: ["mx-sends-mail"] }, include);
  }
  if (request.ip === null) return senders;
  if (contains(known, request.ip)) return senders.map((sender) => ({ ...sender, assumptions: [...sender.assumptions, ...(request.stranger ? (["sender-may-be-a-forwarder"] as const) : [])] }));
  const [refused] = await senderTerms(request, request.ip, read);
  if (refused !== undefined) take(refused, await read(refused.text));
  return senders;
}

/** The provider's include that is there today, evaluates without error and, where `ip` is given, passes it; not one that passes half the internet, and so tells nothing. */
async function liveInclude(provider: Provider, read: ReadTerm, ip: IpAddress | null): Promise<Reading | null> {
  for (const target of provider.includes.slice(0, 4)) {
    const reading = await read(`include:${target}`);
    if (reading?.status === "ok" && !reading.unanswered && !isVast(reading.matches) && (ip === null || contains(reading.matches, ip))) return reading;
  }
  return null;
}
