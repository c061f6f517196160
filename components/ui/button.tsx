/** What is pressed, and what looks like it: one primary act a page, quiet ones beside it. Never under 44 px high. */

import type { ComponentProps } from "react";

type Variant = "primary" | "quiet";

const SHAPE = "button";

const LOOK: Readonly<Record<Variant, string>> = {
  primary: "button-primary",
  quiet: "button-quiet",
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
