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
      className="term"
    >
      {children}
    </button>
  );
}
