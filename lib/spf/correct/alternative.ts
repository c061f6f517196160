/**
 * A record over ten lookups cured for good: services that send with a return path of the customer's choice move to
 * subdomains of their own, where each has ten lookups to itself, and nobody's addresses have to be copied.
 *
 * The main record that goes with it no longer authorises them, so it is the last of three steps; the change at each line
 * that goes says where its senders went. Both records are proven over today's DNS with both laid on top.
 */

import { type Domain, parseDomain } from "../../address/index.ts";
import { overlay } from "../../dns/overlay.ts";
import type { Resolver } from "../../dns/resolver.ts";
import { type Provider, providerByInclude, providerByMx } from "../../providers/index.ts";
import { SPF_MOVE_STEPS, type SpfAlternative, type SpfChangeReason, type SpfProof } from "../types.ts";
import { contains, NO_ADDRESS } from "./address-set.ts";
import { type Bench, type Candidate, type Family, meantBy } from "./bench.ts";
import { type Draft, dropping, removeLine, termLines, VERSION } from "./draft.ts";
import { proven } from "./prove.ts";
import { published } from "./publish.ts";
import { sizeOf } from "./ranges.ts";
import { type Reading, readerOf, type ReadTerm, summed } from "./reading.ts";
import { type Limits, shrunk } from "./shrink.ts";
import { characterStrings } from "./strings.ts";
import { qualifierOf } from "./term.ts";

/** Nobody sets up more than that in one go. */
const MOST_MOVES = 3;

interface Service {
  readonly provider: Provider;
  /** Of the refused sender, and not in the record yet. */
  readonly added: boolean;
  readonly indexes: readonly number[];
  readonly readings: readonly Reading[];
}

interface Move {
  readonly service: Service;
  readonly domain: Domain;
}

/** `whole`: the candidate before it was made to fit. Null where no such move brings the record within its limits. */
export async function ownSubdomains(whole: Candidate, limits: Limits, bench: Bench): Promise<SpfAlternative | null> {
  const services = await movable(whole.draft, bench);
  for (const moved of selections(services)) {
    const ready = await moving(whole, moved, limits, bench);
    if (ready !== null) return ready;
  }
  return null;
}

const AS_PUBLISHED: ReadonlySet<SpfChangeReason | null> = new Set<SpfChangeReason | null>([null, "syntax-repaired", "misspelt-mechanism", "quotes-removed"]);

/**
 * The services in the record that could move: first one that would have to be added, since then the record can stay as it is;
 * then that which saves most; that of the refused sender last, where it is in the record, since its mail is to pass today.
 */
async function movable(draft: Draft, { request, read }: Bench): Promise<Service[]> {
  const found = new Map<Provider, Service>();
  const mailboxes = providerByMx(request.mx);
  for (const { index, text, term } of termLines(draft)) {
    // What an exclusion keeps out of the terms behind it, a record without it would let in.
    if (qualifierOf(term) !== "+") break;
    const line = draft.lines[index];
    // A term that came out of another one can't be said to leave: today's record doesn't name it.
    const added = line?.reason === "provider-of-refused-sender";
    if (line === undefined || (!added && (line.before === null || !AS_PUBLISHED.has(line.reason)))) continue;
    const reading = await read(text);
    if (reading === null || reading.kind !== "include" || reading.qualifier !== "+" || reading.status !== "ok" || reading.partial || reading.child === null || text.includes("%")) continue;
    const provider = providerByInclude(reading.child.domain);
    if (provider?.returnPathTxt !== true || provider === mailboxes) continue;
    const service = found.get(provider);
    found.set(provider, { provider, added: added && service === undefined, indexes: [...(service?.indexes ?? []), index], readings: [...(service?.readings ?? []), reading] });
  }
  const late = ({ readings }: Service) => request.ip !== null && readings.some(({ matches }) => request.ip !== null && contains(matches, request.ip));
  const saved = ({ readings }: Service) => readings.reduce((sum, { lookups }) => sum + lookups, 0);
  return [...found.values()].toSorted((a, b) => Number(b.added) - Number(a.added) || Number(late(a)) - Number(late(b)) || saved(b) - saved(a));
}

/** One service alone, each in turn; then the first two, the first three. */
function selections(services: readonly Service[]): Service[][] {
  const several = Array.from({ length: Math.max(0, Math.min(MOST_MOVES, services.length) - 1) }, (_, at) => services.slice(0, at + 2));
  return [...services.map((service) => [service]), ...several];
}

