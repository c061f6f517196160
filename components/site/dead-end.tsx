/** A page that has nothing to show: says so, and leads back. */

import type { ReactNode } from "react";
import { Mark } from "./mark.tsx";

interface DeadEndProps {
  title: string;
  text: string;
  /** Ways out. */
  children: ReactNode;
}

export function DeadEnd({ title, text, children }: DeadEndProps) {
  return (
    <div className="mx-auto max-w-xl py-20 sm:py-28">
      <Mark className="size-12 text-accent" />
      <h1 className="mt-6 text-2xl font-semibold tracking-tight text-balance sm:text-3xl">{title}</h1>
      <p className="mt-3 text-soft">{text}</p>
      <div className="mt-8 flex flex-wrap gap-3">{children}</div>
    </div>
  );
}
