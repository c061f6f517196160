"use client";

/** A watch that goes on: a line a server, what came of it, and how to be told. */

import { Bell, BellOff, BellRing } from "../../ui/icons.tsx";
import { useEffect, useState } from "react";
import type { WatchState } from "../../../lib/watch/state.ts";
import { filled } from "../../form/filled.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { OutcomeBadge } from "../../ui/outcome-badge.tsx";
import { rememberEnd } from "./remembered.ts";
import { hasChange, ServerLine } from "./server-line.tsx";
import { useHiddenTitle, useNotification } from "./use-hidden-news.ts";
import { useWatch } from "./use-watch.ts";
import type { WatchPanelProps } from "./watch-panel.tsx";
import type { WatchWords } from "./words.ts";

interface WatchingProps extends WatchPanelProps {
  onStop: () => void;
  onAgain: () => void;
}

export function Watching({ reportId, prefix, locale, words, onStop, onAgain }: WatchingProps) {
  const { state, isLost, refusal } = useWatch(reportId, locale);
  const isOver = refusal !== null || state?.phase === "done" || state?.phase === "stopped";
  const now = useNow(!isOver);
  const told = toldOf(state, isLost, refusal, words);
  const { isPossible, wish, toggle } = useNotification(isOver ? told : null);
  useHiddenTitle(titleOf(state, words));
  useEffect(() => {
    if (isOver) rememberEnd(reportId);
  }, [isOver, reportId]);

  const servers = state?.servers ?? [];
  const several = (state?.records.length ?? 0) > 1;
  return (
    <div className="grid gap-3">
      <div className={`rounded-lg px-4 py-3 ${isOver ? "border border-line bg-sunken" : "bg-sunken"}`}>
        <div role="status" className="min-w-0 leading-relaxed wrap-anywhere [word-break:auto-phrase]">
          <Told state={state} text={told} words={words} />
        </div>
        {state?.result == null ? (
          <p className="min-h-5 text-sm text-soft tabular-nums">{nextLook(state, now, words)}</p>
        ) : (
          <LinkButton variant="primary" href={`${prefix}/r/${state.result.id}`} className="mt-3">
            {words.open}
          </LinkButton>
        )}
      </div>
      {servers.length === 0 ? null : (
        <ul aria-label={words.servers} className="divide-y divide-line rounded-lg border border-line">
          {servers.map((server) => (
            <ServerLine key={`${server.kind} ${server.name ?? ""} ${server.address ?? ""}`} server={server} records={several ? (state?.records ?? []) : []} now={now} words={words} />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {isOver ? state?.phase === "done" ? null : <Button onClick={onAgain}>{words.again}</Button> : <Button onClick={onStop}>{words.stop}</Button>}
        {isPossible && !isOver ? (
          <Button onClick={toggle} disabled={wish === "refused"}>
            <WishIcon wish={wish} />
            {wish === "on" ? words.notified : wish === "refused" ? words.notifyRefused : words.notify}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function WishIcon({ wish }: { wish: "off" | "on" | "refused" }) {
  const Icon = wish === "on" ? BellRing : wish === "refused" ? BellOff : Bell;
  return <Icon aria-hidden />;
}

function Told({ state, text, words }: { state: WatchState | null; text: string; words: WatchWords }) {
  const result = state?.result ?? null;
  if (result === null) return <p className="font-medium">{text}</p>;
  return (
    <div className="grid justify-items-start gap-2">
      <OutcomeBadge state={result.outcome} label={words.outcome[result.outcome]} />
      <p className="font-semibold">{words.result[result.outcome]}</p>
      {result.said === null ? null : <p>{result.said}</p>}
    </div>
  );
}

/** In one sentence: what is read out, and what a notification says. */
function toldOf(state: WatchState | null, isLost: boolean, refusal: string | null, words: WatchWords): string {
  if (refusal !== null) return refusal;
  if (state === null) return isLost ? words.lost : words.starting;
  switch (state.phase) {
    case "watching":
      if (isLost) return words.lost;
      return state.servers.length === 0 ? words.starting : filled(words.progress, counts(state));
    case "checking":
      return words.checking;
    case "done": {
      const result = state.result;
      return result === null ? words.checking : [words.result[result.outcome], result.said ?? ""].join(" ").trim();
    }
    case "stopped":
      return words.stopped[state.reason ?? "failed"];
  }
}

function titleOf(state: WatchState | null, words: WatchWords): string | null {
  if (state === null) return null;
  switch (state.phase) {
    case "watching":
    case "checking":
      return state.servers.length === 0 ? null : filled(words.title.watching, counts(state));
    case "done":
      return state.result?.outcome === "accepted" ? `✓ ${words.title.live}` : `! ${words.title.stillWrong}`;
    case "stopped":
      return words.title.stopped;
  }
}

function counts({ servers }: WatchState): { readonly seen: number; readonly all: number } {
  const asked = servers.filter(({ address }) => address !== null);
  return { seen: asked.filter(hasChange).length, all: asked.length };
}

function nextLook(state: WatchState | null, now: number, words: WatchWords): string {
  if (state?.phase !== "watching" || state.nextAt === null) return "";
  return filled(words.next, { seconds: Math.max(0, Math.ceil((Date.parse(state.nextAt) - now) / 1000)) });
}

/** The clock, a tick a second while somebody waits. */
function useNow(isRunning: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}
