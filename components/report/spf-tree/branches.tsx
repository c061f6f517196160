/** The branches: nested lists that fold by themselves, joined by lines. The way to the term that matched is drawn in its own colour, and said in words. */

import { ChevronRight } from "../../ui/icons.tsx";
import type { ReactNode } from "react";
import type { Translator } from "../../../lib/messages/translate.ts";
import { visibleText } from "../visible-text.ts";
import { BreakingCode } from "./breaking-code.tsx";
import { MarkLabel } from "./mark-label.tsx";
import { drawn, isTelling, type TermView, type TreeView } from "./view.ts";
import { faultMarks, lookupWords, matchMark } from "./words.ts";

/** Open so deep at first; the rest is a key press away. */
const OPEN_LEVELS = 2;
/** Networks and plain addresses that stand in the line itself; the others unfold. */
const SHOWN_IN_LINE = 3;
/** A record of thousands of terms is drawn so far; the copied text has it whole. */
const MOST_DRAWN = 100;
/** A narrow screen has room for so many whole steps to the right; a tree may be five times as deep. */
const WHOLE_STEPS = 5;

export function Branches({ tree, t }: { tree: TreeView; t: Translator }) {
  return <Level terms={tree.terms} omitted={tree.omitted} level={1} tree={tree} t={t} />;
}

interface LevelProps {
  terms: readonly TermView[];
  omitted: number;
  level: number;
  tree: TreeView;
  t: Translator;
}

function Level({ terms, omitted, level, tree, t }: LevelProps) {
  const all = drawn(terms);
  const shown = all.filter((one, index) => index < MOST_DRAWN || (one.kind === "term" && (one.term.match !== null || one.term.givesUp !== null || isTelling(one.term))));
  const leftOut = all.reduce((sum, one) => sum + (shown.includes(one) ? 0 : one.kind === "run" ? one.terms.length : 1), 0);
  const matchAt = shown.findIndex((one) => one.kind === "term" && one.term.match !== null);
  const colour = tree.sender === null || matchAt === -1 ? "border-line" : MATCH_LINES[tree.sender.result];
  const notes = [...(leftOut === 0 ? [] : [t("report.tree.leftOut", { count: leftOut })]), ...(omitted === 0 ? [] : [t("report.tree.omitted", { count: omitted })])];
  const place = (index: number): Place => ({ last: index === shown.length + notes.length - 1, passes: index < matchAt, leads: index === matchAt, colour, level });
  return (
    <ul>
      {shown.map((one, index) =>
        one.kind === "term" ? (
          <Term key={index} term={one.term} place={place(index)} tree={tree} t={t} />
        ) : (
          <Item key={index} place={place(index)} name={one.terms[0]?.text ?? ""} t={t} open={false} line={<Several texts={one.terms.map(({ text }) => text)} reached={one.terms[0]?.reached ?? true} t={t} />} below={<Rest texts={one.terms.slice(SHOWN_IN_LINE).map(({ text }) => text)} omitted={0} level={level + 1} t={t} />} />
        ),
      )}
      {notes.map((note, index) => (
        <Item key={note} place={{ ...place(shown.length + index), passes: false }} name="" t={t} open={false} line={<span className="text-sm text-soft">{note}</span>} below={null} />
      ))}
    </ul>
  );
}

const MATCH_LINES = { pass: "border-accepted", fail: "border-refused", softfail: "border-risk", neutral: "border-unknown", none: "border-line", temperror: "border-line", permerror: "border-line" } as const;

function Term({ term, place, tree, t }: { term: TermView; place: Place; tree: TreeView; t: Translator }) {
  const rest = term.networks.slice(SHOWN_IN_LINE);
  const below =
    term.terms.length > 0 ? <Level terms={term.terms} omitted={term.omitted} level={place.level + 1} tree={tree} t={t} /> : rest.length > 0 ? <Rest texts={rest} omitted={term.omittedNetworks} level={place.level + 1} t={t} /> : null;
  const open = term.terms.length > 0 && (place.level < OPEN_LEVELS || isTelling(term));
  return <Item place={place} name={term.text} t={t} open={open} line={<Line term={term} level={place.level} tree={tree} t={t} />} below={below} />;
}

/** Where an item stands on the lines of its level. */
interface Place {
  readonly last: boolean;
  /** The way to the match passes it by, further down. */
  readonly passes: boolean;
  /** The way to the match turns in here. */
  readonly leads: boolean;
  readonly colour: string;
  readonly level: number;
}

interface ItemProps {
  place: Place;
  /** What the item is called where it folds something. */
  name: string;
  open: boolean;
  line: ReactNode;
  below: ReactNode;
  t: Translator;
}

/**
 * The line stands outside the `details`, which holds what is below it: so the line alone is the item's name when the list becomes a tree.
 * The summary is the arrow in front of the line.
 */
