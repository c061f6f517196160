/**
 * What was typed into the form by a browser without JavaScript and could not be read: kept a few minutes, so that the page
 * can show the text again beside the question. In this process's memory, bounded in number and size; `shared-drafts.ts` tells other
 * instances of them.
 */

import { z } from "zod";
import { newReportId } from "./secrets.ts";

export const draftSchema = z.object({
  input: z.string(),
  sendingIp: z.string(),
  selectors: z.string(),
  domain: z.string(),
  keepAddresses: z.boolean(),
  /** `code` is that of the API's error shape; texts are at `error.{code}.message` and `error.{code}.hint`. */
  error: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])), ask: z.enum(["input", "domain", "ip", "selectors"]) }),
});
export type Draft = z.infer<typeof draftSchema>;

export const DRAFT_LIFE_MS = 15 * 60_000;
const MOST_DRAFTS = 500;
/** UTF-16 code units of text in all: about 32 MiB. */
const MOST_TEXT = 16 * 1024 * 1024;

interface Drafts {
  /** Oldest first. */
  readonly kept: Map<string, { readonly draft: Draft; readonly until: number; readonly size: number }>;
  size: number;
}

/** Returns the id to hand to `readDraftHere`. The oldest drafts give way. */
export function keepDraftHere(draft: Draft, now: number = Date.now()): string {
  const drafts = ofThisProcess();
  const size = draft.input.length + draft.sendingIp.length + draft.selectors.length + draft.domain.length;
  const id = newReportId();
  drafts.kept.set(id, { draft, until: now + DRAFT_LIFE_MS, size });
  drafts.size += size;
  for (const [oldest, { until }] of drafts.kept) {
    if (until > now && drafts.kept.size <= MOST_DRAFTS && drafts.size <= MOST_TEXT) break;
    drop(drafts, oldest);
  }
  return id;
}

/** Null when there is none of that id, or not any more. */
export function readDraftHere(id: string, now: number = Date.now()): Draft | null {
  const drafts = ofThisProcess();
  const found = drafts.kept.get(id);
  if (found === undefined) return null;
  if (found.until > now) return found.draft;
  drop(drafts, id);
  return null;
}

function drop(drafts: Drafts, id: string): void {
  drafts.size -= drafts.kept.get(id)?.size ?? 0;
  drafts.kept.delete(id);
}

declare global {
  var reboundDrafts: Drafts | undefined;
}

/** Next loads a module once for each bundle that names it: what belongs to the process hangs on `globalThis`. */
function ofThisProcess(): Drafts {
  return (globalThis.reboundDrafts ??= { kept: new Map(), size: 0 });
}
