"use client";

/** The button that starts a watch. What shows the watch is loaded when somebody watches. */

import { lazy, Suspense, useState, useSyncExternalStore } from "react";
import type { Prefix } from "../../site/site.ts";
import { Button } from "../../ui/button.tsx";
import { forgetWatch, isRemembered, rememberWatch } from "./remembered.ts";
import type { WatchWords } from "./words.ts";

const Watching = lazy(() => import("./watching.tsx").then((module) => ({ default: module.Watching })));

export interface WatchPanelProps {
  reportId: string;
  prefix: Prefix;
  locale: string;
  words: WatchWords;
}

const nothingElseWrites = () => () => undefined;

export function WatchPanel({ reportId, prefix, locale, words }: WatchPanelProps) {
  const wasWatching = useSyncExternalStore(nothingElseWrites, () => isRemembered(reportId), () => false);
  // Each time it was started on this page is a connection of its own; 0: not yet, then a reload goes on where it was.
  const [{ run, isOn }, setRun] = useState({ run: 0, isOn: true });

  const start = () => {
    rememberWatch(reportId);
    setRun((before) => ({ run: before.run + 1, isOn: true }));
  };
  const stop = () => {
    forgetWatch(reportId);
    setRun((before) => ({ ...before, run: before.run + 1, isOn: false }));
  };
  const isWatching = run === 0 ? wasWatching : isOn;
  return (
    <div className="needs-script">
      {isWatching ? (
        <Suspense fallback={<p className="min-h-11 py-2.5 text-[0.9375rem]">{words.starting}</p>}>
          <Watching key={run} reportId={reportId} prefix={prefix} locale={locale} words={words} onStop={stop} onAgain={start} />
        </Suspense>
      ) : (
        <Button variant="primary" onClick={start}>
          {words.start}
        </Button>
      )}
    </div>
  );
}
