/**
 * The corrected SPF record: today's record with the fewest edits that make it authorise the refused sender and everybody
 * it means to authorise today, within the limits of RFC 7208 section 4.6.4.
 *
 * A correction is a chain of small steps over a `Draft`, each of which marks the lines it changes with its reason:
 *
 * 1. repair the text (`repair-text.ts`), merge several records into one (`merge.ts`);
 * 2. settle the ends: `all` last and not open to everybody, ending as wished (`settle.ts`);
 * 3. drop references that lead nowhere, in a circle or into an error (`references.ts`);
 * 4. replace `ptr` by hosts that it is known to let pass (`pointers.ts`);
 * 5. authorise the refused sender (`add-sender.ts`);
 * 6. fit in ten lookups: drop what allows nobody, repeats, or is covered by other terms (`shrink.ts`), replace hosts by their
 *    addresses, open includes, copy addresses at last (`edits.ts`), those before all look-ups (`order.ts`); beside a copy, the
 *    move to a subdomain that makes it needless (`alternative.ts`);
 * 7. cut into strings of 255 octets (`strings.ts`), within an answer of 512 where that can be (`answer-size.ts`).
 *
 * Where a step could be taken in several ways, each way is an attempt, the most faithful first; the first that proves, by
 * exact sets and by evaluation over today's DNS (`prove.ts`), is the answer. What could not be looked up is never taken for missing.
 */

import { type IpAddress, ipFamily, organizationalDomain } from "../../address/index.ts";
import { isUnanswered, type Resolver, txtValue } from "../../dns/resolver.ts";
import type { SpfChangeReason, SpfCorrection, SpfMoveOnly, SpfProof } from "../types.ts";
import { type CorrectionRequest, firstRecord, knownSenders, type SenderTerm, senderTerms, withSender } from "./add-sender.ts";
import { type AddressSet, contains, NO_ADDRESS, union } from "./address-set.ts";
import { ownSubdomains } from "./alternative.ts";
import { roomFor, type TxtAnswer } from "./answer-size.ts";
import { type Bench, benchOf, type Candidate, type Family, type Meant, meantBy, readingsOf, stayingOf } from "./bench.ts";
import { type Draft, isUnchanged, termLines } from "./draft.ts";
import { ADVISED_LENGTH } from "./edits.ts";
import { withoutPointers } from "./pointers.ts";
import { strangersTo } from "./prove.ts";
import { published } from "./publish.ts";
import { type ReadTerm, summed } from "./reading.ts";
import { withoutDeadReferences } from "./references.ts";
import { settled } from "./settle.ts";
import { type Limits, shrunk } from "./shrink.ts";
import { hasVersion, isTooLong } from "./repair-text.ts";
import { asPublished, publishedToday, type Today } from "./today.ts";

export type { CorrectionRequest } from "./add-sender.ts";

/** The record to publish at `request.domain` instead of today's, as `cureSpf` finds it; null also where it finds no record but only a move. */
export async function correctSpf(request: CorrectionRequest, resolver: Resolver): Promise<SpfCorrection | null> {
  const cure = await cureSpf(request, resolver);
  return cure === null || cure.value === null ? null : cure;
}

/**
 * The record to publish at `request.domain` instead of today's, proven; null when nothing needs mending, when today's
 * record can't be looked up, or when no record can be shown to hold. Where others' addresses had to be copied into it, the
 * lasting cure is beside it as `alternative`; where not even that makes a record, the alternative is all there is.
 * `resolver` answers for today's DNS and is asked for what the record names, for the includes of recognised providers, and
 * for names that the alternative would use.
 */
