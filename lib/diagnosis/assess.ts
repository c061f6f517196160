/**
 * Works out what each standard makes of today's DNS, for one subject. Everything is asked at once: what depends on an earlier
 * answer (the selectors that a recognised provider uses, the names of MX hosts) waits for that answer alone.
 */

import { organizationalDomain, parseDomain, type Domain } from "../address/index.ts";
import type { MessageForm } from "../bounce/message-form.ts";
import type { Bounce, ReadingNote, Subject } from "../bounce/reading.ts";
import { type DkimKeyFinding, lookUpKeys, selectorsToTry } from "../dkim/index.ts";
import { discoverDmarc, dmarcPlaces, evaluateAlignment, organizationalDomains, reportPermissions } from "../dmarc/index.ts";
import { type DiagnosisResolver, isAbsent, type Resolver } from "../dns/index.ts";
import { providerByMx, providerByPtr, providersOfRecord, selectorsOf } from "../providers/index.ts";
import { checkHost, selectSpfRecords, unfold } from "../spf/index.ts";
import type { SpfNode } from "../spf/types.ts";
import { looksLikeStranger, lookUpMx, lookUpPtr, type MxLookUp, type PtrLookUp } from "../transport/index.ts";
import type { Assessment, SpfAssessment } from "./assessment.ts";
import { dkimFacts, dmarcFacts, spfFacts, transportFacts } from "./facts.ts";
import { assessHosts } from "./hosts.ts";
import { assessArrived, assessMessage, assessReturned, type MessageAssessment, signaturePasses } from "./message.ts";
import type { AreaFact, Delegation, LiveArea, Step } from "./report.ts";
import { type Around, lookAround } from "./surroundings.ts";

export interface WholeMessage {
  readonly raw: string | Uint8Array;
  readonly now: Date;
  /** By a delivery report, of which `raw` is that part; never of octets, which we received ourselves. */
  readonly returned: boolean;
}

/** Why signatures that were seen cannot be verified: the report returned the header alone, or a re-check has no message any more. */
export type Unseen = "returned-header" | "not-kept";

interface Matter {
  readonly subject: Subject;
  readonly bounce: Bounce | null;
  readonly notes: readonly ReadingNote[];
  readonly form: MessageForm | null;
  /** A whole message as it was pasted or returned (a text) or received over SMTP (its octets), and by when its signatures are judged; null where there is none. */
  readonly whole: WholeMessage | null;
  readonly unseen: Unseen | null;
  /** As a stored report holds it: then the zone's servers are not asked again. */
  readonly delegation?: Delegation | null;
}

/** Never rejects: what could not be looked up is in the assessment as that. `onArea` is told what was seen of an area as soon as all of it is answered, once for each. */
export async function assess({ subject, bounce, notes, form, whole, unseen, delegation }: Matter, dns: DiagnosisResolver<Step>, onArea: (area: LiveArea, facts: readonly AreaFact[]) => void = () => undefined): Promise<Assessment> {
  const told = <T>(area: LiveArea, facts: (found: T) => readonly AreaFact[]) => (found: T) => {
    onArea(area, facts(found));
    return found;
  };
  const envelope = envelopeOf(subject, whole !== null && typeof whole.raw !== "string");
  const headerFrom = subject.headerFrom ?? subject.domain;
  const subjectMx = lookUpMx(subject.domain, dns.scope("transport"));
  const mxOf = { subject: subjectMx, envelope: envelope.domain === subject.domain ? subjectMx : lookUpMx(envelope.domain, dns.scope("transport")) };
  const reverse = subject.sendingIp === null ? null : lookUpPtr(subject.sendingIp, dns.scope("transport"));
  const [spf, dkim, { discovery, places, permissions }, orgOf, mx, envelopeMx, ptr, domainExists, hosts, message] = await Promise.all([
    assessSpf(subject, envelope, { mx: mxOf.envelope, ptr: reverse }, dns.scope("spf")).then(told("spf", (found) => spfFacts(found, subject.sendingIp))),
    assessDkim(subject, envelope.domain, { mx: mxOf.envelope, ptr: reverse }, dns.scope("dkim")).then(told("dkim", dkimFacts)),
    assessDmarc(headerFrom, dns.scope("dmarc")).then(told("dmarc", ({ discovery }) => dmarcFacts(discovery))),
    organizationalDomains([headerFrom, envelope.domain, ...subject.dkim.map(({ domain }) => domain)], dns.scope("dmarc")),
    mxOf.subject,
    mxOf.envelope,
    reverse,
    exists(subject.domain, dns.scope("spf")),
    assessHosts(subject, envelope.domain, delegation, dns),
    whole === null ? null : assessWhole(whole, subject, dns.scope("dkim")),
    Promise.all([mxOf.subject, reverse]).then(told("transport", ([hosts, names]) => transportFacts(hosts, names))),
  ]);
  const alignment = evaluateAlignment({
    headerFrom,
    spf: envelope.assumed ? null : { domain: spf.domain, result: spf.evaluation?.result ?? null },
    dkim: subject.dkim.map(({ domain, selector }) => ({ domain, pass: passOf(signaturePasses(message, { domain, selector }), dkim.find((key) => key.domain === domain && key.selector === selector)) })),
    signaturesSeen: subject.headersSeen,
    record: discovery.status === "found" ? discovery.record : null,
    recordUnanswered: discovery.status === "unanswered",
    orgOf,
  });
  return {
    subject, bounce, notes, form, message, unseen, domainExists, spf, dkim, mx, envelopeMx, ptr, ...hosts,
    dmarc: { domain: headerFrom, discovery, alignment, places, permissions, orgOf },
    stranger: strangerOf(subject, spf, envelopeMx, ptr),
    servers: dns.servers,
    indexOf: dns.indexOf,
    statusOf: (name, type) => dns.answers()[dns.indexOf(name, type) ?? -1]?.status ?? null,
  };
}

