/** A surface with a hairline: what belongs together. */

import type { ComponentProps } from "react";

export function Card({ className = "", ...rest }: ComponentProps<"div">) {
  return <div className={`rounded-card border border-line bg-surface ${className}`} {...rest} />;
}

/** A card that is a part of the page with a heading of its own: name it by `aria-labelledby`. */
export function SectionCard({ className = "", ...rest }: ComponentProps<"section">) {
  return <section className={`rounded-card border border-line bg-surface ${className}`} {...rest} />;
}