function Item({ place: { last, passes, leads, colour, level }, name, open, line, below, t }: ItemProps) {
  const deep = level > WHOLE_STEPS;
  return (
    <li className={`relative min-w-0 outline-none ${deep ? "pl-1 sm:pl-2.5" : "pl-4 sm:pl-5"}`}>
      {last ? null : <span aria-hidden className={`absolute top-0 bottom-0 left-0 ${passes ? `border-l-2 ${colour}` : "border-l border-line"}`} />}
      <span aria-hidden className={`absolute top-0 left-0 h-[1.125rem] rounded-bl-md ${deep ? "w-1.5 sm:w-2" : "w-3 sm:w-4"} ${leads ? `border-b-2 border-l-2 ${colour}` : `border-b border-line ${last ? "border-l" : ""}`}`} />
      <div data-line className={`branch-line ${below === null ? "" : "[@media(scripting:enabled)]:cursor-pointer"}`}>
        <span aria-hidden className="branch-dot">
          {below === null ? <span className={`size-1.5 rounded-full border ${leads ? `border-2 ${colour}` : "border-control"}`} /> : null}
        </span>
        {line}
      </div>
      {below === null ? null : (
        <details open={open} className="print:[&::details-content]:block print:[&::details-content]:[content-visibility:visible]">
          <summary className={`absolute top-0 flex h-9 w-6 list-none items-center justify-center rounded hover:text-accent [&::-webkit-details-marker]:hidden ${deep ? "left-0 sm:left-1.5" : "left-3 sm:left-4"}`}>
            <ChevronRight aria-hidden className="text-soft transition-transform duration-100 [details[open]>summary>&]:rotate-90" />
            <span className="sr-only">{t("report.tree.below", { term: visibleText(name) })}</span>
          </summary>
          <div className={deep ? "sm:pl-1.5" : "pl-1.5"}>{below}</div>
        </details>
      )}
    </li>
  );
}

/** A name of usual length, on a narrow screen, as long as there is room for it. */
const UNBROKEN = 26;
const ROOMY_LEVELS = 3;

function Line({ term, level, tree, t }: { term: TermView; level: number; tree: TreeView; t: Translator }) {
  const unbroken = level <= ROOMY_LEVELS ? UNBROKEN : 0;
  const match = matchMark(term, tree.sender, t);
  const lookups = lookupWords(term, t);
  const faded = !term.reached;
  return (
    <span className="branch-text">
      <span className="branch-words">
        <BreakingCode text={term.text} unbroken={unbroken} className={faded ? `text-soft ${term.status === "unused" ? "line-through" : ""}` : `text-ink ${match === null ? "font-medium" : "font-semibold"}`} />
        {term.target === null ? null : <BreakingCode text={`→ ${term.target}`} className="text-soft" />}
        {term.provider === null ? null : <span className="rounded-md bg-accent-soft px-1.5 text-sm leading-5 text-ink sm:whitespace-nowrap">{term.provider}</span>}
        {faultMarks(term, t).map((mark, index) => (
          <MarkLabel key={index} mark={mark} strong={index === 0 && term.givesUp !== null} />
        ))}
        {match === null ? null : <MarkLabel mark={match} strong={term.match === "here"} />}
        {term.networks.length === 0 ? null : (
          <span className="basis-full text-sm text-soft max-sm:order-last">
            <InLine texts={term.networks} omitted={term.omittedNetworks} t={t} />
          </span>
        )}
      </span>
      {/* On a wide screen a column of its own, in which the count runs down. */}
      {lookups === null || term.givesUp === "lookups" ? null : <span className="text-sm text-soft tabular-nums sm:shrink-0 sm:whitespace-nowrap">{lookups}</span>}
    </span>
  );
}

function Several({ texts, reached, t }: { texts: readonly string[]; reached: boolean; t: Translator }) {
  return (
    <span className={`min-w-0 grow leading-6 ${reached ? "" : "text-soft"}`}>
      <InLine texts={texts} omitted={0} t={t} />
      {reached ? null : (
        <>
          {" "}
          <MarkLabel mark={{ state: "unknown", text: t("report.tree.unreached") }} />
        </>
      )}
    </span>
  );
}

function InLine({ texts, omitted, t }: { texts: readonly string[]; omitted: number; t: Translator }) {
  const more = texts.length - Math.min(texts.length, SHOWN_IN_LINE) + omitted;
  return (
    <>
      {texts.slice(0, SHOWN_IN_LINE).map((text, index) => (
        <span key={index} className="mr-2.5 inline-block max-w-full">
          <BreakingCode text={text} />
        </span>
      ))}
      {more === 0 ? null : <span className="text-sm text-soft">{t("report.tree.more", { count: more })}</span>}
    </>
  );
}

/** So many are shown unfolded. */
const MOST_UNFOLDED = 300;

function Rest({ texts, omitted, level, t }: { texts: readonly string[]; omitted: number; level: number; t: Translator }) {
  const line = (
    <span className="min-w-0 grow text-sm leading-6 text-soft">
      {texts.slice(0, MOST_UNFOLDED).map((text, index) => (
        <span key={index} className="mr-2.5 inline-block max-w-full">
          <BreakingCode text={text} />
        </span>
      ))}
      {texts.length > MOST_UNFOLDED ? `${t("report.tree.leftOut", { count: texts.length - MOST_UNFOLDED })} ` : null}
      {omitted === 0 ? null : t("report.tree.more", { count: omitted })}
    </span>
  );
  return (
    <ul>
      <Item place={{ last: true, passes: false, leads: false, colour: "border-line", level }} name="" t={t} open={false} line={line} below={null} />
    </ul>
  );
}
