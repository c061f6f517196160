/** What is pressed, and what looks like it: one primary act a page, quiet ones beside it. Never under 44 px high. */

import type { ComponentProps } from "react";

type Variant = "primary" | "quiet";

const SHAPE =
  "inline-flex min-h-11 items-center justify-center gap-2 rounded-lg px-4 py-2 text-[0.9375rem] font-medium no-underline transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-60";

const LOOK: Readonly<Record<Variant, string>> = {
  primary: "border border-transparent bg-accent text-on-accent hover:bg-accent-strong",
  quiet: "border border-line bg-surface text-ink hover:border-accent hover:text-accent",
};

export function buttonClass(variant: Variant = "quiet", more = ""): string {
  return `${SHAPE} ${LOOK[variant]} ${more}`;
}

export function Button({ variant, className, type = "button", ...rest }: ComponentProps<"button"> & { variant?: Variant }) {
  return <button type={type} className={buttonClass(variant, className)} {...rest} />;
}

export function LinkButton({ variant, className, ...rest }: ComponentProps<"a"> & { variant?: Variant }) {
  return <a className={buttonClass(variant, className)} {...rest} />;
}
