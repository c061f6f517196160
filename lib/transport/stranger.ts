/**
 * Whether the refused address is the sender's own, or a stranger's: a forwarder, a mailing list, another company's gateway.
 *
 * Authorising a stranger's address lets everybody behind it send as the domain, so it must not be proposed as a cure.
 * Nothing in DNS says "this host forwards"; what is known is weighed by a list of rules, each a sentence, the first that
 * speaks decides. What the sender's DNS and confirmed names prove comes first, hearsay (HELO, unconfirmed names) last.
 */

import { type Domain, type IpAddress, organizationalDomain, parseDomain, parseIp } from "../address/index.ts";
import { isGenericName, words } from "./generic-name.ts";
import type { MxLookUp } from "./mx.ts";
import type { PtrLookUp } from "./ptr.ts";

/** One `Received` line of the returned message. */
export interface Relay {
  readonly helo: string | null;
  readonly name: string | null;
  readonly ip: IpAddress | null;
  readonly by: string | null;
}

export interface StrangerEvidence {
  readonly ip: IpAddress | null;
  readonly ptr: PtrLookUp | null;
  readonly helo: string | null;
  /** Newest first. */
  readonly relays: readonly Relay[];
  /** Whose mail was refused. */
  readonly domain: Domain;
  readonly mx: MxLookUp;
  /** The name belongs to a company that sends mail for its customers: authorised by its own include, and no stranger. */
  readonly isProvider: (name: string) => boolean;
  /** Hosts that today's SPF record names (`include`, `a`, `mx`, `redirect`): the domain trusts their owners already. */
  readonly spfNames?: readonly string[];
}

/**
 * `name` is the host that gives it away; `why` where it was read. With `doubt` the evidence also fits the sender's own
 * server at a hosting company: the change may be offered, with that warning.
 */
export type StrangerVerdict = { readonly stranger: true; readonly name: string; readonly why: "ptr" | "helo" | "received"; readonly doubt: boolean } | { readonly stranger: false };

const OWN: StrangerVerdict = { stranger: false };

export function looksLikeStranger(evidence: StrangerEvidence): StrangerVerdict {
  const { ip, ptr, helo, mx } = evidence;
  if (ip === null) return OWN;
  const trusted = trustedOrganizations(evidence);
  const isTrusted = (name: string | null): boolean => name !== null && (evidence.isProvider(name) || trusted.has(organizationOf(name) ?? ""));

  // A confirmed reverse name under the domain, its mail host's company or its provider: the holder of the address and of the name vouch for each other.
  if (ptr?.confirmedNames.some(isTrusted) === true) return OWN;
  // The address receives the domain's mail, so it is the domain's.
  if (mx.hosts.some(({ addresses }) => addresses.includes(ip))) return OWN;

  const passedOn = passedOnBy(evidence, isTrusted);
  if (passedOn !== null) return passedOn;
  // It says that it is the domain's, and no header says otherwise.
  if (isTrusted(helo)) return OWN;

  const reverse = ptr?.names.find((name) => !isTrusted(name) && isForeignHost(name, ip)) ?? null;
  if (reverse !== null) return { stranger: true, name: reverse, why: "ptr", doubt: !isForwarderName(reverse) };
  if (helo !== null && isForeignHost(helo, ip)) return { stranger: true, name: helo, why: "helo", doubt: !isForwarderName(helo) };
  return OWN;
}

/**
 * `Received` shows that the domain's own server, or its provider's, handed the message to another company, which sent it on.
 * Certain where the first server could have spoken to Gmail itself (it is the domain's mail host or a provider's); otherwise the other company may be its smart host.
 */
function passedOnBy({ ip, ptr, helo, relays, domain, mx, isProvider }: StrangerEvidence, isTrusted: (name: string | null) => boolean): StrangerVerdict | null {
  const senders = new Set([helo, ...(ptr?.names ?? [])].map((name) => (name === null ? null : organizationOf(name))));
  for (const relay of relays) {
    const by = relay.by === null ? null : organizationOf(relay.by);
    // A line that tells how the refused address itself handed the message over shows no forwarding.
    if (relay.by === null || by === null || isTrusted(relay.by) || relay.ip === ip) continue;
    const fromMailHost = mx.hosts.some(({ addresses }) => relay.ip !== null && addresses.includes(relay.ip));
    const fromProvider = relay.name !== null && isProvider(relay.name);
    if (!fromMailHost && !fromProvider && !isTrusted(relay.name) && !isUnder(relay.helo, domain)) continue;
    const certain = senders.has(by) && (fromMailHost || fromProvider || isForwarderName(relay.by));
    return { stranger: true, name: relay.by, why: "received", doubt: !certain };
  }
  return null;
}

/** The organizational domains (RFC 7489 section 3.2) of the domain, of its mail hosts and of the hosts in its SPF record. */
function trustedOrganizations({ domain, mx, spfNames }: StrangerEvidence): ReadonlySet<string> {
  const names = [domain, ...mx.hosts.map(({ host }) => host), ...(spfNames ?? [])];
  return new Set(names.flatMap((name) => organizationOf(name) ?? []));
}

/** A host name of some company, and not one that a network gives to each of its addresses. */
function isForeignHost(name: string, ip: IpAddress): boolean {
  const organization = organizationOf(name);
  return organization !== null && !isGenericName(name, organization, ip);
}

const FORWARDER_WORDS = new Set(["forward", "forwards", "forwarder", "forwarders", "forwarding", "fwd", "redirect", "redirector", "alias", "aliases", "alumni", "list", "lists", "mailman", "listserv", "listserver", "majordomo", "sympa", "srs"]);

function isForwarderName(name: string): boolean {
  return words(name).some((word) => FORWARDER_WORDS.has(word));
}

function isUnder(name: string | null, domain: Domain): boolean {
  return name !== null && organizationOf(name) === organizationalDomain(domain);
}

/** Null for an address literal, a single label or anything else that is no host name. */
function organizationOf(name: string): Domain | null {
  if (parseIp(name) !== null) return null;
  const parsed = parseDomain(name);
  return parsed.ok ? organizationalDomain(parsed.domain) : null;
}
