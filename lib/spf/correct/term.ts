/** One term read on its own. */

import { parseSpfRecord } from "../record.ts";
import type { Qualifier, SpfTerm } from "../types.ts";

const known = new Map<string, SpfTerm | null>();

/** The term that `text` is, or null where the grammar of RFC 7208 section 12 has no place for it. */
export function termOf(text: string): SpfTerm | null {
  const before = known.get(text);
  if (before !== undefined) return before;
  const read = /\s/.test(text) || text === "" ? null : readTerm(text);
  if (known.size > 4096) known.clear();
  known.set(text, read);
  return read;
}

function readTerm(text: string): SpfTerm | null {
  const parsed = parseSpfRecord(`v=spf1 ${text}`);
  return parsed.ok && parsed.record.terms.length === 1 ? (parsed.record.terms[0] ?? null) : null;
}

/** "+" for modifiers too: they exclude nobody. */
export function qualifierOf(term: SpfTerm): Qualifier {
  return "qualifier" in term ? term.qualifier : "+";
}

/** An address or a network written out. */
export function isAddressTerm(text: string): boolean {
  return /^[-+~?]?ip[46]:/i.test(text);
}

export function domainSpecOf(term: SpfTerm): string | null {
  return "domainSpec" in term ? term.domainSpec : null;
}

/** Terms that say the same: any case, `+` written or not (RFC 7208 section 4.6.1). */
export function sameTerm(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

/** A macro letter in capitals means something else (RFC 7208 section 7.3). */
const plain = (text: string) => (text.includes("%") ? text : text.toLowerCase()).replace(/^\+/, "");
