/**
 * ARC (RFC 8617): servers that pass a message on seal what they saw of its authentication, each its own set of fields, each over all sets
 * before it. A chain that holds lets a receiver believe that a signature was in order before somebody broke it, if it trusts the sealers.
 */

import type { ARCSigningData } from "mailauth";
import { arc } from "mailauth/lib/arc/index.js";
import type { Resolver } from "../dns/index.ts";
import { type Message, valuesOf } from "./message.ts";
import { resolveWith } from "./resolve.ts";
import { parseTagList } from "./tag-list.ts";

export interface ArcChain {
  /** `none`: the message has no ARC fields. `unanswered`: a sealer's key could not be looked up. */
  readonly result: "none" | "pass" | "fail" | "unanswered";
  /** Sets in the message. */
  readonly sets: number;
  /** The domains that sealed, the first (oldest) first. */
  readonly sealers: readonly string[];
  /** The `cv=` of the newest seal. */
  readonly cv: "none" | "pass" | "fail" | null;
  /** What the oldest sealer says it saw, as `method=result`: "dkim=pass", "spf=fail", … */
  readonly firstSaw: readonly string[];
}

export const NO_CHAIN: ArcChain = { result: "none", sets: 0, sealers: [], cv: null, firstSaw: [] };

/** RFC 8617 section 4.2.1: fifty sets at most. */
const SETS_MAX = 50;

/** `data`: the chain as `dkimVerify` read it. Never rejects. */
export async function arcChain(data: ARCSigningData | undefined, message: Message, resolver: Resolver): Promise<ArcChain> {
  const seals = valuesOf(message, "arc-seal").slice(0, SETS_MAX).map(sealOf).sort((one, other) => one.set - other.set);
  if (seals.length === 0 && valuesOf(message, "arc-message-signature").length === 0) return NO_CHAIN;
  const about = { sets: seals.length, sealers: seals.map(({ domain }) => domain), cv: seals.at(-1)?.cv ?? null, firstSaw: firstSaw(message) };
  const failed: string[] = [];
  const telling: Resolver = {
    query: async (name, type) => {
      const answer = await resolver.query(name, type);
      if (!["ok", "no-name", "no-data"].includes(answer.status)) failed.push(name);
      return answer;
    },
  };
  try {
    const { status } = await arc({ ...data, chain: data?.chain === undefined || data.chain === false ? [] : data.chain }, { resolver: resolveWith(telling), strict: true });
    // The newest message signature's key was asked for before, by the verifier.
    const unheld = failed.length > 0 || data?.lastEntry?.messageSignature?.status.result === "temperror" || /DNS failure/i.test(status.comment ?? "") ? "unanswered" : "fail";
    return { ...about, result: status.result === "pass" ? "pass" : unheld };
  } catch {
    return { ...about, result: "fail" };
  }
}

function sealOf(value: string): { readonly set: number; readonly domain: string; readonly cv: ArcChain["cv"] } {
  const tags = new Map(parseTagList(value).tags.map((tag) => [tag.name, tag.value]));
  const cv = (tags.get("cv") ?? "").toLowerCase();
  return { set: Number(tags.get("i")) || 0, domain: (tags.get("d") ?? "").toLowerCase(), cv: cv === "none" || cv === "pass" || cv === "fail" ? cv : null };
}

function firstSaw(message: Message): readonly string[] {
  const first = valuesOf(message, "arc-authentication-results").find((value) => /^i[ \t]*=[ \t]*1[ \t]*;/.test(value));
  return [...(first ?? "").matchAll(/\b(?:spf|dkim|dmarc|arc)=[a-z]{2,12}/g)].map(([found]) => found);
}
