/** What `POST /api/spf` is asked and answers: RFC 7208's check_host() as specified, with the whole record unfolded beside it. */

import { z } from "zod";
import type { IpAddress } from "../../lib/address/index.ts";
import { budgeted } from "../../lib/dns/budget.ts";
import type { Answer, RecordType, Resolver } from "../../lib/dns/resolver.ts";
import { diagnosisResolver, DIAGNOSIS_DEADLINE_MS, OCTETS_PER_DIAGNOSIS, QUESTIONS_PER_DIAGNOSIS } from "../../lib/dns/servers.ts";
import { checkHost, unfold } from "../../lib/spf/index.ts";
import { SPF_RESULTS, spfNodeSchema } from "../../lib/spf/types.ts";

/** Several times what SMTP allows (RFC 5321 section 4.5.3.1.3: 256 octets): a record can have it repeated in every name that is looked up. */
const LONGEST_PATH = 2_000;

export const spfRequestSchema = z.object({
  ip: z.string(),
  /** As given in MAIL FROM; "" is the null reverse-path. Whatever it holds, the RFC says what comes of it. */
  mailFrom: z.string().max(LONGEST_PATH),
  helo: z.string().max(LONGEST_PATH).optional(),
});

export const spfAnswerSchema = z.object({
  result: z.enum(SPF_RESULTS),
  mechanism: z.string().nullable(),
  explanation: z.string().nullable(),
  problem: z.string().nullable(),
  lookups: z.number().int(),
  voidLookups: z.number().int(),
  tree: spfNodeSchema,
});
export type SpfAnswer = z.infer<typeof spfAnswerSchema>;

/** RFC 7208 section 4.6.4: a limit on the elapsed time "SHOULD allow at least 20 seconds", and past it the result is "temperror". */
const EVALUATION_DEADLINE_MS = 20_000;
/** How much longer than the evaluation the tree may take: what is not known by then stands as unanswered. */
const TREE_GRACE_MS = 1500;

export interface SpfQuestion {
  readonly ip: IpAddress;
  readonly mailFrom: string;
  readonly helo: string;
  readonly servers: readonly string[] | null;
  readonly signal: AbortSignal;
}

/** The tree shares each answer with the evaluation, but has questions of its own to spend: it can neither use up the evaluation's nor hold it up. */
export async function answerSpf({ ip, mailFrom, helo, servers, signal }: SpfQuestion): Promise<SpfAnswer> {
  const dns = diagnosisResolver({ servers, signal, deadlineMs: EVALUATION_DEADLINE_MS, questions: 2 * QUESTIONS_PER_DIAGNOSIS, octets: 2 * OCTETS_PER_DIAGNOSIS });
  const patience = new AbortController();
  try {
    const beside = budgeted(untilAborted(dns, patience.signal), { questions: QUESTIONS_PER_DIAGNOSIS, deadlineMs: DIAGNOSIS_DEADLINE_MS, octets: OCTETS_PER_DIAGNOSIS });
    const unfolding = unfold(domainOf(mailFrom, helo), beside);
    const { result, mechanism, explanation, problem, lookups, voidLookups } = await checkHost({ ip, mailFrom, helo }, dns, { prefetch: true });
    setTimeout(() => patience.abort(), TREE_GRACE_MS).unref();
    return { result, mechanism, explanation, problem: problem?.code ?? null, lookups, voidLookups, tree: await unfolding };
  } finally {
    dns.close();
  }
}

/** RFC 7208 section 2.4: with a null reverse-path the HELO name stands for the domain. */
function domainOf(mailFrom: string, helo: string): string {
  return mailFrom === "" ? helo : mailFrom.slice(mailFrom.lastIndexOf("@") + 1);
}

/** Once aborted, nothing more is asked, and what is in flight is not waited for. */
function untilAborted(resolver: Resolver, signal: AbortSignal): Resolver {
  const aborted = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  return {
    async query<T extends RecordType>(name: string, type: T): Promise<Answer<T>> {
      const notAsked: Answer<T> = { status: "not-asked", name, type, records: [], ms: 0 };
      if (signal.aborted) return notAsked;
      return Promise.race([resolver.query(name, type), aborted.then(() => notAsked)]);
    },
  };
}
