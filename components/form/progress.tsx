/**
 * What stands in the field's place while the server works: the report in outline. Each area shows how many of its questions are
 * answered, then what was seen, then how it is judged. Every line has its room from the start, so nothing moves when it fills.
 */

import { Check, Circle, Minus } from "../ui/icons.tsx";
import { type ReactNode, type Ref, useEffect, useRef, useState } from "react";
import type { LiveArea, Step } from "../../lib/diagnosis/report.ts";
import { ScoreBar } from "../report/score-bar.tsx";
import { Button } from "../ui/button.tsx";
import { type Outcome, OutcomeBadge, STATE_LOOKS } from "../ui/outcome-badge.tsx";
import { type Count, type Fact, FORM_AREAS, type Judged } from "./ask.ts";
import { filled } from "./filled.ts";
import type { FormWords } from "./words.ts";

/** What was heard so far. Areas stand in the order in which they came. */
export interface Heard {
  readonly counts: Readonly<Partial<Record<Step, Count>>>;
  readonly about: { readonly domain: string; readonly ip: string | null } | null;
  readonly facts: Readonly<Partial<Record<LiveArea, readonly Fact[]>>>;
  readonly judged: Readonly<Partial<Record<LiveArea, Judged>>>;
  readonly outcome: Outcome | null;
  readonly ready: boolean;
}

interface ProgressProps extends Heard {
  words: FormWords["progress"];
  headingRef: Ref<HTMLHeadingElement>;
  onStop: () => void;
}

export function Progress({ words, headingRef, onStop, ...heard }: ProgressProps) {
  const { about, outcome, ready } = heard;
  const aboutText = about === null ? null : about.ip === null ? filled(words.about, { domain: about.domain }) : filled(words.aboutIp, { domain: about.domain, ip: about.ip });
  return (
    <div>
      <div className={`rounded-card border border-l-4 bg-surface p-4 sm:p-6 ${outcome === null ? "border-line" : STATE_LOOKS[outcome].border}`}>
        <div className="flex items-start gap-4">
          <div className="min-w-0 grow">
            <h2 ref={headingRef} tabIndex={-1} className="text-lg font-semibold outline-none">
              {ready ? words.ready : words.title}
            </h2>
            <p className="min-h-12 text-sm wrap-anywhere text-soft sm:min-h-6">{aboutText}</p>
          </div>
          <Button onClick={onStop} disabled={ready} className="shrink-0">
            {words.stop}
          </Button>
        </div>
        <div className="mt-3 flex h-9 items-center gap-4">
          {outcome === null ? <span aria-hidden className="h-9 w-28 rounded-full bg-sunken" /> : <OutcomeBadge state={outcome} label={words.outcomes[outcome]} size="large" />}
          <span aria-hidden className="h-3 grow rounded-full bg-sunken" />
        </div>
      </div>
      <ol className="mt-4 divide-y divide-line rounded-card border border-line bg-surface">
        <StepLine step="reading" words={words} heard={heard} />
        {FORM_AREAS.map((area) => (
          <AreaLine key={area} area={area} words={words} heard={heard} />
        ))}
        <StepLine step="judging" words={words} heard={heard} />
      </ol>
      <Spoken words={words} heard={heard} />
    </div>
  );
}

interface LineProps {
  words: FormWords["progress"];
  heard: Heard;
}

function StepLine({ step, words, heard: { counts } }: LineProps & { step: "reading" | "judging" }) {
  const count = counts[step];
  const state = count === undefined ? "waiting" : count.done >= count.of ? "done" : "working";
  return (
    <li className="flex min-h-11 items-center gap-x-4 px-4 py-2 sm:px-5">
      <span className={state === "waiting" ? "text-soft" : "font-medium"}>{words.steps[step]}</span>
      <StateWord state={state} words={words} className="ml-auto shrink-0" />
    </li>
  );
}

/** For the longest that is said of each, an IPv6 address in it, in lines of 20 px. */
const ROOM: Readonly<Record<LiveArea, string>> = {
  spf: "min-h-15 sm:min-h-10 md:min-h-5",
  dkim: "min-h-10 sm:min-h-5",
  dmarc: "min-h-10 sm:min-h-5",
  transport: "min-h-15 sm:min-h-5",
};

