/**
 * From a pasted text to the subject of a diagnosis.
 *
 * A bounce reaches people as a line of a log, a report with MIME parts, a dialogue, a screen's text that a client wrapped and quoted.
 * So the text is cleaned, the first format that knows it says what was refused, and what it says is weighed by the contract's order.
 * Wrong is worse than empty: what the text leaves open stays open, and the caller is told what to ask for.
 */

import { type Domain, type IpAddress, isPublicIp, parseIp } from "../address/index.ts";
import { candidateDomains, ownHost } from "./candidates.ts";
import { cleanText, isBinary } from "./clean.ts";
import { besides } from "./details.ts";
import type { Format, Paste } from "./formats/format.ts";
import { FORMATS } from "./formats/index.ts";
import { jsonObjects } from "./formats/json-events.ts";
import { reportedTo, reportingHost } from "./formats/labels.ts";
import { messageHeader } from "./formats/message.ts";
import { isMailerDaemon, isWhole, readHeaders } from "./headers.ts";
import { readName } from "./name.ts";
import { takeApart } from "./parts.ts";
import { placesOf } from "./places.ts";
import type { Details, Reading, ReadingInput, ReadingNote, Subject } from "./reading.ts";
import { bounceOf, type DomainReason, grouped, groupOf, isAboutAuthor, oneOf, type Refusal, readRefusal, withoutRepeats } from "./refusal.ts";
import type { Reply } from "./reply.ts";
import { readSelector } from "./selectors.ts";

/** 256 KiB, as the API takes them. */
const INPUT_MAX = 256 * 1024;
const TYPED_MAX = 500;

export type ReadingRequest = ReadingInput & { readonly keepAddresses?: boolean | undefined };
type Failure = Extract<Reading, { ok: false }>;
type ErrorCode = Failure["error"]["code"];

/** What the user gave beside the text. */
interface Given {
  readonly domain: Domain | null;
  readonly ip: IpAddress | null;
  readonly selectors: readonly string[];
  readonly keepAddresses: boolean;
}

/** Reads whatever was pasted. Never rejects; a text that cannot be read is an error value. */
export async function read(request: ReadingRequest): Promise<Reading> {
  const { input } = request;
  if (input.length > INPUT_MAX || new TextEncoder().encode(input).length > INPUT_MAX) return failure("too-large", "input");
  if (isBinary(input)) return failure("binary", "input");
  const given = readGiven(request);
  if ("error" in given) return given;
  const text = cleanText(input);
  if (text.trim() === "") return failure("empty", "input");
  if (/^\S{1,2100}$/.test(text.trim()) && !isCode(text.trim())) return readTyped(text.trim(), given);
  const paste: Paste = { raw: input, text, parts: await takeApart(input), objects: jsonObjects(input) };
  return readMessage(paste, given) ?? readBounce(paste, given) ?? readProse(paste, given);
}

function failure(code: ErrorCode, ask: Failure["error"]["ask"], params: Failure["error"]["params"] = {}): Failure {
  return { ok: false, error: { code, params, ask } };
}

/** `550`, `5.7.26`, `550-5.7.26`: a refusal, not a name. */
function isCode(text: string): boolean {
  return /^(?:[45]\d\d[-_/]?)?#?[45]\.[0-7]\.\d{1,3}$|^[45]\d\d$/.test(text);
}

function readGiven({ sendingIp, selectors, domain, keepAddresses }: ReadingRequest): Given | Failure {
  const typedIp = sendingIp?.trim() ?? "";
  const ip = typedIp === "" ? null : parseIp(typedIp);
  if (typedIp !== "" && ip === null) return failure("invalid-ip", "ip", { ip: typedIp.slice(0, 100) });
  if (ip !== null && !isPublicIp(ip)) return failure("invalid-ip", "ip", { ip, kind: "private" });
  const read: string[] = [];
  for (const typed of selectors ?? []) {
    if (typed.trim() === "") continue;
    const selector = readSelector(typed);
    if (selector === null) return failure("invalid-selector", "selectors", { selector: typed.trim().slice(0, 100) });
    read.push(selector);
  }
  const named = domain === undefined || domain.trim() === "" ? null : readName(cleanText(domain).trim());
  if (named?.ok === false) return { ok: false, error: { ...named.error, code: named.error.code === "not-a-bounce" ? "invalid-domain" : named.error.code, ask: "domain" } };
  return { domain: named?.domain ?? null, ip, selectors: read, keepAddresses: keepAddresses === true };
}

