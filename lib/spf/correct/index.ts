/**
 * The corrected SPF record: today's record with the fewest edits that make it authorise the refused sender and everybody
 * it means to authorise today, within the limits of RFC 7208 section 4.6.4.
 *
 * A correction is a chain of small steps over a `Draft`: repair the text, merge records, settle `all`, drop dead
 * references, replace `ptr`, add the sender, fit in ten lookups. Where a step could be taken in several ways, each way is
 * a candidate, the most faithful first; the first that proves, by evaluation over today's DNS, is the answer. What could
 * not be looked up is never taken for missing.
 */

import { type IpAddress, ipFamily, organizationalDomain } from "../../address/index.ts";
import { budgeted } from "../../dns/budget.ts";
import { recording } from "../../dns/recording.ts";
import { isUnanswered, type Resolver, txtValue } from "../../dns/resolver.ts";
import { parseSpfRecord } from "../record.ts";
import type { SpfChangeReason, SpfCorrection } from "../types.ts";
import { SPF_ASSUMPTIONS } from "../types.ts";
import { type CorrectionRequest, firstRecord, knownSenders, type SenderTerm, senderTerms, withSender } from "./add-sender.ts";
import { type AddressSet, contains, NO_ADDRESS, union } from "./address-set.ts";
import { assuming, changesOf, type Draft, draftOf, isUnchanged, termLines, valueOf, VERSION } from "./draft.ts";
import { merged } from "./merge.ts";
import { withoutPointers } from "./pointers.ts";
import { evaluatorOf, proven, strangersTo } from "./prove.ts";
import { type Reading, readerOf, type ReadTerm, summed } from "./reading.ts";
import { withoutDeadReferences } from "./references.ts";

import { hasVersion, isTooLong, oddNames, repairedLines } from "./repair-text.ts";
import { settled } from "./settle.ts";
import { shrunk } from "./shrink.ts";
import { characterStrings } from "./strings.ts";

export type { CorrectionRequest } from "./add-sender.ts";

/**
 * The record to publish at `request.domain` instead of today's, proven; null when nothing needs mending, when today's
 * record can't be looked up, or when no record can be shown to hold. `resolver` answers for today's DNS and is asked for
 * what the record names and for the include of a recognised provider.
 */
export async function correctSpf(request: CorrectionRequest, resolver: Resolver): Promise<SpfCorrection | null> {
  const bench = benchOf(request, recording(budgeted(resolver, BUDGET)));
  const answer = await bench.resolver.query(request.domain, "TXT");
  if (isUnanswered(answer.status)) return null;
  if (answer.status === "no-name" && organizationalDomain(request.domain) === request.domain) return null;
  const today = await publishedToday(answer.records.map(txtValue), bench);
  for await (const candidate of candidates(today, bench)) {
    if (candidate === "nothing-to-mend") return null;
    const correction = await correctionOf(candidate, today.texts, bench);
    if (correction !== null) return correction;
  }
  return null;
}

/** A hostile record can name any number of hosts. What is past the bound reads as not looked up, never as missing. */
const BUDGET = { questions: 150, deadlineMs: 12_000 } as const;

/** What every step works with. */
interface Bench {
  readonly request: CorrectionRequest;
  readonly resolver: Resolver;
  readonly read: ReadTerm;
  readonly evaluate: ReturnType<typeof evaluatorOf>;
}

function benchOf(request: CorrectionRequest, resolver: Resolver): Bench {
  return { request, resolver, read: readerOf(request.domain, resolver), evaluate: evaluatorOf(request.domain, request.helo, resolver) };
}

interface Today {
  /** Today's SPF records as published; also a record that only means to be one, where there is no other. */
  readonly texts: readonly string[];
  /** Each of them by itself: what any of them authorises is meant. */
  readonly each: readonly Draft[];
  readonly draft: Draft | null;
}

/** Texts that may mean to be an SPF record, and names in them whose existence is asked for: a zone may hold any number. */
const MOST_TEXTS = 10;
const MOST_ODD_NAMES = 10;

async function publishedToday(texts: readonly string[], bench: Bench): Promise<Today> {
  const valid = texts.filter(hasVersion);
  // What can't be read is there all the same: nothing may be proposed in its place.
  if (isTooLong(valid)) return { texts: valid, each: [], draft: null };
  const worthReading = valid.length > 0 ? valid : texts.filter((text) => /spf/i.test(text) && !isTooLong([text])).slice(0, MOST_TEXTS);
  const real = new Set<string>();
  for (const name of worthReading.flatMap(oddNames).slice(0, MOST_ODD_NAMES)) {
    const answers = [await bench.resolver.query(name, "TXT"), await bench.resolver.query(name, "A")];
    const holds = answers.some((answer) => answer.records.some((record) => typeof record === "string" || (Array.isArray(record) && hasVersion(record.join("")))));
    if (holds || answers.some(({ status }) => isUnanswered(status) && status !== "malformed")) real.add(name);
  }
  const read = worthReading.flatMap((text) => {
    const lines = repairedLines(text, (name) => real.has(name));
    return lines === null ? [] : [{ text, lines }];
  });
  if (valid.length > read.length) return { texts: valid, each: [], draft: null };
  return { texts: read.map(({ text }) => text), each: read.flatMap(({ text, lines }) => [draftOf(lines), ...asPublished(text)]), draft: read.length === 0 ? null : merged(read.map(({ lines }) => lines)) };
}

/** A record without a fault, as it stands: what it authorises today has to stay, whatever its words seem to mean. */
function asPublished(text: string): Draft[] {
  const parsed = parseSpfRecord(text);
  return parsed.ok ? [draftOf([VERSION, ...parsed.record.terms.map((term) => term.text)].map((term) => ({ before: term, after: term, reason: null })))] : [];
}

