/** What a receiver wrote into the message of its own checks: `Authentication-Results` (RFC 8601). Anybody can write such a field; only one that the receiver itself put on top counts. */

import { type Message, valueOf } from "./message.ts";

export interface MethodResult {
  readonly method: "spf" | "dkim" | "dmarc";
  /** "pass", "fail", "softfail", "neutral", "none", "temperror", "permerror", "policy" */
  readonly result: string;
  /** What it is about: the envelope's domain or the HELO name, the signing domain, the header's domain. */
  readonly domain: string | null;
  /** `header.s` of a DKIM result. */
  readonly selector: string | null;
}

const METHODS_MAX = 30;

/**
 * The results in the topmost field whose authserv-id `isReceiver` knows, or null. `Received` fields above it must be the receiver's own:
 * one of another server's shows that the message went on, and that the field may be anybody's.
 */
export function resultsBy(message: Message, isReceiver: (host: string) => boolean): readonly MethodResult[] | null {
  for (const field of message.fields) {
    if (field.name === "received") {
      const by = /\bby\s+([\w.:-]{1,255})/i.exec(valueOf(field))?.[1];
      if (by === undefined || !isReceiver(by)) return null;
    }
    if (field.name !== "authentication-results") continue;
    const value = valueOf(field);
    const id = /^([\w.-]{1,255})/.exec(value)?.[1];
    if (id !== undefined && isReceiver(id)) return methodsOf(value.slice(id.length));
  }
  return null;
}

function methodsOf(value: string): readonly MethodResult[] {
  return uncommented(value).split(";").slice(0, METHODS_MAX).flatMap((part) => {
    const found = /^\s*(spf|dkim|dmarc)\s*=\s*([a-z]{2,12})/i.exec(part);
    const method = METHODS.find((one) => one === found?.[1]?.toLowerCase());
    if (found === null || method === undefined) return [];
    const property = (name: string): string | null => new RegExp(`\\b${name}\\s*=\\s*"?([^\\s;"]{1,320})`, "i").exec(part)?.[1] ?? null;
    const subject = method === "spf" ? (property("smtp\\.mailfrom") ?? property("smtp\\.helo")) : method === "dkim" ? (property("header\\.d") ?? property("header\\.i")) : property("header\\.from");
    const domain = subject === null ? null : subject.slice(subject.lastIndexOf("@") + 1).toLowerCase();
    return [{ method, result: (found[2] ?? "").toLowerCase(), domain, selector: method === "dkim" ? (property("header\\.s")?.toLowerCase() ?? null) : null }];
  });
}

const METHODS = ["spf", "dkim", "dmarc"] as const;

/** RFC 5322 section 3.2.2: comments may be nested. */
function uncommented(value: string): string {
  let depth = 0;
  let kept = "";
  for (const character of value) {
    if (character === "(") depth += 1;
    else if (character === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += character;
  }
  return kept;
}