export async function cureSpf(request: CorrectionRequest, resolver: Resolver): Promise<SpfCorrection | SpfMoveOnly | null> {
  const bench = benchOf(request, resolver);
  const answer = await bench.resolver.query(request.domain, "TXT");
  if (isUnanswered(answer.status)) return null;
  if (answer.status === "no-name" && organizationalDomain(request.domain) === request.domain) return null;
  const today = await publishedToday(answer.records.map(txtValue), bench.resolver);
  const replaced = answer.records.filter((record) => today.texts.includes(txtValue(record)));
  const txt: TxtAnswer = { name: request.domain, replaced, others: answer.records.filter((record) => !replaced.includes(record)) };
  const unfit: Attempt[] = [];
  for await (const attempt of attempts(today, txt, bench)) {
    if (attempt === "nothing-to-mend") return null;
    if (attempt.fitted === null) unfit.push(attempt);
    const record = attempt.fitted === null ? null : await published(attempt.fitted, bench);
    if (record === null) continue;
    const alternative = attempt.flattened ? await ownSubdomains(attempt.whole, attempt.limits, bench) : null;
    return { action: today.texts.length === 0 ? "create" : "replace", name: request.domain, replaces: today.texts, ...record, alternative };
  }
  for (const { whole, limits } of unfit) {
    const alternative = await ownSubdomains(whole, limits, bench);
    if (alternative !== null) return { name: request.domain, value: null, replaces: today.texts, alternative };
  }
  return null;
}

/** The proof of the record that is published at `request.domain`, as it stands: null where there is none or several, and where it is faulty, over a limit, can't be looked up whole, or doesn't pass the sender. */
export async function proofAsItStands(request: CorrectionRequest, resolver: Resolver): Promise<SpfProof | null> {
  const bench = benchOf(request, resolver);
  const answer = await bench.resolver.query(request.domain, "TXT");
  const texts = answer.records.map(txtValue).filter(hasVersion);
  const [draft] = texts.length === 1 && !isTooLong(texts) ? texts.flatMap(asPublished) : [];
  if (draft === undefined) return null;
  const meant = meantBy([await readingsOf(draft, bench.read)]);
  const record = await published({ draft, meant, allowed: meant.all, families: [familyFirst(request, meant.all)], answer: { name: request.domain, others: [], replaced: answer.records } }, bench);
  return record === null || record.assumptions.includes("some-lookups-unanswered") ? null : record.proof;
}

/** One way to correct the record, made to fit in its limits; `fitted` is null where it can't be. */
interface Attempt {
  readonly whole: Candidate;
  readonly fitted: Candidate | null;
  /** Others' addresses had to be copied for it to fit. */
  readonly flattened: boolean;
  readonly limits: Limits;
}

type Attempts = AsyncGenerator<Attempt | "nothing-to-mend">;

async function* attempts(today: Today, answer: TxtAnswer, bench: Bench): Attempts {
  const { request, read, evaluate } = bench;
  if (today.draft === null) {
    const first = today.texts.length === 0 ? await firstRecord(request, read) : null;
    if (first !== null) yield* within({ draft: first, meant: meantBy([]), answer }, bench);
    return;
  }
  for (const afterAll of ["move", "drop"] as const) {
    const meant = meantBy(await Promise.all(today.each.map((draft) => readingsOf(settled(draft, afterAll), read))));
    const alive = await withoutDeadReferences(settled(today.draft, afterAll, request.ending), request.domain, read);
    if (alive === null) continue;
    const known = await withKnownSenders(alive, bench);
    const mended = await withoutPointers(known, request.ip, read, async (record, ip) => (await evaluate.proposed(record, ip)).result === "pass");
    for (const option of await senderOptions(mended, bench)) {
      yield* within({ draft: option === null ? mended : withSender(mended, option.sender, option.place), meant, answer }, bench);
    }
  }
}

/** Where `+all` was the whole record, what is known of the senders takes its place. */
async function withKnownSenders(draft: Draft, { request, read }: Bench): Promise<Draft> {
  const opened = draft.assumptions.has("pass-all-senders-unknown");
  if (!opened || termLines(draft).some(({ term }) => term.kind !== "all" && term.kind !== "exp" && term.kind !== "unknown-modifier")) return draft;
  return (await knownSenders(request, read)).reduce((each, sender) => withSender(each, sender, "last"), draft);
}

