"use client";

/** What a watch tells while nobody looks at its tab: in the tab's title, and by a notification where that was asked for. */

import { useEffect, useRef, useState } from "react";

/** `text`: stands before the page's own title while the tab is hidden; null: nothing. */
export function useHiddenTitle(text: string | null): void {
  useEffect(() => {
    if (text === null) return;
    const own = document.title;
    const show = () => {
      document.title = document.hidden ? `${text} · ${own}` : own;
    };
    show();
    document.addEventListener("visibilitychange", show);
    return () => {
      document.removeEventListener("visibilitychange", show);
      document.title = own;
    };
  }, [text]);
}

export type Wish = "off" | "on" | "refused";

/** Nobody is asked for permission but by a click. `news`: told once, when it comes in and the tab is hidden. */
export function useNotification(news: string | null): { readonly isPossible: boolean; readonly wish: Wish; readonly toggle: () => void } {
  const [wish, setWish] = useState<Wish>("off");
  const told = useRef<string | null>(null);
  useEffect(() => {
    if (news === null || told.current === news || wish !== "on" || !document.hidden) return;
    told.current = news;
    try {
      new Notification(document.title, { body: news, tag: location.pathname }).addEventListener("click", () => window.focus());
    } catch {
      // Some phones have the name and not the thing: there the title tells.
    }
  }, [news, wish]);
  const toggle = () => {
    if (wish === "on") setWish("off");
    else void Notification.requestPermission().then((answer) => setWish(answer === "granted" ? "on" : "refused"));
  };
  return { isPossible: typeof Notification !== "undefined", wish, toggle };
}
