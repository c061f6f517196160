/** Something folded away, opened by its own line: the browser's own `details`, so it works without scripts and by keyboard. */

import { ChevronRight } from "./icons.tsx";
import type { ReactNode } from "react";

interface DisclosureProps {
  summary: ReactNode;
  children: ReactNode;
  open?: boolean;
  id?: string;
  /** Disclosures of one name: opening one closes the others. */
  name?: string;
  /** `row` stands in a list with hairlines; `plain` in running content. */
  variant?: "row" | "plain";
  className?: string;
}

export function Disclosure({ summary, children, open, id, name, variant = "plain", className = "" }: DisclosureProps) {
  const room = variant === "row" ? "px-5" : "";
  return (
    <details id={id} name={name} open={open} className={`group/disclosure ${className}`}>
      <summary className={`fold ${room}`}>
        <ChevronRight aria-hidden className="fold-sign" />
        <span className="min-w-0 grow">{summary}</span>
      </summary>
      <div className={`pb-4 ${variant === "row" ? "px-5 sm:pl-11" : "pt-1"}`}>{children}</div>
    </details>
  );
}
