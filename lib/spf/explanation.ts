/** `exp=`: what the domain's owner has to say to those who are refused. RFC 7208 section 6.2 */

import { type Answer, txtValue } from "../dns/resolver.ts";
import { type Evaluation, macrosOf, preferred, usesNonAsciiLocalPart, validatedNames } from "./evaluation.ts";
import { expandMacros, isAscii, macroValues, targetName } from "./macro.ts";
import { type MacroString, readMacroString } from "./macro-string.ts";
import type { SpfRecord } from "./types.ts";

/** In octets. It goes into an SMTP reply, whose lines hold 512 (RFC 5321 section 4.5.3.1.5): what is longer than this was never meant to be read. */
const LONGEST_EXPLANATION = 16_384;

/**
 * The explanation of `record`, at `domain`, which is the one whose directive matched: after a redirect its target's, never that of
 * an included record. Any problem on the way means that there is none; nothing here counts against the limits.
 */
export async function explanationOf(record: SpfRecord, domain: string, evaluation: Evaluation): Promise<string | null> {
  if (record.exp === null) return null;
  const spec = macrosOf(record.exp.domainSpec);
  const name = spec.ok ? targetName((await expanded(spec, domain, evaluation)) ?? "") : null;
  if (name === null) return null;
  const answer = await evaluation.resolver.query(name, "TXT");
  // "if there are any DNS processing errors, or if no records are returned, or if more than one record is returned"
  const [strings, ...others] = answer.records;
  if (answer.status !== "ok" || strings === undefined || others.length > 0) return null;
  const text = txtValue(strings);
  // explain-string: visible characters and SP (section 12); "the explanation string MUST be limited to US-ASCII".
  if (text === "" || /[^\x20-\x7e]/.test(text)) return null;
  const macros = readOnce(answer, text);
  const explanation = macros.ok ? await expanded(macros, domain, evaluation) : null;
  return explanation !== null && explanation.length <= LONGEST_EXPLANATION && isAscii(explanation) ? explanation : null;
}

const read = new WeakMap<Answer, MacroString>();

/** A proof evaluates many senders who fail, each with the same answer. */
function readOnce(answer: Answer, text: string): MacroString {
  const macros = read.get(answer) ?? readMacroString(text, "explanation");
  read.set(answer, macros);
  return macros;
}

async function expanded(macros: MacroString & { readonly ok: true }, domain: string, evaluation: Evaluation): Promise<string | null> {
  if (usesNonAsciiLocalPart(macros.letters, evaluation.message)) return null;
  const names = macros.letters.includes("p") ? await validatedNames(evaluation, null) : [];
  return expandMacros(macros.parts, macroValues(evaluation.message, domain, Array.isArray(names) ? preferred(names, domain) : undefined), LONGEST_EXPLANATION);
}
