/** What viewers of a watch are told: all of it, at each event. */

import { z } from "zod";
import { reportSchema } from "../diagnosis/report.ts";
import { RECORD_STATES } from "./read.ts";

export const WATCH_PHASES = ["watching", "checking", "done", "stopped"] as const;
/** `failed`: the new report could not be made or kept. */
export const STOP_REASONS = ["nobody", "time", "questions", "failed"] as const;

const resultSchema = z.object({
  /** Of the new report. */
  id: z.string(),
  url: z.string(),
  outcome: reportSchema.shape.verdict.shape.outcome,
  cause: reportSchema.shape.verdict.shape.cause,
  /** The cause in a sentence, in the viewer's language; null where nothing is wrong. */
  said: z.string().nullable(),
});

export const watchStateSchema = z.object({
  /** `watching`: servers are asked. `checking`: the records are there, a new report is being made. `done`: it is made. `stopped`: see `reason`. */
  phase: z.enum(WATCH_PHASES),
  reason: z.enum(STOP_REASONS).nullable(),
  startedAt: z.iso.datetime(),
  /** When servers were last asked, and when they will be next; null before the first round, and once nobody is asked any more. */
  askedAt: z.iso.datetime().nullable(),
  nextAt: z.iso.datetime().nullable(),
  /** What is waited for. `wanted` null: the record is to go, or only a provider knows the new one. */
  records: z.array(z.object({ name: z.string(), type: z.string(), wanted: z.string().nullable() })),
  servers: z.array(
    z.object({
      kind: z.enum(["own", "public", "ours"]),
      name: z.string().nullable(),
      /** Null: it has none that may be asked. */
      address: z.string().nullable(),
      /** By index of `records`. `state` null: not asked yet. `until`: so long a resolver keeps what it said. */
      records: z.array(z.object({ record: z.number().int(), state: z.enum(RECORD_STATES).nullable(), until: z.iso.datetime().nullable() })),
    }),
  ),
  result: resultSchema.nullable(),
});
export type WatchState = z.infer<typeof watchStateSchema>;
export type WatchResult = z.infer<typeof resultSchema>;
