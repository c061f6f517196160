"use client";

/** Copies a text, and says so to eyes and ears. Not shown where scripts are off: there it could do nothing. */

import { Check, Copy, Link } from "./icons.tsx";
import { useEffect, useState } from "react";

interface CopyButtonProps {
  text: string;
  /** On the button: "Copy". */
  label: string;
  /** Read out instead of `label` where several buttons stand on the page: "Copy the value". Begins with `label`. */
  accessibleLabel?: string;
  /** "Copied" */
  copiedLabel: string;
  /** "Could not copy: select the text and copy it yourself" */
  failedLabel: string;
  /** A link is copied; on a narrow screen the icon alone is seen. */
  compact?: boolean;
  className?: string;
}

const SHOWN_FOR = 2500;

export function CopyButton({ text, label, accessibleLabel, copiedLabel, failedLabel, compact = false, className = "" }: CopyButtonProps) {
  const [state, setState] = useState<"ready" | "copied" | "failed">("ready");
  useEffect(() => {
    if (state === "ready") return;
    const timer = setTimeout(() => setState("ready"), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [state]);

  const said = state === "copied" ? copiedLabel : state === "failed" ? failedLabel : "";
  const Icon = state === "copied" ? Check : compact ? Link : Copy;
  return (
    <span className={`needs-script inline-flex ${className}`}>
      <button
        type="button"
        aria-label={accessibleLabel}
        onClick={() => void copy(text).then((done) => setState(done ? "copied" : "failed"))}
        className="small-button"
      >
        <Icon aria-hidden />
        <span className={compact ? "max-sm:sr-only" : ""}>{said === "" ? label : said}</span>
      </button>
      <span role="status" className="sr-only">
        {said}
      </span>
    </span>
  );
}

/** The clipboard is refused to pages over plain HTTP: there the older way still works. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const field = document.createElement("textarea");
  const focused = document.activeElement;
  field.value = text;
  field.readOnly = true;
  field.className = "sr-only";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
