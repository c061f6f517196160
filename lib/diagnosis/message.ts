/** What a whole message proves by itself: its signatures verified, what Gmail wrote into it of its own checks, and who may have changed it on the way. */

import { isSameOrBelow, organizationalDomain, parseDomain } from "../address/index.ts";
import { isGoogle } from "../bounce/headers.ts";
import type { Subject } from "../bounce/reading.ts";
import { type MessageVerification, type MethodResult, readingsOf, resultsBy, type SignatureResult, type SignatureVerification, valuesOf, verifyArrived, verifyMessage } from "../dkim/index.ts";
import type { Resolver } from "../dns/index.ts";
import { providerByMx, providerByPtr } from "../providers/index.ts";

export interface MessageAssessment {
  /** As a delivery report returned it. */
  readonly returned: boolean;
  readonly verification: MessageVerification;
  /** Gmail's own results, in the topmost field that can only be its own; null where the paste has none. */
  readonly gmail: readonly MethodResult[] | null;
  /** Whoever stood between the signer and the receiver, and is known to change messages; null where nobody shows. */
  readonly changer: Changer | null;
  /** It came over SMTP, octet for octet: no copying altered it. */
  readonly arrived: boolean;
}

export interface Changer {
  readonly kind: "list" | "gateway" | "host";
  /** The list's host, the provider's name, or a host's name. */
  readonly name: string;
}

/** `raw` as it was pasted; nothing of it is kept but what stands here. Never rejects. */
export async function assessMessage(raw: string, subject: Subject, dns: Resolver, now: Date): Promise<MessageAssessment> {
  const [message] = readingsOf(raw);
  const lists = valuesOf(message, "list-id");
  return { returned: false, verification: await verifyMessage(raw, dns, now), gmail: resultsBy(message, isGooglesOwn), changer: listOf(lists) ?? relayOf(subject), arrived: false };
}

/**
 * The same of a message that a delivery report returned. Servers shorten and rewrite what they return, so a difference counts only
 * where it is proven what was changed; and what stands in it of Gmail's checks is of an earlier delivery.
 */
export async function assessReturned(raw: string, subject: Subject, dns: Resolver, now: Date): Promise<MessageAssessment> {
  const { verification, changer } = await assessMessage(raw, subject, dns, now);
  const signatures = verification.signatures.map((one) => (isPerhapsCopied(one) ? { ...one, result: "body-not-seen" as const } : one));
  return { returned: true, verification: { ...verification, signatures }, gmail: null, changer, arrived: false };
}

/** Gmail's inner hops go by addresses of its private network, written as 6to4 (RFC 3056): "by 2002:a05:6000:…". */
function isGooglesOwn(host: string): boolean {
  return isGoogle(host) || /^2002:a[\da-f]{2}:/i.test(host);
}

/** RFC 2919: `List-Id: Shop talk <shop-talk.lists.example.com>` */
function listOf([value]: readonly string[]): Changer | null {
  if (value === undefined) return null;
  const id = parseDomain(/<([^<>]{3,255})>\s*$/.exec(value)?.[1] ?? value.trim());
  return { kind: "list", name: id.ok ? organizationalDomain(id.domain) : "" };
}

/** A message that we received ourselves: nobody's word on it is needed, Gmail's neither. Never rejects. */
export async function assessArrived(octets: Uint8Array, subject: Subject, dns: Resolver, now: Date): Promise<MessageAssessment> {
  const [message] = readingsOf(octets);
  return { verification: await verifyArrived(octets, dns, now), gmail: null, changer: listOf(valuesOf(message, "list-id")) ?? relayOf(subject), arrived: true, returned: false };
}

/** The last foreign host that handed the message on: one of a known provider, else any that is neither the sender's nor Google's. */
function relayOf({ relays, domain, headerFrom, mailFrom }: Subject): Changer | null {
  const own = [domain, headerFrom, mailFrom].flatMap((name) => (name === null ? [] : [organizationalDomain(name)]));
  const foreign = relays.flatMap(({ by, name }) => [by, name]).filter((host) => host !== null && host.includes(".") && !isGoogle(host) && !own.some((organization) => isSameOrBelow(host, organization)));
  for (const host of foreign) {
    const provider = host === null ? null : (providerByMx([host]) ?? providerByPtr([host]));
    if (provider !== null) return { kind: "gateway", name: provider.name };
  }
  const [host] = foreign;
  return host == null ? null : { kind: "host", name: host };
}

/** Where Gmail itself says that a signature passed, a text that fails was changed after Gmail had it: most likely by copying. */
export function passedAtGmail({ gmail }: MessageAssessment, { domain, selector }: Pick<SignatureVerification, "domain" | "selector">): boolean {
  return (gmail ?? []).some((one) => one.method === "dkim" && one.result === "pass" && one.domain !== null && isSameOrBelow(one.domain, domain) && (one.selector === null || one.selector === selector));
}

interface Named {
  readonly domain: string;
  readonly selector: string;
}

/** Whether a signature verified, as what was pasted has it; null where that stays open, undefined where the message has none such. */
export function signatureVerified(message: MessageAssessment | null, named: Named): boolean | null | undefined {
  return outcomeOf(message, named, ({ result }) => !isOpen(result));
}

/** The same for alignment, which is about what Gmail saw: a failure that the copying may have caused is none. */
export function signaturePasses(message: MessageAssessment | null, named: Named): boolean | null | undefined {
  return outcomeOf(message, named, (one) => !isOpen(one.result) && (message?.arrived === true || !isPerhapsCopied(one)));
}

/** What was pasted does not tell, or DNS did not answer. */
export function isOpen(result: SignatureResult): boolean {
  return result === "body-not-seen" || result === "signature-not-seen" || result === "unanswered";
}

function outcomeOf(message: MessageAssessment | null, { domain, selector }: Named, fails: (one: SignatureVerification) => boolean): boolean | null | undefined {
  const same = message?.verification.signatures.filter((one) => one.domain === domain && one.selector === selector) ?? [];
  if (message === null || same.length === 0) return undefined;
  if (same.some(({ result }) => result === "pass")) return true;
  return same.every((one) => fails(one) && !passedAtGmail(message, one)) ? false : null;
}

/** Something differs, and no change that mailers make explains it: people shorten and anonymise what they paste, and programs rewrap it. */
export function isPerhapsCopied({ result, bodyChange, headerChange }: SignatureVerification): boolean {
  return (result === "body-changed" || result === "header-changed" || result === "not-matching") && bodyChange === null && headerChange === null;
}
