/** What stands in the field's place while the server works: each step with its count, and who it is about. */

import { Check, Circle, Minus } from "lucide-react";
import { type Ref } from "react";
import type { Step } from "../../lib/diagnosis/report.ts";
import { Button } from "../ui/button.tsx";
import { type Count, FORM_STEPS } from "./ask.ts";
import { filled, type FormWords } from "./words.ts";

export type Counts = Readonly<Partial<Record<Step, Count>>>;

interface ProgressProps {
  words: FormWords["progress"];
  counts: Counts;
  about: { readonly domain: string; readonly ip: string | null } | null;
  ready: boolean;
  headingRef: Ref<HTMLHeadingElement>;
  onStop: () => void;
}

type StepState = "waiting" | "working" | "done" | "nothing";

export function Progress({ words, counts, about, ready, headingRef, onStop }: ProgressProps) {
  const aboutText = about === null ? null : about.ip === null ? filled(words.about, { domain: about.domain }) : filled(words.aboutIp, { domain: about.domain, ip: about.ip });
  const current = ready ? words.ready : FORM_STEPS.filter((step) => stateOf(step, counts) === "working").map((step) => words.steps[step])[0];
  return (
    <div className="rounded-card border border-line bg-surface p-5 sm:p-6">
      <div className="flex items-start gap-4">
        <div className="min-w-0 grow">
          <h2 ref={headingRef} tabIndex={-1} className="text-lg font-semibold outline-none">
            {ready ? words.ready : words.title}
          </h2>
          <p className="min-h-6 text-sm wrap-anywhere text-soft">{aboutText}</p>
        </div>
        <Button onClick={onStop} disabled={ready} className="shrink-0">
          {words.stop}
        </Button>
      </div>
      <ol className="mt-3 divide-y divide-line">
        {FORM_STEPS.map((step) => (
          <StepLine key={step} name={words.steps[step]} state={stateOf(step, counts)} count={counts[step]} words={words} />
        ))}
      </ol>
      <p role="status" className="sr-only">
        {current}
      </p>
    </div>
  );
}

function StepLine({ name, state, count, words }: { name: string; state: StepState; count: Count | undefined; words: FormWords["progress"] }) {
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3 py-1.5">
      <StepIcon state={state} />
      <span className={state === "waiting" ? "text-soft" : "font-medium"}>{name}</span>
      <span className="ml-auto text-sm text-soft tabular-nums">{saidOf(state, count, words)}</span>
    </li>
  );
}

function StepIcon({ state }: { state: StepState }) {
  switch (state) {
    case "done":
      return <Check aria-hidden className="size-5 shrink-0 text-accepted" />;
    case "working":
      return <span aria-hidden className="m-0.5 size-4 shrink-0 animate-spin rounded-full border-2 border-line border-t-accent" />;
    case "nothing":
      return <Minus aria-hidden className="size-5 shrink-0 text-soft" />;
    case "waiting":
      return <Circle aria-hidden className="size-5 shrink-0 text-line" />;
  }
}

function saidOf(state: StepState, count: Count | undefined, words: FormWords["progress"]): string {
  // One thing alone is not worth counting.
  if (count !== undefined && count.of > 1) return filled(words.answered, { done: count.done, of: count.of });
  return words[state];
}

/** A step of which nothing was heard when judging began had nothing to ask. */
function stateOf(step: Step, counts: Counts): StepState {
  const count = counts[step];
  if (count === undefined) return counts.judging === undefined ? "waiting" : "nothing";
  return count.done >= count.of ? "done" : "working";
}
