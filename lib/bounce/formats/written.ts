/** Reports that people read are known by the sentences of the mailer that wrote them. What they say is found as in any text. */

import type { Format } from "./format.ts";
import { fromText } from "./smtp.ts";

/** A format whose texts hold one of these sentences. */
export function written(name: string, sentences: RegExp): Format {
  return { name, confidence: "high", detect: ({ text, parts }) => sentences.test(parts?.body ?? text), extract: fromText };
}