interface Meant {
  readonly all: AddressSet;
  /** The same term by term: each is sampled. */
  readonly parts: readonly AddressSet[];
}

interface Candidate {
  readonly draft: Draft;
  /** What the record means to authorise before anybody is added. */
  readonly meant: Meant;
  /** That, and whom the correction adds on purpose. */
  readonly allowed: AddressSet;
  readonly families: readonly ("v4" | "v6")[];
}

async function* candidates(today: Today, bench: Bench): AsyncGenerator<Candidate | "nothing-to-mend"> {
  if (today.draft === null) {
    const first = today.texts.length === 0 ? await firstRecord(bench.request, bench.read) : null;
    if (first !== null) yield* fitted(first, { all: NO_ADDRESS, parts: [] }, bench);
    return;
  }
  for (const afterAll of ["move", "drop"] as const) {
    const settledDraft = settled(today.draft, afterAll);
    const each = await Promise.all(today.each.map((draft) => readingsOf(settled(draft, afterAll), bench.read)));
    const meant: Meant = { all: union(...each.map((readings) => summed(readings).pass)), parts: each.flatMap((readings) => readings.filter(({ kind, qualifier }) => kind !== "all" && qualifier === "+").map(({ matches }) => matches)) };
    const alive = await withoutDeadReferences(settledDraft, bench.read);
    if (alive === null) continue;
    const known = await withKnownSenders(alive, bench);
    const mended = await withoutPointers(known, bench.request.ip, bench.read, async (record, ip) => (await bench.evaluate.proposed(record, ip)).result === "pass");
    for (const option of await senderOptions(mended, bench)) {
      yield* fitted(option === null ? mended : withSender(mended, option.sender, option.place), meant, bench);
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

/** Ways to have the refused sender pass; null: as the record is. Before all other terms only where an earlier term keeps it from passing. */
async function senderOptions(draft: Draft, { request, read }: Bench): Promise<SenderOption[]> {
  const { pass, partial } = summed(await readingsOf(draft, read));
  if (request.ip === null || (contains(pass, request.ip) && !partial)) return [null];
  const senders = await senderTerms(request, request.ip, read);
  const options = (["last", "first"] as const).flatMap((place) => senders.map((sender) => ({ sender, place })));
  return partial ? [null, ...options] : options;
}

/** The draft within the limits: for the addresses that the sender's kind is of, then for all that the record is about. */
async function* fitted(draft: Draft, meant: Meant, bench: Bench): AsyncGenerator<Candidate | "nothing-to-mend"> {
  const { request, read, evaluate } = bench;
  const allowed = union(meant.all, ...(await addedOnPurpose(draft, read)));
  const about = (["v4", "v6"] as const).filter((family) => allowed[family].length > 0);
  const first = request.ip === null ? (about[0] ?? "v4") : ipFamily(request.ip) === 4 ? "v4" : "v6";
  const voids = async (value: string, families: readonly ("v4" | "v6")[]) => {
    const strangers = families.flatMap((family) => strangersTo(allowed, [family]).filter((_, at, all) => at === 0 || at === all.length - 1));
    return Math.max(0, ...(await Promise.all(strangers.map(async (ip) => (await evaluate.proposed(value, ip)).voidLookups))));
  };
  for (const families of about.some((family) => family !== first) ? [[first], [...new Set([first, ...about])]] : [[first]]) {
    const small = await shrunk(draft, request.domain, families, voids, read);
    if (small === null) continue;
    if (isUnchanged(small) && (await isServed(request.ip, meant.all, evaluate.today))) yield "nothing-to-mend";
    else yield { draft: small, meant, allowed, families };
  }
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

async function readingsOf(draft: Draft, read: ReadTerm): Promise<Reading[]> {
  return (await Promise.all(termLines(draft).map(({ text }) => read(text)))).filter((reading) => reading !== null);
}

async function correctionOf({ draft: fittedDraft, meant, allowed, families }: Candidate, replaces: readonly string[], bench: Bench): Promise<SpfCorrection | null> {
  const { request, resolver, read } = bench;
  const readings = await readingsOf(fittedDraft, read);
  const { pass, unanswered, partial, lookups } = summed(readings);
  const value = valueOf(fittedDraft);
  const proof = await proven({ domain: request.domain, helo: request.helo, value, ip: request.ip, meant: meant.all, parts: meant.parts, pass, allowed, families, lookups, unanswered, open: partial }, resolver);
  if (proof === null) return null;
  const draft = assuming(
    fittedDraft,
    ...(fittedDraft.lines.some(({ reason }) => REPAIRS.has(reason)) ? (["repaired-as-meant"] as const) : []),
    ...(partial && readings.some(isOpen) ? (["macro-terms-kept"] as const) : []),
    ...(unanswered ? (["some-lookups-unanswered"] as const) : []),
  );
  return {
    action: replaces.length === 0 ? "create" : "replace",
    name: request.domain,
    value,
    strings: characterStrings(value),
    replaces,
    changes: changesOf(draft),
    assumptions: SPF_ASSUMPTIONS.filter((assumption) => draft.assumptions.has(assumption)),
    proof,
  };
}

const REPAIRS: ReadonlySet<SpfChangeReason | null> = new Set<SpfChangeReason | null>(["syntax-repaired", "misspelt-mechanism", "address-in-include", "version-repaired", "unreadable"]);

const isOpen = (reading: Reading): boolean => reading.status === "open" || (reading.child?.terms.some(isOpen) ?? false);