/** One word: a domain, an address, a URL, or an IP address. */
function readTyped(typed: string, given: Given): Reading {
  const named = readName(typed);
  if (named.ok) return domainSubject(named.domain, named.selector === null ? given : { ...given, selectors: [...given.selectors, named.selector] });
  const ip = typeof named.error.params["ip"] === "string" ? parseIp(named.error.params["ip"]) : null;
  if (ip !== null && given.domain !== null) return isPublicIp(ip) ? domainSubject(given.domain, { ...given, ip: given.ip ?? ip }) : failure("invalid-ip", "ip", { ip, kind: "private" });
  return { ok: false, error: { ...named.error, ask: named.error.code === "ip-address" ? "domain" : "input" } };
}

function domainSubject(found: Domain, given: Given): Reading {
  const domain = given.domain ?? found;
  const notes: ReadingNote[] = domain === found ? [] : [{ code: "several-domains", domain, others: [found], reason: "user" }];
  return { ok: true, subject: { ...NOTHING_SEEN, kind: "domain", domain, sendingIp: given.ip, sendingIpFrom: given.ip === null ? null : "given", selectors: given.selectors }, bounce: null, notes, details: null };
}

const NOTHING_SEEN: Omit<Subject, "kind" | "domain"> = { sendingIp: null, sendingIpFrom: null, mailFrom: null, headerFrom: null, helo: null, dkim: [], selectors: [], headersSeen: false, relays: [] };

/** A whole message that was not refused: its header tells who sent it and, where Google received it, from which address. */
function readMessage(paste: Paste, given: Given): Reading | null {
  if (paste.parts !== null && paste.parts.status !== "") return null;
  const header = messageHeader(paste);
  if (header === null || isMailerDaemon(header)) return null;
  const { mailFrom = null, headerFrom, dkim, relays, googleSaw, googleSawIn, googleHelo, form } = readHeaders(header);
  const found = headerFrom ?? mailFrom;
  const domain = given.domain ?? found;
  if (domain === null) return failure("no-domain", "domain");
  const others = [...new Set([headerFrom, mailFrom].filter((one) => one !== null && one !== domain))];
  const notes: ReadingNote[] = others.length === 0 ? [] : [{ code: "several-domains", domain, others: others.map(String), reason: given.domain !== null && given.domain !== found ? "user" : "header-first" }];
  return {
    ok: true,
    subject: { kind: "message", domain, sendingIp: given.ip ?? googleSaw, sendingIpFrom: given.ip === null ? googleSawIn : "given", mailFrom, headerFrom, helo: googleHelo, dkim, selectors: given.selectors, headersSeen: true, relays },
    bounce: null,
    notes: [...notes, ...overridden(given.ip, googleSaw)],
    details: null,
    form: isWhole(header) ? form : null,
  };
}

function readBounce(paste: Paste, given: Given): Reading | null {
  for (const format of FORMATS) {
    if (!format.detect(paste)) continue;
    const read = new Map<string, Reply>();
    const refusals = withoutRepeats(format.extract(paste).map((sighting) => readRefusal(sighting, read)), LISTING.test(format.name));
    const groups = grouped(refusals);
    const [refusal] = groups[0] ?? [];
    if (refusal !== undefined) return refusedSubject(refusal, groups, format, paste, given);
  }
  return null;
}

/** Formats that tell of a delivery in each line, event or entry; others tell of the same one more than once. */
const LISTING = /-(?:log|json|csv)$|^mailq$/;

function refusedSubject(refusal: Refusal, groups: readonly (readonly Refusal[])[], format: Format, paste: Paste, given: Given): Reading {
  const count = groups.reduce((sum, group) => sum + group.length, 0);
  const { sighting, mailFrom, headerFrom, ips, reporter } = refusal;
  const chosen = refusal.chosen ?? unlabelled(refusal, paste);
  const domain = given.domain ?? (chosen !== null && "domain" in chosen ? chosen.domain : null);
  if (domain === null) return chosen === null || "domain" in chosen ? failure("no-domain", "domain") : failure("ambiguous", "domain", { candidates: chosen.candidates.join(", ") });
  const reason = chosen !== null && "domain" in chosen && chosen.domain === domain ? chosen.reason : "user";
  const helo = refusal.helo ?? (chosen !== null && "domain" in chosen && chosen.reason === "helo" ? chosen.domain : null);
  const [ip = null, ...contradicting] = ips;
  const sendingIp = given.ip ?? (contradicting.length > 0 ? null : ip);
  const sendingIpFrom = given.ip !== null ? "given" : sendingIp === null ? null : refusal.ipsFrom;
  const others = [...new Set([mailFrom, headerFrom, chosen !== null && "domain" in chosen ? chosen.domain : null])].filter((one): one is Domain => one !== null && one !== domain);
  const notes: ReadingNote[] = [
    ...(reporter.reporter === "gmail" ? [] : [{ code: "not-gmail" as const, reporter: reporter.name }]),
    ...(others.length === 0 ? [] : [{ code: "several-domains" as const, domain, others, reason }]),
    ...(ip === null || contradicting.length === 0 || given.ip !== null ? [] : [{ code: "several-addresses" as const, ip, others: contradicting }]),
    ...refusal.contradictions,
    ...(count > 1 ? [{ code: "several-bounces" as const, count }] : []),
    ...overridden(given.ip, ip),
  ];
  const seen = sighting.headers ?? null;
  const subject: Subject = { kind: "bounce", domain, sendingIp, sendingIpFrom, mailFrom, headerFrom, helo, dkim: seen?.dkim ?? [], selectors: given.selectors, headersSeen: seen !== null, relays: seen?.relays ?? [] };
  const bounce = bounceOf(refusal, format.name, given.keepAddresses);
  const beside = besides(refusal, paste, domain);
  const facts = { subject, bounce, beside, refusal };
  return { ok: true, subject, bounce, notes, form: AS_HANDED_IN.test(format.name) ? null : (seen?.form ?? null), details: { confidence: confidenceOf(refusal, format), recipient: beside.recipient, provider: beside.provider, time: beside.time, queueId: beside.queueId, messageIdHost: beside.messageIdHost, places: placesOf(paste.raw, facts), groups: groups.slice(0, GROUPS_MAX).map((group) => groupOf(group)) } };
}