function AreaLine({ area, words, heard: { counts, facts, judged } }: LineProps & { area: LiveArea }) {
  const count = counts[area];
  const seen = facts[area];
  const verdict = judged[area];
  return (
    <li className="px-4 py-3 sm:px-5">
      <div className="flex items-baseline justify-between gap-x-4">
        <span className="font-semibold">{words.steps[area]}</span>
        <span className="shrink-0 text-sm text-soft tabular-nums">{verdict === undefined || area === "transport" ? counted(count, words) : <b className="font-medium text-ink">{scored(verdict, words)}</b>}</span>
      </div>
      {area === "transport" ? null : <ScoreBar score={verdict?.score ?? null} state={verdict?.state ?? "unknown"} />}
      <div className={`mt-1.5 flex flex-wrap content-start items-baseline justify-between gap-x-4 text-sm ${ROOM[area]}`}>
        {verdict === undefined ? <StateWord state={seen !== undefined ? "seen" : count === undefined ? "waiting" : "working"} words={words} /> : <JudgedWord {...verdict} words={words} />}
        <span className="min-w-0 wrap-anywhere text-soft">{seen === undefined ? null : said(seen, words)}</span>
      </div>
    </li>
  );
}

function JudgedWord({ state, words }: Judged & { words: FormWords["progress"] }) {
  const { Icon, text } = STATE_LOOKS[state];
  return (
    <WithIcon className={`font-medium ${text}`} icon={<Icon aria-hidden className="self-center" />}>
      {words.states[state]}
    </WithIcon>
  );
}

const STEP_ICONS = {
  waiting: <Circle aria-hidden className="self-center text-line" />,
  working: <span aria-hidden className="size-4 shrink-0 animate-spin self-center rounded-full border-2 border-line border-t-accent" />,
  seen: <Minus aria-hidden className="self-center text-soft" />,
  done: <Check aria-hidden className="self-center text-accepted" />,
} as const;

function StateWord({ state, words, className = "" }: { state: keyof typeof STEP_ICONS; words: FormWords["progress"]; className?: string }) {
  return (
    <WithIcon className={`text-sm text-soft ${className}`} icon={STEP_ICONS[state]}>
      {words[state]}
    </WithIcon>
  );
}

function WithIcon({ icon, className, children }: { icon: ReactNode; className: string; children: ReactNode }) {
  return (
    <span className={`inline-flex items-baseline gap-1.5 ${className}`}>
      {icon}
      {children}
    </span>
  );
}

function counted(count: Count | undefined, words: FormWords["progress"]): string {
  return count === undefined ? "" : filled(words.answered, { done: count.done, of: count.of });
}

function scored({ score }: Judged, words: FormWords["progress"]): string {
  return score === null ? words.unseen : filled(words.of100, { score });
}

function said(facts: readonly Fact[], words: FormWords["progress"]): string {
  const known: Readonly<Record<string, string>> = words.facts;
  return facts
    .map(({ code, params }) => filled(known[code === "dmarc-policy" ? `${code}-${params["policy"] ?? ""}` : code] ?? "", params))
    .filter((text) => text !== "")
    .join(words.joint);
}

/** So long nothing more has come in before a screen reader is told: what comes in at once is told in one go. */
const QUIET_MS = 1_500;

/** What was seen since it was last told, and that the report opens: a few sentences, however many events there were. */
function Spoken({ words, heard: { facts, ready } }: LineProps) {
  const sentences = Object.entries(facts).map(([area, seen]) => filled(words.seenIn, { area: FORM_AREAS.flatMap((one) => (one === area ? [words.steps[one]] : [])).join(""), facts: said(seen, words) }));
  const news = sentences.join(" ");
  const told = useRef(0);
  const [text, setText] = useState("");
  useEffect(() => {
    if (news.length === told.current) return;
    const timer = setTimeout(() => {
      setText(news.slice(told.current).trim());
      told.current = news.length;
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, [news]);
  return (
    <p role="status" className="sr-only">
      {ready ? words.ready : text}
    </p>
  );
}
