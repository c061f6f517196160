/** Stored answers as a resolver: a report can be judged again, and every bug replayed, without the network. */

import { canonicalName } from "./name.ts";
import { isOfType, questionKey } from "./question.ts";
import type { Answer, RecordType, Resolver } from "./resolver.ts";

/** What was never asked is `not-asked`: unknown, and so never "missing". Of two answers to one question the first counts. */
export function evidenceResolver(answers: readonly Answer[]): Resolver {
  const byQuestion = new Map<string, Answer>();
  for (const answer of answers) {
    const key = questionKey(answer.name, answer.type);
    if (!byQuestion.has(key)) byQuestion.set(key, answer);
  }
  return {
    query<T extends RecordType>(name: string, type: T): Promise<Answer<T>> {
      const stored = byQuestion.get(questionKey(name, type));
      if (stored !== undefined && isOfType(stored, type)) return Promise.resolve(stored);
      return Promise.resolve({ status: "not-asked", name: canonicalName(name), type, records: [], ms: 0 });
    },
  };
}
