"use client";

/** Opens the browser's own print window, and names the page at the foot of each sheet. Not shown where scripts are off: there the browser's menu does the same. */

import { Printer } from "../../ui/icons.tsx";
import { useEffect } from "react";

export function PrintButton({ label }: { label: string }) {
  useEffect(() => {
    // CSS has no other way to the address: sheets come apart, and each shall lead back to its page.
    document.documentElement.style.setProperty("--printed-from", JSON.stringify(`${location.origin}${location.pathname}`));
  }, []);
  return (
    <button type="button" onClick={() => window.print()} className="needs-script inline-flex min-h-11 items-center gap-1.5 rounded-lg border border-line bg-surface px-3 text-sm font-medium text-ink transition-colors duration-100 hover:border-accent hover:text-accent">
      <Printer aria-hidden />
      {label}
    </button>
  );
}
