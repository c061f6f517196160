/** What was wrong with what was sent, and what to do next. It stands at the field that has to change. */

import { ExternalLink, TriangleAlert } from "../ui/icons.tsx";
import { pageHref, type Prefix } from "../site/site.ts";
import type { FormError } from "./ask.ts";

export const PROBLEM_ID = "form-error";

interface ProblemProps {
  error: FormError;
  prefix: Prefix;
  /** "opens in a new tab" */
  newTab: string;
  className?: string;
}

export function Problem({ error, prefix, newTab, className = "" }: ProblemProps) {
  return (
    <div id={PROBLEM_ID} role="alert" className={`flex gap-3 rounded-lg bg-refused-soft p-4 ${className}`}>
      <TriangleAlert aria-hidden className="mt-0.5 size-5 text-refused" />
      <div className="min-w-0 wrap-anywhere">
        <p className="font-semibold text-refused">{error.message}</p>
        <p className="mt-0.5 text-ink">{error.hint}</p>
        {error.replies.length === 0 ? null : (
          <ul className="mt-1">
            {error.replies.map(({ rule, title }) => (
              <li key={rule}>
                {/* In a tab of its own: what was typed here stays. */}
                <a href={pageHref({ prefix }, `/docs/replies/${rule}`)} target="_blank" rel="noopener" className="inline-flex min-h-11 items-center gap-1 text-ink underline underline-offset-4 hover:text-accent">
                  {title}
                  <ExternalLink aria-hidden />
                  <span className="sr-only"> {newTab}</span>
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
