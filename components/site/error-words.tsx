"use client";

/** What the page of an unforeseen error says: handed down by the layout, so that no catalogue travels to the browser. */

import { createContext, type ReactNode, useContext } from "react";

export interface ErrorWords {
  readonly title: string;
  readonly text: string;
  readonly again: string;
  readonly back: string;
  readonly home: string;
}

const Words = createContext<ErrorWords | null>(null);

export function ErrorWordsProvider({ words, children }: { words: ErrorWords; children: ReactNode }) {
  return <Words value={words}>{children}</Words>;
}

export function useErrorWords(): ErrorWords | null {
  return useContext(Words);
}
