/** A question, and how an answer is known to belong to it. */

import { canonicalName } from "./name.ts";
import type { Answer, RecordType } from "./resolver.ts";

export interface Question {
  /** Lower case, no final dot. */
  readonly name: string;
  readonly type: RecordType;
}

/** One text for each question: "TXT bakery.test". */
export function questionKey(name: string, type: RecordType): string {
  return `${type} ${canonicalName(name)}`;
}

export function isOfType<T extends RecordType>(answer: Answer, type: T): answer is Answer<T> {
  return answer.type === type;
}