const GROUPS_MAX = 50;
/** A service's event holds the header as it was handed in: the service adds the fields that are missing, and its signature. */
const AS_HANDED_IN = /-json$/;

/** What the form leaves open is told by the reply and by how the sender was found. */
function confidenceOf({ reply, chosen, contradictions }: Refusal, format: Format): Details["confidence"] {
  if (chosen === null || (reply.code === null && reply.enhancedCode === null)) return "low";
  if (contradictions.length > 0) return "medium";
  return format.confidence === "medium" && reply.closed ? "high" : format.confidence;
}

function overridden(given: IpAddress | null, found: IpAddress | null): readonly ReadingNote[] {
  return given !== null && found !== null && given !== found ? [{ code: "ip-overridden", ip: given, bounceIp: found }] : [];
}

/** No label names a sender: the text's only domain that is neither the recipient's nor a receiver's may be it. */
function unlabelled({ sighting, reporter, rule }: Refusal, { text, parts }: Paste): { domain: Domain; reason: DomainReason } | { candidates: readonly Domain[] } | null {
  if (sighting.namesAll === true) return null;
  const reported = reportedTo(parts?.header ?? text);
  if (reported !== null) return { domain: reported, reason: "envelope" };
  const receivers = ["gmail.com", "googlemail.com", ...(sighting.recipients ?? []), ...(sighting.speaker == null ? [] : [sighting.speaker]), ...(reporter.name === null ? [] : [reporter.name])];
  const host = reportingHost(text);
  const found = candidateDomains(text, host === null ? receivers : [...receivers, host]);
  if (found.length === 0) {
    const own = host === null || isAboutAuthor(rule) ? null : ownHost(host, receivers);
    return own === null ? null : { domain: own, reason: "helo" };
  }
  const domain = oneOf(found);
  return domain === null ? { candidates: found } : { domain, reason: "envelope" };
}

/** "domain:", "ip=" before what they name. */
const LABEL = /^\p{L}{2,20}[:=](?!\/)/u;

/** No refusal and no message: a few words around a domain, or a text about something else. */
function readProse({ text }: Paste, given: Given): Reading {
  if (given.domain !== null) return text.trim().length <= TYPED_MAX && parseIp(text) !== null ? domainSubject(given.domain, given) : failure("not-a-bounce", "input");
  if (text.trim().length > TYPED_MAX) return failure("not-a-bounce", "input");
  const words = text.trim().split(/\s+/).map((word) => word.replace(LABEL, "")).filter((word) => word !== "");
  const ips = words.map((word) => parseIp(word.replace(/[,;]$/, ""))).filter((ip) => ip !== null);
  const names = words.filter((word) => parseIp(word.replace(/[,;]$/, "")) === null);
  // A blank inside a name: what stands behind it is another domain.
  if (words.length === 2 && ips.length === 0 && /^\w[\w-]*$/.test(words[0] ?? "") && /^[\w.-]+$/.test(words[1] ?? "") && (words[1] ?? "").includes(".")) return failure("invalid-domain", "input", { domain: text.trim() });
  const all = candidateDomains(text, []);
  const found = all.length > 1 ? candidateDomains(text, ["gmail.com", "googlemail.com"]) : all;
  if (found.length > 1 && oneOf(found) === null) return failure("ambiguous", "domain", { candidates: found.join(", ") });
  const domain = oneOf(found);
  if (domain !== null) return domainSubject(domain, names.length === 1 && ips.length === 1 && ips[0] !== undefined && isPublicIp(ips[0]) ? { ...given, ip: given.ip ?? ips[0] } : given);
  return names.length === 1 && words.length <= 2 ? readTyped(names[0] ?? "", given) : failure("not-a-bounce", "input");
}
