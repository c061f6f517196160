/**
 * What stands around the SPF record: where it was put by mistake, whose name it hangs on, what else answers for it. A few
 * questions more (nine at most, side by side), each asked only where its answer can matter. A look-up that failed shows
 * nothing here: it is neither a record nor the lack of one.
 */

import { type Domain, isSameOrBelow, organizationalDomain, parseDomain } from "../address/index.ts";
import { isAbsent, type RecordType, type Resolver, txtValue } from "../dns/index.ts";
import { selectSpfRecords } from "../spf/index.ts";
import type { SpfNode, SpfTermNode } from "../spf/types.ts";
import type { MxLookUp, PtrLookUp } from "../transport/index.ts";

/** Where an SPF record was found that counts for nobody: at `www`, at the domain with its zone appended once more, at a name for SPF, at the DMARC name, at the wildcard alone. */
export type Misplacement = "www" | "doubled" | "spf-name" | "dmarc-name" | "wildcard";

export interface Surroundings {
  /** Every TXT record at the domain, its strings joined, SPF or not. */
  readonly texts: readonly string[];
  /** The name that the domain is an alias of: its TXT records are that name's. */
  readonly alias: string | null;
  /** What a name that nobody made answers with, its strings joined; empty without a wildcard. */
  readonly wildcard: readonly string[];
  /** An SPF record at another name, where the domain has none. */
  readonly misplaced: { readonly place: Misplacement; readonly name: string; readonly record: string } | null;
  /** Domains that the record relies on and that are in no registry. */
  readonly unregistered: readonly Unregistered[];
  /** The domain's own mail hosts that have no SPF record for the name they greet with. */
  readonly hostsWithoutRecord: readonly string[];
}

export interface Unregistered {
  /** The registrable domain. */
  readonly domain: Domain;
  /** The term that needs it, and the domain of the record in which that stands. */
  readonly term: string;
  readonly record: string;
}

export interface Around {
  readonly domain: Domain;
  /** The unfolded record: what it found missing is not asked again. */
  readonly tree: Promise<SpfNode>;
  readonly mx: Promise<MxLookUp>;
  readonly ptr: Promise<PtrLookUp> | null;
  readonly helo: string | null;
}

/** Nobody makes this name; it stays the same so that two checks can be compared. */
export const unmadeName = (domain: string): string => `no-such-name-4f1c.${domain}`;

/** Never rejects. */
export async function lookAround({ domain, tree, mx, ptr, helo }: Around, dns: Resolver): Promise<Surroundings> {
  const [answer, cname, wildcard, unregistered, hostsWithoutRecord] = await Promise.all([
    dns.query(domain, "TXT"),
    dns.query(domain, "CNAME"),
    textsAt(unmadeName(domain), dns),
    tree.then((unfolded) => unregisteredIn(unfolded, domain, dns)),
    hostsWithout(domain, { mx, ptr, helo }, dns),
  ]);
  const texts = answer.records.map(txtValue);
  const none = selectSpfRecords(answer.records).length === 0 && (answer.status === "ok" || isAbsent(answer.status));
  // A text that only looks like SPF explains enough.
  const misplaced = none && !texts.some((text) => /spf/i.test(text)) ? await misplacedRecord(domain, wildcard, dns) : null;
  return { texts, alias: cname.records[0] ?? null, wildcard, misplaced, unregistered, hostsWithoutRecord };
}

async function textsAt(name: string, dns: Resolver): Promise<readonly string[]> {
  return parseDomain(name).ok ? (await dns.query(name, "TXT")).records.map(txtValue) : [];
}

const spfAmong = (texts: readonly string[]): string | null => selectSpfRecords(texts.map((text) => [text]))[0] ?? null;

