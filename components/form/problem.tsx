/** What was wrong with what was sent, and what to do next. It stands at the field that has to change. */

import { TriangleAlert } from "lucide-react";
import type { FormError } from "./ask.ts";

export const PROBLEM_ID = "form-error";

export function Problem({ error, className = "" }: { error: FormError; className?: string }) {
  return (
    <div id={PROBLEM_ID} role="alert" className={`flex gap-3 rounded-lg bg-refused-soft p-4 ${className}`}>
      <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-refused" />
      <div className="min-w-0 wrap-anywhere">
        <p className="font-semibold text-refused">{error.message}</p>
        <p className="mt-0.5 text-ink">{error.hint}</p>
      </div>
    </div>
  );
}
