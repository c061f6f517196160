/** Random zones through mailauth's spf(), in its strict mode. Its differences are put right by how it is asked: in words that it understands. */

import { spf } from "mailauth/lib/spf/index.js";
import packageOfMailauth from "mailauth/package.json" with { type: "json" };
import { vi } from "vitest";
import { parseIp } from "../../address/index.ts";
import { type Answer, isAbsent, type RecordType, type Resolver } from "../../dns/resolver.ts";
import type { Zone } from "../../dns/zone.ts";
import { LOOKUP_LIMIT, VOID_LOOKUP_LIMIT } from "../evaluation.ts";
import { isAscii } from "../macro.ts";
import { isTopLabel } from "../macro-string.ts";
import type { SpfEvaluation } from "../types.ts";
import { type Case, resolverOf } from "./cases.ts";
import { type Implementation, RECEIVER, TIME } from "./compare.ts";
import { testAgainst } from "./runs.ts";
import type { Said } from "./service.ts";

const CODES: Readonly<Record<string, string>> = { "no-name": "ENOTFOUND", "no-data": "ENODATA", timeout: "ETIMEOUT", "server-failure": "ESERVFAIL", refused: "EREFUSED", malformed: "EBADNAME" };

/** The interface of Node's `resolve`, which mailauth takes. */
function nodeStyle(resolver: Resolver) {
  return async (name: string, type: RecordType): Promise<unknown[]> => {
    const answer = await resolver.query(name, type);
    if (answer.status !== "ok") throw Object.assign(new Error(answer.status), { code: CODES[answer.status] });
    return answer.records.map((record) => (typeof record === "object" && "exchange" in record ? { exchange: record.exchange, priority: record.preference } : record));
  };
}

async function check({ zone, question }: Case, repairs: readonly string[]): Promise<Said> {
  const sender = repairs.includes("final-dot") ? (question.mailFrom || `postmaster@${question.helo}`).replace(/\.$/, "") : question.mailFrom;
  // Its types want the resolver's overloads of Node.
  const options = { sender, ip: parseIp(question.ip), helo: question.helo, mta: RECEIVER, strict: true, resolver: nodeStyle(resolverOf(rewritten(zone, repairs))) };
  const { status, explanation } = await spf(options as unknown as Parameters<typeof spf>[0]);
  return { result: status.result, explanation: explanation ?? null };
}

/** The same zone, with its macros written so that mailauth reads them as RFC 7208 does. */
function rewritten(zone: Zone, repairs: readonly string[]): Zone {
  return Object.fromEntries(Object.entries(zone).map(([name, entry]) => [name, entry.TXT === undefined ? entry : { ...entry, TXT: entry.TXT.map((strings) => inItsWords([strings].flat().join(""), repairs)) }]));
}

function inItsWords(text: string, repairs: readonly string[]): string {
  let words = text;
  // The order of delimiters says nothing.
  if (repairs.includes("hyphen")) words = words.replace(/(%\{[a-z]\d*r?)([-+,/_=.]+)\}/gi, (macro, start: string, delimiters: string) => (delimiters.includes("-") ? `${start}${delimiters.replaceAll("-", "")}-}` : macro));
  if (repairs.includes("macro-letters") && /^v=spf1(?: |$)/i.test(words)) words = words.replace(/%\{[crt]/gi, "%{z");
  return words;
}

/** Ours without the void look-ups that mailauth does not count: those of addresses of MX and PTR names. */
function conceding(resolver: Resolver, repairs: readonly string[]): Resolver {
  if (!repairs.includes("void-hosts")) return resolver;
  let hosts: string[] = [];
  return {
    async query<T extends RecordType>(name: string, type: T): Promise<Answer<T>> {
      const at = type === "A" || type === "AAAA" ? hosts.indexOf(name) : -1;
      hosts = at === -1 ? [] : hosts.toSpliced(at, 1);
      const answer: Answer = await resolver.query(name, type);
      if (answer.type === "MX" || answer.type === "PTR") hosts = answer.records.map((record) => (typeof record === "object" && "exchange" in record ? record.exchange : String(record)));
      // An answer that is there, and in no network.
      return (at !== -1 && isAbsent(answer.status) ? { ...answer, status: "ok", records: ["none"] } : answer) as Answer<T>;
    },
  };
}

function explains({ zone, question }: Case, ours: SpfEvaluation & { readonly pointersAsked: number }, theirs: Said): string | null {
  const records = Object.values(zone).flatMap(({ TXT }) => TXT ?? []).join(" ");
  // It counts the PTR query of `%{p}` beside the term in which it stands, and its emptiness as well.
  const withinLimits = ours.lookups <= LOOKUP_LIMIT && ours.voidLookups <= VOID_LOOKUP_LIMIT;
  const overWithMacros = ours.lookups + ours.pointersAsked > LOOKUP_LIMIT || ours.voidLookups + ours.pointersAsked > VOID_LOOKUP_LIMIT;
  if (theirs.result === "permerror" && /%\{p/i.test(records) && withinLimits && overWithMacros) return "p-counted";
  // It does not count terms that match nothing because the local-part is not ASCII.
  const tooMany = ours.problem?.code === "too-many-lookups" || ours.problem?.code === "loop";
  if (tooMany && theirs.result !== "permerror" && !isAscii(question.mailFrom) && /%\{[sl]/i.test(records)) return "non-ascii-counted";
  // Target names that end in what no zone has, "%", a space, a number or an address literal, are not looked up, and so not void.
  const helo = question.helo.replace(/\.$/, "");
  const odd = isTopLabel(helo.slice(helo.lastIndexOf(".") + 1)) ? /%(?:[%_-]|\{i[^{}]*\})(?:\/[\d/]*)?$/i : /%(?:[%_-]|\{[hi][^{}]*\})(?:\/[\d/]*)?$/i;
  const asksOdd = records.split(" ").some((term) => term.includes(":") && odd.test(term));
  return ours.problem?.code === "too-many-void-lookups" && theirs.result !== "permerror" && asksOdd ? "odd-names" : null;
}

const mailauth: Implementation = { name: "mailauth", version: packageOfMailauth.version, differences: ["domain-case", "final-dot", "hyphen", "macro-letters", "void-hosts"], check, conceding, explains };

// It has no other way of being told the time.
vi.useFakeTimers({ toFake: ["Date"], now: TIME * 1000 });

testAgainst("mailauth", 1000, async () => mailauth);
