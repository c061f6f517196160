"use client";

/**
 * Makes nested lists with `details` a tree for the keyboard and for screen readers (WAI-ARIA's tree pattern): one stop for Tab, arrows
 * from there on; and a line folds wherever it is pressed. Without scripts they stay what they are, lists that fold. The roles are set here and not in the markup, because
 * a tree that no key moves in would be worse than a list.
 */

import { type KeyboardEvent, type FocusEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from "react";

interface TreeKeysProps {
  /** What the tree is of. */
  label: string;
  canFold: boolean;
  /** "Unfold all", "Fold all" */
  unfold: string;
  fold: string;
  /** Stands beside the button that unfolds all. */
  tools: ReactNode;
  children: ReactNode;
}

export function TreeKeys({ label, canFold, unfold, fold, tools, children }: TreeKeysProps) {
  const root = useRef<HTMLDivElement>(null);
  const [allOpen, setAllOpen] = useState(false);

  useEffect(() => {
    const tree = root.current;
    if (tree === null) return;
    asTree(tree, label);
    // It does not bubble.
    const onToggle = () => {
      for (const item of itemsOf(tree)) {
        const details = detailsOf(item);
        if (details !== null) item.setAttribute("aria-expanded", String(details.open));
        // What Tab comes to must not be folded away.
        if (item.tabIndex === 0 && !isShown(item)) makeCurrent(tree, shownAbove(item));
      }
      setAllOpen(foldersOf(tree).every((details) => details.open));
    };
    tree.addEventListener("toggle", onToggle, true);
    onToggle();
    return () => tree.removeEventListener("toggle", onToggle, true);
  }, [label]);

  const foldAll = () => {
    if (root.current !== null) for (const details of foldersOf(root.current)) details.open = !allOpen;
  };
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-2">
        {canFold ? (
          <button type="button" onClick={foldAll} className="needs-script inline-flex min-h-11 items-center rounded-lg border border-line bg-surface px-3 text-sm font-medium text-ink transition-colors duration-100 hover:border-accent hover:text-accent">
            {allOpen ? fold : unfold}
          </button>
        ) : null}
        {tools}
      </div>
      <div ref={root} onKeyDown={onKeyDown} onClick={onClick} onFocus={onFocus} className="min-w-0">
        {children}
      </div>
    </div>
  );
}

function asTree(root: HTMLElement, label: string): void {
  for (const [index, list] of root.querySelectorAll("ul").entries()) {
    list.setAttribute("role", index === 0 ? "tree" : "group");
    if (index === 0) list.setAttribute("aria-label", label);
  }
  for (const [index, item] of itemsOf(root).entries()) {
    item.setAttribute("role", "treeitem");
    item.tabIndex = index === 0 ? 0 : -1;
    const summary = detailsOf(item)?.querySelector("summary");
    if (summary != null) summary.tabIndex = -1;
  }
}

function onFocus({ target, currentTarget }: FocusEvent<HTMLElement>): void {
  const item = target.closest<HTMLElement>("li");
  if (item === null) return;
  makeCurrent(currentTarget, item);
  if (target !== item) item.focus({ preventScroll: true });
}

function onClick({ target }: MouseEvent<HTMLElement>): void {
  const line = target instanceof Element ? target.closest("[data-line]") : null;
  const details = line?.parentElement == null ? null : detailsOf(line.parentElement);
  // Whoever selects text of the line does not mean to fold it.
  if (details !== null && document.getSelection()?.isCollapsed !== false) details.open = !details.open;
}

function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
  const root = event.currentTarget;
  const item = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("li") : null;
  if (item === null || event.altKey || event.ctrlKey || event.metaKey) return;
  const shown = itemsOf(root).filter(isShown);
  const at = shown.indexOf(item);
  const details = detailsOf(item);
  const goTo = (next: HTMLElement | null | undefined) => next?.focus();
  switch (event.key) {
    case "ArrowDown":
      goTo(shown[at + 1]);
      break;
    case "ArrowUp":
      goTo(shown[at - 1]);
      break;
    case "Home":
      goTo(shown[0]);
      break;
    case "End":
      goTo(shown.at(-1));
      break;
    case "ArrowRight":
      if (details?.open === false) details.open = true;
      else if (details !== null) goTo(shown[at + 1]);
      break;
    case "ArrowLeft":
      if (details?.open === true) details.open = false;
      else goTo(parentOf(item));
      break;
    case "Enter":
    case " ":
      if (details !== null) details.open = !details.open;
      break;
    default:
      if (!/^\S$/u.test(event.key)) return;
      goTo([...shown.slice(at + 1), ...shown.slice(0, at)].find((other) => (other.querySelector("[data-line]")?.textContent ?? "").trim().toLowerCase().startsWith(event.key.toLowerCase())));
  }
  event.preventDefault();
}

function itemsOf(root: HTMLElement): HTMLElement[] {
  return [...root.querySelectorAll("li")];
}

function foldersOf(root: HTMLElement): HTMLDetailsElement[] {
  return [...root.querySelectorAll("details")];
}

function detailsOf(item: HTMLElement): HTMLDetailsElement | null {
  return item.querySelector<HTMLDetailsElement>(":scope > details");
}

function parentOf(item: HTMLElement): HTMLElement | null {
  return item.parentElement?.closest<HTMLElement>("li") ?? null;
}

/** Nothing that it stands in is folded. */
function isShown(item: HTMLElement): boolean {
  const parent = parentOf(item);
  return parent === null || (detailsOf(parent)?.open === true && isShown(parent));
}

function shownAbove(item: HTMLElement): HTMLElement {
  const parent = parentOf(item);
  return parent === null || isShown(item) ? item : shownAbove(parent);
}

function makeCurrent(root: HTMLElement, current: HTMLElement): void {
  for (const item of itemsOf(root)) item.tabIndex = item === current ? 0 : -1;
}
