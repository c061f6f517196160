/** A term that can be asked about: it opens its entry of the page's glossary, without a script. A page that uses it holds `Glossary`. */

import type { ReactNode } from "react";
import type { Term } from "./terms.ts";

export function entryId(term: Term): string {
  return `term-${term}`;
}

export function TermButton({ term, children }: { term: Term; children: ReactNode }) {
  return (
    <button
      type="button"
      popoverTarget={entryId(term)}
      aria-haspopup="dialog"
      className="inline cursor-help rounded-sm text-start [font:inherit] [letter-spacing:inherit] text-inherit underline decoration-dotted decoration-from-font underline-offset-[0.2em] hover:text-accent print:no-underline"
    >
      {children}
    </button>
  );
}
