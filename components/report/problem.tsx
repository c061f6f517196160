/** What could not be done just now, said above the report. */

import { TriangleAlert } from "../ui/icons.tsx";
import type { Translator } from "../../lib/messages/translate.ts";

interface ProblemProps {
  /** From the address: anybody may have written it. */
  code: unknown;
  seconds: unknown;
  t: Translator;
}

const CODES = ["rate-limited", "not-saved", "store-unavailable", "token-needed", "wrong-token", "no-test-mails", "internal"] as const;
const LONGEST_WAIT_SECONDS = 3600;

export function Problem({ code, seconds, t }: ProblemProps) {
  const known = CODES.find((one) => one === code);
  if (known === undefined) return null;
  const wait = Math.min(Math.max(Math.trunc(Number(seconds)) || 60, 1), LONGEST_WAIT_SECONDS);
  return (
    <div role="alert" className="flex gap-3 rounded-card bg-risk-soft p-4">
      <TriangleAlert aria-hidden className="mt-0.5 size-5 text-risk" />
      <div className="min-w-0 wrap-anywhere">
        <p className="font-semibold text-risk">{t(`error.${known}.message`, { seconds: wait })}</p>
        <p className="mt-0.5">{t(`error.${known}.hint`, { seconds: wait })}</p>
      </div>
    </div>
  );
}