async function misplacedRecord(domain: Domain, wildcard: readonly string[], dns: Resolver): Promise<Surroundings["misplaced"]> {
  const everywhere = spfAmong(wildcard);
  if (everywhere !== null) return { place: "wildcard", name: `*.${domain}`, record: everywhere };
  const places: readonly { readonly place: Misplacement; readonly name: string }[] = [
    { place: "doubled", name: `${domain}.${organizationalDomain(domain)}` },
    { place: "www", name: `www.${domain}` },
    { place: "spf-name", name: `_spf.${domain}` },
    { place: "spf-name", name: `spf.${domain}` },
    { place: "dmarc-name", name: `_dmarc.${domain}` },
  ];
  const found = await Promise.all(places.map(async (at) => ({ ...at, record: spfAmong(await textsAt(at.name, dns)) })));
  for (const { place, name, record } of found) {
    // Behind an alias stands somebody else's record: a shop system's, behind `www`.
    if (record !== null && isAbsent((await dns.query(name, "CNAME")).status)) return { place, name, record };
  }
  return null;
}

/** Names beyond these few would only repeat the warning. */
const MOST_UNREGISTERED = 2;

/** Nothing stands below a name that does not exist (RFC 8020), so only what has no name at all can hang on a domain that nobody owns. */
async function unregisteredIn(tree: SpfNode, own: Domain, dns: Resolver): Promise<readonly Unregistered[]> {
  const seen = new Map<Domain, Unregistered>();
  for (const { term, node } of lookedUpTerms(tree)) {
    const target = term.target === null ? null : parseDomain(term.target);
    const type = askedFor(term.kind);
    if (target?.ok !== true || type === null || isSameOrBelow(target.domain, organizationalDomain(own))) continue;
    const domain = organizationalDomain(target.domain);
    // Repeats the tree's own question: it costs nothing.
    if (seen.has(domain) || !findsNothing(term) || (await dns.query(target.domain, type)).status !== "no-name") continue;
    seen.set(domain, { domain, term: term.text, record: node.domain });
    if (seen.size === MOST_UNREGISTERED) break;
  }
  const asked = await Promise.all([...seen.values()].map(async (found) => ((await isForTheTaking(found.domain, dns)) ? [found] : [])));
  return asked.flat();
}

function lookedUpTerms(node: SpfNode): { readonly term: SpfTermNode; readonly node: SpfNode }[] {
  return node.terms.filter(({ status }) => status !== "unused").flatMap((term) => [{ term, node }, ...(term.child === null ? [] : lookedUpTerms(term.child))]);
}

function findsNothing({ status, child }: SpfTermNode): boolean {
  return status === "void" || child?.status === "none";
}

function askedFor(kind: SpfTermNode["kind"]): RecordType | null {
  if (kind === "include" || kind === "redirect") return "TXT";
  if (kind === "mx") return "MX";
  return kind === "a" || kind === "exists" ? "A" : null;
}

/** The registry does not know it, and there is a registry: a name under a misspelt top-level domain can't be bought. */
async function isForTheTaking(domain: Domain, dns: Resolver): Promise<boolean> {
  const [own, above] = await Promise.all([dns.query(domain, "SOA"), dns.query(domain.slice(domain.indexOf(".") + 1), "SOA")]);
  return own.status === "no-name" && (above.status === "ok" || above.status === "no-data");
}

/** Hosts of one domain are set up alike: the first two say it. */
const MOST_HOSTS = 2;

/** The names under which the domain's own servers greet, as far as they are known and lead to an address: of the sender in question, else of its MX hosts. */
async function hostsWithout(domain: Domain, { mx, ptr, helo }: Pick<Around, "mx" | "ptr" | "helo">, dns: Resolver): Promise<readonly string[]> {
  const [received, reverse] = await Promise.all([mx, ptr]);
  const sending: readonly string[] = reverse?.confirmedNames ?? [];
  const receiving = received.hosts.filter(({ addresses }) => addresses.length > 0).map(({ host }) => host);
  const greeting = helo?.toLowerCase().replace(/\.$/, "") ?? null;
  const known = greeting !== null && [...sending, ...receiving].includes(greeting) ? [greeting] : sending.length > 0 ? sending : receiving;
  const own = [...new Set(known)].filter((host) => host !== domain && isSameOrBelow(host, organizationalDomain(domain))).slice(0, MOST_HOSTS);
  const answers = await Promise.all(own.map(async (host) => ({ host, answer: await dns.query(host, "TXT") })));
  return answers.filter(({ answer }) => (answer.status === "ok" || answer.status === "no-data") && selectSpfRecords(answer.records).length === 0).map(({ host }) => host);
}
