/** Whether the answer that holds a record fits in 512 octets, the most that one UDP packet carries without EDNS (RFC 7208 section 3.4, RFC 1035 section 4.2.1). */

import { characterStrings } from "./strings.ts";

const WHOLE_ANSWER = 512;
const HEADER = 12;
/** Type and class of the question. */
const QUESTION = 4;
/** Of each record: a pointer to the name, type, class, TTL and length. */
const RECORD = 12;

/** Octets of the TXT answer for `name`. `records`: each as its character-strings. */
export function answerOctets(name: string, records: readonly (readonly string[])[]): number {
  const question = name.split(".").reduce((sum, label) => sum + 1 + Buffer.byteLength(label, "utf8"), 1) + QUESTION;
  return HEADER + question + records.reduce((sum, strings) => sum + RECORD + strings.reduce((octets, string) => octets + 1 + Buffer.byteLength(string, "utf8"), 0), 0);
}

/** All TXT records of a name, and those of them that a correction replaces. */
export interface TxtAnswer {
  readonly name: string;
  readonly others: readonly (readonly string[])[];
  readonly replaced: readonly (readonly string[])[];
}

/** How long a record may be for its answer to fit; 0 where nothing fits beside the others. */
export function roomFor({ name, others }: TxtAnswer): number {
  // Up to 510 octets a record is at most two character-strings, each with an octet for its length.
  return Math.max(0, WHOLE_ANSWER - answerOctets(name, others) - RECORD - 2);
}

/** The record makes an answer too long that isn't so today, or one that is longer still. */
export function outgrows(answer: TxtAnswer, value: string): boolean {
  const { name, others, replaced } = answer;
  const octets = answerOctets(name, [...others, characterStrings(value)]);
  return octets > WHOLE_ANSWER && octets > answerOctets(name, [...others, ...replaced]);
}
