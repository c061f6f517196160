"use client";

/** "Check again": a plain form, so it works without scripts; with them it says that it is at work. */

import { RotateCw } from "../ui/icons.tsx";
import { useEffect, useState } from "react";
import { Button } from "../ui/button.tsx";

interface RecheckFormProps {
  reportId: string;
  /** Sent when the address names the language, so that the new report's does too. */
  locale: string | null;
  label: string;
  workingLabel: string;
}

export function RecheckForm({ reportId, locale, label, workingLabel }: RecheckFormProps) {
  const [working, setWorking] = useState(false);
  useEffect(() => {
    // Coming back by the browser's own button shows the page as it was left.
    const restored = () => setWorking(false);
    window.addEventListener("pageshow", restored);
    return () => window.removeEventListener("pageshow", restored);
  }, []);
  return (
    <form method="post" action="/submit/recheck" onSubmit={() => setWorking(true)}>
      <input type="hidden" name="id" value={reportId} />
      {locale === null ? null : <input type="hidden" name="locale" value={locale} />}
      <Button type="submit" disabled={working} className="max-sm:w-11 max-sm:px-0">
        <RotateCw aria-hidden className={working ? "motion-safe:animate-spin" : ""} />
        {/* A narrow screen has room for the icon alone beside the state. */}
        <span className="max-sm:sr-only">{working ? workingLabel : label}</span>
      </Button>
      <span role="status" className="sr-only">
        {working ? workingLabel : ""}
      </span>
    </form>
  );
}
