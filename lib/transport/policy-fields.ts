/** `name=value` fields between semicolons, as MTA-STS and TLS-RPT records have them (RFC 8461 section 3.1, RFC 8460 section 3). */

export interface PolicyField {
  readonly name: string;
  readonly value: string;
  /** Where the field begins, in UTF-16 code units of the record. */
  readonly at: number;
}

/** The fields in order; null in the place of what is no field. A final semicolon is allowed. */
export function policyFields(text: string): readonly (PolicyField | { readonly name: null; readonly at: number })[] {
  const parts = text.split(";");
  const last = parts.length - 1;
  let at = 0;
  return parts.flatMap((part, index): (PolicyField | { readonly name: null; readonly at: number })[] => {
    const start = at + (part.length - part.trimStart().length);
    at += part.length + 1;
    const field = part.trim();
    if (field === "" && index === last) return [];
    const equals = field.indexOf("=");
    const name = field.slice(0, Math.max(0, equals));
    // RFC 8461 section 3.1: sts-ext-name; RFC 8460 section 3: tlsrpt-ext-name.
    if (!/^[a-z0-9][\w.-]{0,31}$/i.test(name)) return [{ name: null, at: start }];
    return [{ name, value: field.slice(equals + 1), at: start }];
  });
}

/**
 * Of the TXT records at the name only those that begin with the version count, octet for octet, and there must be just one of
 * them (RFC 8461 section 3.1, RFC 8460 section 3). `near`: none counts, and this one was meant to.
 */
export function onePolicyRecord(texts: readonly string[], version: string): { readonly kind: "none" | "several"; readonly text: null } | { readonly kind: "one" | "near"; readonly text: string } {
  const counting = texts.filter((text) => new RegExp(`^${version}[ \\t]*;`).test(text));
  const [first, ...more] = counting;
  if (first !== undefined) return more.length > 0 ? { kind: "several", text: null } : { kind: "one", text: first };
  const near = texts.find((text) => /^["\s]*v\s*=\s*(?:sts|tls-?rpt)/i.test(text));
  return near === undefined ? { kind: "none", text: null } : { kind: "near", text: near };
}
