/** Text that strangers wrote: nothing in it hides, and nothing in it reorders what stands beside it. */

import { Terms } from "../ui/terms.tsx";
import { visibleText } from "./visible-text.ts";

export function Foreign({ text }: { text: string }) {
  return <bdi>{visibleText(text)}</bdi>;
}

/** A record, a name or a term: monospace, wrapped between terms only. */
export function ForeignCode({ text, className = "" }: { text: string; className?: string }) {
  return (
    <bdi className={`code ${className}`}>
      <Terms text={visibleText(text)} />
    </bdi>
  );
}
