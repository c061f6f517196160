/**
 * The form of a message, told from its header: what RFC 5322 asks of it, one-click unsubscribing, and how Gmail received it.
 * Codes and counts only: no address, no subject, no identifier leaves this file.
 */

import type { Header } from "./headers.ts";
import { mailboxes } from "./redact.ts";

/** - `missing`, `repeated`: the field. - `invalid`: its value does not have the form that RFC 5322 gives it. */
export const FORM_FAULTS = ["missing", "repeated", "invalid"] as const;
export type FormFault = (typeof FORM_FAULTS)[number];

/** RFC 5322 section 3.6: fields of which a message has one at most. */
export const SINGLE_FIELDS = ["From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Date", "Message-ID", "In-Reply-To", "References"] as const;
export type SingleField = (typeof SINGLE_FIELDS)[number];

/**
 * One-click unsubscribing, RFC 8058 section 3. `none`: neither field. `no-https`: `List-Unsubscribe` holds no https address.
 * `no-post`: `List-Unsubscribe-Post: List-Unsubscribe=One-Click` is absent. `not-covered`: no signature's `h=` names both fields.
 */
export const UNSUBSCRIBE_STATES = ["none", "no-https", "no-post", "unsigned", "not-covered", "complete"] as const;
export type UnsubscribeState = (typeof UNSUBSCRIBE_STATES)[number];

export interface MessageForm {
  /** In the order of `SINGLE_FIELDS`. */
  readonly faults: readonly { readonly code: FormFault; readonly field: SingleField }[];
  readonly unsubscribe: UnsubscribeState;
  /** A discussion list passed it on: it names an address for posting (RFC 2369 section 3.4). */
  readonly fromList: boolean;
  /** A host on the way, other than Google's, added an ARC seal (RFC 8617). */
  readonly sealed: boolean;
  /** Google's `Received` says whether the message came over TLS; null where the header shows none of Google's. */
  readonly overTls: boolean | null;
}

/** Of a whole header: in one that a mail program showed in part, fields would be called missing that are there. */
export function messageForm(headers: readonly Header[]): MessageForm {
  const all = (name: string): readonly string[] => headers.filter((header) => header.name === name).map(({ value }) => value);
  const google = all("received").find((value) => /\bby\s{1,4}mx\.google\.com\b/i.test(value));
  return {
    faults: SINGLE_FIELDS.flatMap((field) => {
      const code = faultOf(field, all(field.toLowerCase()));
      return code === null ? [] : [{ code, field }];
    }),
    unsubscribe: unsubscribeState(all("list-unsubscribe"), all("list-unsubscribe-post"), all("dkim-signature")),
    fromList: all("list-post").some((value) => /mailto:/i.test(value)),
    sealed: all("arc-seal").some((value) => !/;\s*d\s*=\s*google\.com\s*(?:;|$)/i.test(`;${value}`)),
    overTls: google === undefined ? null : /\bwith\s{1,4}(?:UTF8)?E?SMTPSA?\b|\bversion=TLS/i.test(google),
  };
}

function faultOf(field: SingleField, values: readonly string[]): FormFault | null {
  const [value, another] = values;
  if (another !== undefined) return "repeated";
  if (value === undefined) return field === "From" || field === "Date" || field === "Message-ID" ? "missing" : null;
  switch (field) {
    case "From":
      return mailboxes(value).length === 0 ? "invalid" : null;
    case "Date":
      return DATE.test(value) ? null : "invalid";
    case "Message-ID":
      // Gmail writes one of its own where there was none, or none that it could read.
      if (/SMTPIN_ADDED_MISSING@mx\.google\.com/.test(value)) return "missing";
      return /SMTPIN_ADDED_BROKEN@mx\.google\.com/.test(value) || !/^<[^\s<>@]{1,900}@[^\s<>@]{1,900}>$/.test(value) ? "invalid" : null;
    default:
      return null;
  }
}

/** RFC 5322 section 3.3, and the names of zones of section 4.3. */
const DATE = /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\s?,\s{0,5})?\d{1,2}\s{1,5}(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s{1,5}\d{2,4}\s{1,5}\d{2}:\d{2}(?::\d{2})?\s{1,5}(?:[+-]\d{4}|[A-Z]{1,4})(?:\s{0,5}\([^()]{0,100}\))?$/i;

function unsubscribeState(lists: readonly string[], posts: readonly string[], signatures: readonly string[]): UnsubscribeState {
  if (lists.length + posts.length === 0) return "none";
  if (!lists.some((value) => /<\s{0,5}https:\/\/[^>]{1,2000}>/i.test(value))) return "no-https";
  if (!posts.some((value) => /^List-Unsubscribe=One-Click$/i.test(value))) return "no-post";
  if (signatures.length === 0) return "unsigned";
  return signatures.some(coversUnsubscribe) ? "complete" : "not-covered";
}

/** RFC 6376 section 3.5: `h=`, names without regard to case, white space anywhere. */
function coversUnsubscribe(signature: string): boolean {
  const tag = signature.split(";").find((part) => /^\s{0,50}h\s{0,50}=/i.test(part)) ?? "";
  const names = new Set(tag.slice(tag.indexOf("=") + 1).split(":").map((name) => name.trim().toLowerCase()));
  return names.has("list-unsubscribe") && names.has("list-unsubscribe-post");
}