function assessWhole({ raw, now, returned }: WholeMessage, subject: Subject, dns: Resolver): Promise<MessageAssessment> {
  if (typeof raw !== "string") return assessArrived(raw, subject, dns, now);
  return (returned ? assessReturned : assessMessage)(raw, subject, dns, now);
}

async function assessDmarc(domain: Domain, dns: Resolver): Promise<Pick<Assessment["dmarc"], "discovery" | "places" | "permissions">> {
  const discovery = await discoverDmarc(domain, dns);
  const [places, permissions] = await Promise.all([dmarcPlaces(domain, discovery, dns), reportPermissions(discovery, dns)]);
  return { discovery, places, permissions };
}

/** RFC 7208 section 2.4: the envelope's domain. Where the paste does not name it, the header's is taken, and that is told. Where we received the mail and it has none, nothing is evaluated. */
function envelopeOf(subject: Subject, arrived: boolean): { readonly domain: Domain; readonly assumed: boolean; readonly evaluated: boolean } {
  if (subject.mailFrom !== null) return { domain: subject.mailFrom, assumed: false, evaluated: true };
  const helo = subject.helo === null ? null : parseDomain(subject.helo);
  const isHelo = helo?.ok === true && helo.domain === subject.domain;
  return { domain: subject.domain, assumed: subject.kind !== "domain" && !isHelo, evaluated: !arrived };
}

async function assessSpf(subject: Subject, { domain, assumed, evaluated }: ReturnType<typeof envelopeOf>, hosts: Pick<Around, "mx" | "ptr">, dns: Resolver): Promise<SpfAssessment> {
  const unfolding = unfold(domain, dns);
  const [answer, tree, around, evaluation] = await Promise.all([
    dns.query(domain, "TXT"),
    unfolding,
    lookAround({ domain, tree: unfolding, helo: subject.helo, ...hosts }, dns),
    subject.sendingIp === null || !evaluated ? null : checkHost({ ip: subject.sendingIp, mailFrom: `postmaster@${domain}`, helo: subject.helo ?? domain }, dns, { prefetch: true }),
  ]);
  const records = selectSpfRecords(answer.records);
  const none = records.length === 0 && (answer.status === "ok" || isAbsent(answer.status));
  return { domain, envelopeAssumed: assumed, evaluation, tree, records, txtStatus: answer.status, parentWithRecord: none ? await parentWithRecord(domain, dns) : null, around };
}

/** An SPF record does not reach below its own name; many people think so. */
async function parentWithRecord(domain: Domain, dns: Resolver): Promise<Domain | null> {
  const parent = organizationalDomain(domain);
  if (parent === domain) return null;
  return selectSpfRecords((await dns.query(parent, "TXT")).records).length > 0 ? parent : null;
}

async function assessDkim(subject: Subject, envelope: Domain, hosts: Pick<Around, "mx" | "ptr">, dns: Resolver): Promise<readonly DkimKeyFinding[]> {
  const domain = subject.headerFrom ?? subject.domain;
  const known = { signatures: subject.dkim, userSelectors: subject.selectors, domain };
  const named = selectorsToTry({ ...known, providerSelectors: [] });
  // A message that was shown whole and unsigned has no selector to guess.
  const selectors = named.length > 0 ? named : subject.headersSeen ? [] : selectorsToTry({ ...known, providerSelectors: await usualSelectors(envelope, hosts, dns) });
  return lookUpKeys(selectors, dns);
}

/** Of the providers that the sending host's confirmed name, the record and the MX hosts show: each provider's own list. */
async function usualSelectors(domain: Domain, { mx, ptr }: Pick<Around, "mx" | "ptr">, dns: Resolver): Promise<readonly (readonly string[])[]> {
  const [answer, { hosts }, reverse] = await Promise.all([dns.query(domain, "TXT"), mx, ptr]);
  const sending = providerByPtr(reverse?.status === "confirmed" ? reverse.confirmedNames : []);
  const mailboxes = providerByMx(hosts.map(({ host }) => host));
  const senders = providersOfRecord(selectSpfRecords(answer.records).flatMap((record) => record.split(" ")));
  return [...new Set([sending, mailboxes, ...senders])].filter((provider) => provider !== null).map(selectorsOf);
}

function passOf(verified: boolean | null | undefined, key: DkimKeyFinding | undefined): boolean | null {
  return verified === undefined || verified === null ? couldPass(key) : verified;
}

/** Null: the message itself would have to be verified. */
function couldPass(key: DkimKeyFinding | undefined): boolean | null {
  return key === undefined || key.status === "valid" || key.status === "testing" || key.status === "unknown" ? null : false;
}

/** RFC 8020: nothing stands below a name that does not exist, so the organizational domain decides. */
async function exists(domain: Domain, dns: Resolver): Promise<boolean> {
  return (await dns.query(organizationalDomain(domain), "TXT")).status !== "no-name";
}

function strangerOf(subject: Subject, spf: SpfAssessment, mx: MxLookUp, ptr: PtrLookUp | null): Assessment["stranger"] {
  return looksLikeStranger({
    ip: subject.sendingIp,
    ptr,
    helo: subject.helo,
    relays: subject.relays,
    domain: spf.domain,
    mx,
    isProvider: (name) => providerByPtr([name]) !== null,
    spfNames: namedHosts(spf.tree),
  });
}

/** Hosts that the domain's own record names: it trusts their owners already. */
function namedHosts(tree: SpfNode): readonly string[] {
  return tree.terms.flatMap((term) => (term.target !== null && term.status !== "unused" && term.kind !== "exp" && term.target !== tree.domain ? [term.target] : []));
}
