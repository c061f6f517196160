/** Under which names a domain's keys may stand. Selectors cannot be listed by DNS (RFC 6376 section 3.1): they are known, given or guessed. */

import { type Domain, parseDomain } from "../address/index.ts";

/** - `paste`: a signature in the pasted text names it. - `user`: given by the user. - `guessed`: one that a recognised provider's customers usually publish; finding nothing there proves nothing. */
export type SelectorSource = "paste" | "user" | "guessed";

export interface SelectorToTry {
  readonly domain: Domain;
  readonly selector: string;
  readonly source: SelectorSource;
}

export interface KnownSelectors {
  /** `d=` and `s=` of signatures that were seen. */
  readonly signatures: readonly { readonly domain: Domain; readonly selector: string }[];
  /** As the user typed or pasted them: `s1`, `s1._domainkey`, `s1._domainkey.example.com`. */
  readonly userSelectors: readonly string[];
  /** What customers of each recognised provider usually publish, the likeliest first. */
  readonly providerSelectors: readonly (readonly string[])[];
  /** The domain that `userSelectors` and `providerSelectors` belong to. */
  readonly domain: Domain;
}

/** Each guess costs a question; more than these find hardly anything. */
export const GUESSES_MAX = 12;
/** A message has one to three signatures; a paste with more is a log, or hostile. */
export const KNOWN_MAX = 20;

/** The keys to look up, each name once: those of seen signatures, then the user's. Guesses only where nothing is known. Strings that are no selector are left out (see `parseSelector`). */
export function selectorsToTry({ signatures, userSelectors, providerSelectors, domain }: KnownSelectors): readonly SelectorToTry[] {
  const given = (texts: readonly string[], source: SelectorSource): SelectorToTry[] =>
    texts.flatMap((text) => {
      const parsed = parseSelector(text);
      return parsed.ok ? [{ domain: parsed.domain ?? domain, selector: parsed.selector, source }] : [];
    });
  const seen = signatures.flatMap((signature) => given([signature.selector], "paste").map((one) => ({ ...one, domain: signature.domain })));
  const known = once([...seen, ...given(userSelectors, "user")]).slice(0, KNOWN_MAX);
  return known.length > 0 ? known : once(given(inTurns(providerSelectors), "guessed")).slice(0, GUESSES_MAX);
}

/** The first of each, then the second of each: so a provider with many does not crowd out those with one. */
function inTurns(lists: readonly (readonly string[])[]): readonly string[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, turn) => lists.flatMap((list) => list.slice(turn, turn + 1))).flat();
}

export type SelectorResult =
  | { readonly ok: true; readonly selector: string; /** Named by the pasted form `s1._domainkey.example.com`. */ readonly domain: Domain | null }
  | { readonly ok: false; readonly error: "empty" | "bad-character" | "too-long" | "bad-domain" };

/** A selector as people give it: bare, as the whole name of the record, or as the signature's `s=`. RFC 6376 section 3.1: one or more labels. */
export function parseSelector(text: string): SelectorResult {
  if (text.length > 512) return { ok: false, error: "too-long" };
  const typed = text.trim().replace(/^s[ \t]*=[ \t]*/i, "").replace(/[;.]$/, "").toLowerCase();
  if (typed === "") return { ok: false, error: "empty" };
  const parts = typed.split("._domainkey");
  const [selector = "", rest = ""] = parts;
  if (parts.length > 2) return { ok: false, error: "bad-character" };
  const labels = selector.split(".");
  if (!labels.every((label) => /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/.test(label))) return { ok: false, error: "bad-character" };
  // With "._domainkey." and a domain behind it, the whole name must still fit into 253 octets.
  if (labels.some((label) => label.length > 63) || selector.length > 200) return { ok: false, error: "too-long" };
  if (rest === "") return { ok: true, selector, domain: null };
  const parsed = parseDomain(rest.replace(/^\./, ""));
  return parsed.ok && rest.startsWith(".") ? { ok: true, selector, domain: parsed.domain } : { ok: false, error: "bad-domain" };
}

/** The owner name of the key record. RFC 6376 section 3.6.2.1 */
export function keyName({ domain, selector }: { readonly domain: Domain; readonly selector: string }): string {
  return `${selector}._domainkey.${domain}`;
}

function once(selectors: readonly SelectorToTry[]): SelectorToTry[] {
  const byName = new Map<string, SelectorToTry>();
  for (const one of selectors) if (!byName.has(keyName(one))) byName.set(keyName(one), one);
  return [...byName.values()];
}