async function moving(whole: Candidate, services: readonly Service[], limits: Limits, bench: Bench): Promise<SpfAlternative | null> {
  const { request } = bench;
  const moves: Move[] = [];
  for (const service of services) {
    const domain = await unusedName(service.provider, request.domain, bench.resolver);
    if (domain === null) return null;
    moves.push({ service, domain });
  }
  const fitted = await shrunk(leaving(whole.draft, moves), { ...limits, flatten: false }, bench.read);
  if (fitted === null) return null;

  const records = moves.map(({ service, domain }) => ({ service, domain, value: [VERSION, ...service.readings.map(({ text }) => text.replace(/^\+/, "")), "~all"].join(" ") }));
  const laid = overlay(bench.resolver, records.map(({ domain, value }) => ({ name: domain, txt: [value] })));
  // Mail of a service that moves comes to have the subdomain as its envelope domain: it is there that it has to pass.
  const movesSender = request.ip !== null && services.some(({ readings }) => readings.some(({ matches }) => request.ip !== null && contains(matches, request.ip)));
  const main = await published({ ...whole, draft: fitted.draft }, { ...bench, resolver: laid, request: movesSender ? { ...request, ip: null } : request });
  if (main === null) return null;
  const mainLaid = overlay(laid, { name: request.domain, txt: [main.value] });
  const proofs: SpfProof[] = [];
  for (const record of records) {
    const proof = await subdomainProof(record, movesSender ? bench : { ...bench, request: { ...request, ip: null } }, mainLaid);
    if (proof === null) return null;
    proofs.push(proof);
  }
  return {
    kind: "own-subdomain",
    moves: records.flatMap(({ service, domain, value }, at) => {
      const proof = proofs[at];
      return proof === undefined ? [] : [{ provider: service.provider.name, domain, record: { name: domain, value, strings: characterStrings(value) }, proof }];
    }),
    main: { value: main.value, strings: main.strings, changes: main.changes, proof: main.proof },
    steps: SPF_MOVE_STEPS.filter((step) => step !== "replace-main" || main.changes.some(({ kind }) => kind !== "kept")),
    assumptions: [...main.assumptions.filter((assumption) => assumption !== "refused-sender-is-yours"), "subdomain-aligns-unless-strict", "provider-may-ask-for-more"],
  };
}

/** From the end, since a term that was never published leaves no line behind. */
function leaving(draft: Draft, moves: readonly Move[]): Draft {
  const lines = moves.flatMap(({ service, domain }) => service.indexes.map((index) => ({ index, domain }))).toSorted((a, b) => b.index - a.index);
  const without = lines.reduce((each, { index, domain }) => removeLine(each, index, "moved-to-subdomain", domain), draft);
  return moves.flatMap(({ service }) => service.readings).reduce((each, { text }) => dropping(each, text, NO_ADDRESS), without);
}

const LABELS = (provider: Provider) => [provider.id, `${provider.id}-mail`, `mail-${provider.id}`];

/** A subdomain that holds nothing at all today; null where none is certain not to. */
async function unusedName(provider: Provider, parent: Domain, resolver: Resolver): Promise<Domain | null> {
  for (const label of LABELS(provider)) {
    const name = parseDomain(`${label}.${parent}`);
    if (name.ok && (await resolver.query(name.domain, "TXT")).status === "no-name") return name.domain;
  }
  return null;
}

async function subdomainProof({ service, domain, value }: { readonly service: Service; readonly domain: Domain; readonly value: string }, { request }: Bench, laid: Resolver): Promise<SpfProof | null> {
  const read: ReadTerm = readerOf(domain, laid);
  const readings = (await Promise.all(service.readings.map(({ text }) => read(text)))).filter((reading) => reading !== null);
  const { pass, unanswered, partial, lookups } = summed(readings);
  const meant = meantBy([service.readings]);
  const ip = request.ip !== null && contains(pass, request.ip) ? request.ip : null;
  const families = (["v4", "v6"] as const).filter((family: Family) => pass[family].length > 0);
  return proven({ domain, helo: domain, value, ip, ranges: meant.ranges, must: meant.all, pass, allowed: meant.all, families, lookups, unanswered, open: partial, size: sizeOf(readings) }, laid);
}
