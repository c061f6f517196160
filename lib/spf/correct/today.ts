/** Today's SPF records of a domain, read: as they stand, and as they must have been meant. */

import { isUnanswered, type Resolver } from "../../dns/resolver.ts";
import { parseSpfRecord } from "../record.ts";
import { assuming, type Draft, draftOf, VERSION } from "./draft.ts";
import { merged } from "./merge.ts";
import { hasVersion, isTooLong, oddNames, repairedLines, REPAIRS } from "./repair-text.ts";

export interface Today {
  /** Today's SPF records as published; also a record that only means to be one, where there is no other. */
  readonly texts: readonly string[];
  /** Each of them by itself: what any of them authorises is meant. */
  readonly each: readonly Draft[];
  /** Null where there is none, or one that can't be read. */
  readonly draft: Draft | null;
}

/** Texts that may mean to be an SPF record, and names in them whose existence is asked for: a zone may hold any number. */
const MOST_TEXTS = 10;
const MOST_ODD_NAMES = 10;

/** `texts`: the domain's TXT records, each its strings joined. */
export async function publishedToday(texts: readonly string[], resolver: Resolver): Promise<Today> {
  const valid = texts.filter(hasVersion);
  // What can't be read is there all the same: nothing may be proposed in its place.
  if (isTooLong(valid)) return { texts: valid, each: [], draft: null };
  const worthReading = valid.length > 0 ? valid : texts.filter((text) => /spf/i.test(text) && !isTooLong([text])).slice(0, MOST_TEXTS);
  const real = new Set<string>();
  for (const name of worthReading.flatMap(oddNames).slice(0, MOST_ODD_NAMES)) {
    const answers = [await resolver.query(name, "TXT"), await resolver.query(name, "A")];
    const holds = answers.some((answer) => answer.records.some((record) => typeof record === "string" || (Array.isArray(record) && hasVersion(record.join("")))));
    if (holds || answers.some(({ status }) => isUnanswered(status) && status !== "malformed")) real.add(name);
  }
  const read = worthReading.flatMap((text) => {
    const lines = repairedLines(text, (name) => real.has(name));
    return lines === null ? [] : [{ text, lines }];
  });
  if (valid.length > read.length) return { texts: valid, each: [], draft: null };
  return { texts: read.map(({ text }) => text), each: read.flatMap(({ text, lines }) => [draftOf(lines), ...asPublished(text)]), draft: read.length === 0 ? null : asMeant(merged(read.map(({ lines }) => lines))) };
}

/** Told once and for all: a term that was repaired may give way to another by a later step. */
function asMeant(draft: Draft): Draft {
  return draft.lines.some(({ reason }) => REPAIRS.has(reason)) ? assuming(draft, "repaired-as-meant") : draft;
}

/** A record without a fault, as it stands: what it authorises today has to stay, whatever its words seem to mean. */
export function asPublished(text: string): Draft[] {
  const parsed = parseSpfRecord(text);
  return parsed.ok ? [draftOf([VERSION, ...parsed.record.terms.map((term) => term.text)].map((term) => ({ before: term, after: term, reason: null })))] : [];
}
