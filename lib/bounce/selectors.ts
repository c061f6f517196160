/** DKIM selectors as people give them: `s1`, `s=s1`, `s1._domainkey`, `s1._domainkey.example.com` (RFC 6376 section 3.1). */

import { parseDomain } from "../address/index.ts";

/** The selector in its plainest form, with `._domainkey.` and the domain kept where they were given; null when it is none. */
export function readSelector(typed: string): string | null {
  if (typed.length > 512) return null;
  const text = typed.trim().replace(/^s[ \t]*=[ \t]*/i, "").replace(/[;.]$/, "").toLowerCase();
  const [selector = "", rest = "", ...more] = text.split("._domainkey");
  const isSelector = selector.length <= 200 && selector.split(".").every((label) => label.length <= 63 && /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/.test(label));
  if (!isSelector || more.length > 0) return null;
  if (rest === "") return selector;
  const domain = rest.startsWith(".") ? parseDomain(rest.slice(1)) : null;
  return domain?.ok === true ? `${selector}._domainkey.${domain.domain}` : null;
}
