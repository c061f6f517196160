/** Names and values in two columns; on a narrow screen one above the other. */

import type { ReactNode } from "react";
import type { Translator } from "../../lib/messages/translate.ts";
import { ExplainedText } from "../terms/explained.tsx";

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** With `t`, terms in the names can be asked about. */
export function Facts({ facts, t }: { facts: readonly Fact[]; t?: Translator }) {
  return (
    <dl className="grid gap-x-6 gap-y-2 text-[0.9375rem] sm:grid-cols-[minmax(9rem,auto)_1fr]">
      {facts.map(({ name, value }) => (
        <div key={name} className="min-w-0 sm:contents">
          <dt className="text-soft">{t === undefined ? name : <ExplainedText t={t} text={name} />}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
