/** What one server's records mean for what is waited for. */

import { canonicalName } from "../dns/name.ts";
import { selectSpfRecords } from "../spf/index.ts";
import type { Target } from "./targets.ts";

/**
 * - `seen`: the proposed record. - `works`: another, which lets the sender pass. - `other`: neither the proposed nor today's.
 * - `several`: more than one where only one may be. - `old`: today's. - `absent`: none. - `silent`: the server did not say.
 */
export const RECORD_STATES = ["seen", "works", "other", "several", "old", "absent", "silent"] as const;
export type RecordState = (typeof RECORD_STATES)[number];

export interface Read {
  readonly state: Exclude<RecordState, "works" | "silent">;
  /** With "other": the record that stands there. */
  readonly text: string | null;
}

/** `records`: as published, each with its strings joined; none where the server says that there are none. */
export function readRecords(target: Target, records: readonly string[]): Read {
  const plain = plainOf[target.kind];
  const found = ownRecords(target, records);
  const isOneOf = (texts: readonly string[]) => (record: string) => texts.some((text) => plain(text) === plain(record));
  const isToday = isOneOf(target.today);
  if (target.kind === "gone") return state(found.some(isToday) ? "old" : "seen");
  const [first, second] = found;
  if (first === undefined) return state("absent");
  if (target.kind === "changed") return found.every(isToday) ? state("old") : { state: "other", text: first };
  const isWanted = isOneOf(target.wanted);
  if (target.kind === "name") return found.some(isWanted) ? state("seen") : found.some(isToday) ? state("old") : { state: "other", text: first };
  // Two of a kind are as good as none, whichever they are; as many as before, and the same, is what was there.
  if (second !== undefined) return state(found.length === target.today.length && found.every(isToday) ? "old" : "several");
  if (isWanted(first)) return state("seen");
  return isToday(first) ? state("old") : { state: "other", text: first };
}

function state(of: Read["state"]): Read {
  return { state: of, text: null };
}

/** Other services keep their TXT records at the same name. */
function ownRecords({ kind }: Target, records: readonly string[]): readonly string[] {
  switch (kind) {
    case "spf":
      return selectSpfRecords(records.map((record) => [record]));
    case "dmarc":
      return records.filter((record) => /^v\s*=\s*DMARC1\s*(?:;|$)/.test(record));
    case "key":
    case "name":
    case "gone":
    case "changed":
      return records;
  }
}

const spaced = (text: string) => text.trim().replaceAll(/\s+/g, " ");
/** Tag lists allow blanks around every sign (RFC 6376 section 3.2), and panels put some into keys. */
const unspaced = (text: string) => text.replaceAll(/\s/g, "").replace(/;$/, "");

/** How records of a kind are compared. Terms of SPF are the same in any case, but for macros (RFC 7208 section 7.3). */
const plainOf: Readonly<Record<Target["kind"], (text: string) => string>> = {
  spf: (text) => spaced(text).split(" ").map((term) => (term.includes("%") ? term : term.toLowerCase())).join(" "),
  dmarc: unspaced,
  key: unspaced,
  name: (text) => canonicalName(text.trim()),
  gone: spaced,
  changed: spaced,
};