type SenderOption = { readonly sender: SenderTerm; readonly place: "last" | "first" } | null;

/**
 * Ways to have the refused sender pass; null: as the record is. Before all other terms only where an earlier term keeps it from
 * passing, and then its address alone: what the record keeps out, a provider's include in front would let in.
 */
async function senderOptions(draft: Draft, { request, read }: Bench): Promise<SenderOption[]> {
  const { pass, partial } = summed(await readingsOf(draft, read));
  if (request.ip === null || (contains(pass, request.ip) && !partial)) return [null];
  const senders = await senderTerms(request, request.ip, read, termLines(draft).map(({ text }) => text));
  const last = senders.map((sender) => ({ sender, place: "last" as const }));
  const first = senders.filter(({ reason }) => reason === "refused-sender").map((sender) => ({ sender, place: "first" as const }));
  const options = [...last, ...first];
  return partial ? [null, ...options] : options;
}

/** The draft within the limits: for the addresses that the sender's kind is of, then for all that the record is about. */
async function* within({ draft, meant, answer }: { readonly draft: Draft; readonly meant: Meant; readonly answer: TxtAnswer }, bench: Bench): Attempts {
  const { request, read, evaluate } = bench;
  const allowed = union(stayingOf(meant, draft), ...(await addedOnPurpose(draft, read)));
  const about = (["v4", "v6"] as const).filter((family) => allowed[family].length > 0);
  const first = familyFirst(request, allowed);
  const voids = async (value: string, families: readonly Family[]) => {
    const strangers = families.flatMap((family) => strangersTo(allowed, [family]).filter((_, at, all) => at === 0 || at === all.length - 1));
    return Math.max(0, ...(await Promise.all(strangers.map(async (ip) => (await evaluate.proposed(value, ip)).voidLookups))));
  };
  const room = roomFor(answer);
  for (const families of about.some((family) => family !== first) ? [[first], [...new Set([first, ...about])]] : [[first]]) {
    const limits: Limits = { domain: request.domain, advised: room === 0 ? ADVISED_LENGTH : Math.min(ADVISED_LENGTH, room), flatten: true, families, voids };
    const whole: Candidate = { draft, meant, allowed, families, answer };
    const small = await shrunk(draft, limits, read);
    if (small !== null && isUnchanged(small.draft) && (await isServed(request.ip, meant.all, evaluate.today))) yield "nothing-to-mend";
    else yield { whole, limits, fitted: small === null ? null : { ...whole, draft: small.draft }, flattened: small?.flattened === true };
  }
}

/** The kind of address that the record is about first of all: the sender's, else that of those who pass. */
function familyFirst({ ip }: CorrectionRequest, allowed: AddressSet): Family {
  if (ip !== null) return ipFamily(ip) === 4 ? "v4" : "v6";
  return allowed.v4.length === 0 && allowed.v6.length > 0 ? "v6" : "v4";
}

/** The sender needs nothing more of the record than it gives: it passes, or would if everything could be looked up. */
async function isServed(ip: IpAddress | null, meant: AddressSet, today: Bench["evaluate"]["today"]): Promise<boolean> {
  if (ip === null) return true;
  const { result } = await today(ip);
  return result === "pass" || (result === "temperror" && contains(meant, ip));
}

const ADDING: ReadonlySet<SpfChangeReason | null> = new Set<SpfChangeReason | null>(["refused-sender", "provider-of-refused-sender", "new-record", "ptr-replaced"]);

async function addedOnPurpose(draft: Draft, read: ReadTerm): Promise<AddressSet[]> {
  const added = termLines(draft).filter(({ index, term }) => term.kind !== "all" && ADDING.has(draft.lines[index]?.reason ?? null));
  return Promise.all(added.map(async ({ text }) => (await read(text))?.matches ?? NO_ADDRESS));
}
