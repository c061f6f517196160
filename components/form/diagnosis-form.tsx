"use client";

/**
 * The form. Without scripts a plain form that is posted to `/submit`; with them it asks the API, shows the steps in the field's
 * place, and goes to the report. Whatever goes wrong, what was typed stays.
 */

import { type KeyboardEvent, type SubmitEvent, useEffect, useRef, useState } from "react";
import type { Prefix } from "../site/site.ts";
import { Button } from "../ui/button.tsx";
import { type Answer, askForReport, type FormError } from "./ask.ts";
import { Field } from "./field.tsx";
import { filled } from "./filled.ts";
import { readFile } from "./file.ts";
import { FileField } from "./file-field.tsx";
import { KeepAddresses } from "./keep-addresses.tsx";
import { Problem, PROBLEM_ID } from "./problem.tsx";
import { type Heard, Progress } from "./progress.tsx";
import { selectorList } from "./selector-list.ts";
import { useFileDrop } from "./use-file-drop.ts";
import type { FormWords } from "./words.ts";

export interface FormValues {
  readonly input: string;
  readonly sendingIp: string;
  readonly selectors: string;
  readonly domain: string;
  readonly keepAddresses: boolean;
}

interface DiagnosisFormProps {
  words: FormWords;
  locale: string;
  /** "", "/en" or "/ja": kept on the way to the report. */
  prefix: Prefix;
  values: FormValues;
  error: FormError | null;
  placeholder: string;
  examples: readonly { readonly id: string; readonly label: string; readonly href: string; readonly input: string; readonly sendingIp: string }[];
}

const NOTHING_YET: Heard = { counts: { reading: { done: 0, of: 1 } }, about: null, facts: {}, judged: {}, outcome: null, ready: false };
/** Shown in fields that are empty: what is typed there looks the same in every language. */
const SAMPLES = { domain: "shop.example", ip: "203.0.113.7", selectors: "s1, google" } as const;

export function DiagnosisForm({ words, locale, prefix, values, error: sentBack, placeholder, examples }: DiagnosisFormProps) {
  const [work, setWork] = useState<Heard | null>(null);
  const [error, setError] = useState(sentBack);
  /** Typed in "More", and taken along when the domain is asked for beside the error. */
  const [domain, setDomain] = useState(values.domain);
  const form = useRef<HTMLFormElement>(null);
  const progressHeading = useRef<HTMLHeadingElement>(null);
  const running = useRef<AbortController | null>(null);
  /** What came of the file that was chosen last. */
  const [fileSaid, setFileSaid] = useState("");
  const isWorking = work !== null;

  useEffect(() => {
    if (isWorking) progressHeading.current?.focus();
  }, [isWorking]);

  // The field that the error is about can be focused once it is shown again.
  useEffect(() => {
    if (error !== null && !isWorking) fieldOf(form.current, error.ask ?? "input")?.focus();
  }, [error, isWorking]);

  // "Back" from the report may bring this page as it was left: at work.
  useEffect(() => {
    const shown = (event: PageTransitionEvent) => {
      if (event.persisted) setWork(null);
    };
    window.addEventListener("pageshow", shown);
    return () => window.removeEventListener("pageshow", shown);
  }, []);

  async function submit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (running.current !== null) return;
    const typed = typedIn(event.currentTarget);
    const stop = new AbortController();
    running.current = stop;
    setDomain(typed.domain);
    setError(null);
    setWork(NOTHING_YET);
    const change = (next: (heard: Heard) => Heard) => setWork((now) => (now === null || stop.signal.aborted ? now : next(now)));
    const answer = await askForReport(
      requestOf(typed),
      locale,
      {
        onStep: (step, count) => change((now) => ({ ...now, counts: { ...now.counts, [step]: count } })),
        onSubject: (about, ip) => change((now) => ({ ...now, about: { domain: about, ip } })),
        onArea: (area, facts) => change((now) => ({ ...now, facts: { ...now.facts, [area]: facts } })),
        onScore: (area, judged) => change((now) => ({ ...now, judged: { ...now.judged, [area]: judged } })),
        onVerdict: (outcome) => change((now) => ({ ...now, outcome })),
      },
      stop.signal,
    );
    running.current = null;
    if (stop.signal.aborted) return;
    if (answer.kind === "report") {
      change((now) => ({ ...now, ready: true }));
      window.location.assign(`${prefix}/r/${answer.id}`);
      return;
    }
    setWork(null);
    setError(problemOf(answer, words));
  }

  function stop(): void {
    running.current?.abort();
    running.current = null;
    setWork(null);
    setTimeout(() => fieldOf(form.current, "input")?.focus());
  }

  async function take(file: File): Promise<void> {
    if (running.current !== null) return;
    const { name } = file;
    setError(null);
    setFileSaid(filled(words.file.reading, { name }));
    const read = await readFile(file);
    if (read.kind === "text") {
      fillIn(form.current, { input: read.text, sendingIp: "" });
      setFileSaid(filled(read.cut ? words.file.cut : words.file.read, { name }));
      return;
    }
    const { message, hint } = read.kind === "too-large" ? words.file.tooLarge : words.file.failed;
    setFileSaid("");
    setError({ message: filled(message, { name }), hint, ask: "input", replies: [] });
  }
  const isOver = useFileDrop((file) => void take(file));

  const errorFor = (field: NonNullable<FormError["ask"]>) => (error?.ask === field ? PROBLEM_ID : null);
  const domainField = (
    <Field
      key={`domain-${domain}`}
      id="domain"
      name="domain"
      label={words.domain.label}
      hint={words.domain.hint}
      initial={domain}
      placeholder={SAMPLES.domain}
      errorId={errorFor("domain")}
      autoFocus={sentBack?.ask === "domain"}
    />
  );
  return (
    <>
      {work === null ? null : <Progress words={words.progress} {...work} headingRef={progressHeading} onStop={stop} />}
      <form ref={form} method="post" action="/submit" encType="multipart/form-data" onSubmit={(event) => void submit(event)} hidden={isWorking}>
        {prefix === "" ? null : <input type="hidden" name="locale" value={locale} />}
        {error !== null && error.ask !== "ip" && error.ask !== "selectors" ? <Problem error={error} prefix={prefix} newTab={words.newTab} className="mb-3" /> : null}
        {error?.ask === "domain" ? <div className="mb-4 rounded-lg border border-accent bg-surface p-4">{domainField}</div> : null}
        <label htmlFor="input" className="block font-medium">
          {words.label}
        </label>
        <textarea
          id="input"
          name="input"
          rows={8}
          defaultValue={values.input}
          placeholder={placeholder}
          autoFocus={sentBack?.ask === "input"}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-describedby={errorFor("input") ?? undefined}
          aria-invalid={errorFor("input") === null ? undefined : true}
          onKeyDown={submitByKeys}
          className={`mt-2 block w-full resize-y rounded-card border ${isOver ? "border-accent outline-2 outline-accent" : "border-control"} bg-surface p-4 font-mono text-base leading-6 placeholder:text-soft aria-invalid:border-refused sm:text-[0.875rem]`}
        />
        <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-3">
          <Button type="submit" variant="primary" className="w-full px-6 sm:w-auto">
            {words.submit}
          </Button>
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
            <span id="examples" className="w-full text-soft sm:w-auto">
              {words.example}
            </span>
            <ul aria-labelledby="examples" className="flex flex-wrap gap-2">
              {examples.map(({ id, label, href, ...example }) => (
                <li key={id}>
                  <a
                    href={href}
                    onClick={(event) => {
                      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                      event.preventDefault();
                      fillIn(form.current, example);
                      setError(null);
                    }}
                    className="inline-flex min-h-11 items-center rounded-full border border-line bg-surface px-3.5 text-ink no-underline transition-colors duration-100 hover:border-accent hover:text-accent"
                  >
                    {label}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        </div>
        <FileField words={words.file} said={isOver ? words.file.drop : fileSaid} onFile={(file) => void take(file)} />
        <details className="group/more mt-2" open={sentBack?.ask === "ip" || sentBack?.ask === "selectors" || values.sendingIp !== "" || values.selectors !== "" || values.domain !== "" || values.keepAddresses || undefined}>
          <summary className="inline-flex min-h-11 list-none items-center gap-1.5 rounded-lg text-sm font-medium text-soft hover:text-accent [&::-webkit-details-marker]:hidden">
            <span aria-hidden className="inline-block transition-transform duration-100 group-open/more:rotate-90">
              {"›"}
            </span>
            {words.more}
          </summary>
          <div className="mt-2 grid gap-5 rounded-card border border-line bg-surface p-5 sm:grid-cols-2">
            {error?.ask === "ip" || error?.ask === "selectors" ? <Problem error={error} prefix={prefix} newTab={words.newTab} className="sm:col-span-2" /> : null}
            <Field id="sendingIp" name="sendingIp" label={words.ip.label} hint={words.ip.hint} initial={values.sendingIp} placeholder={SAMPLES.ip} errorId={errorFor("ip")} autoFocus={sentBack?.ask === "ip"} />
            <Field id="selectors" name="selectors" label={words.selectors.label} hint={words.selectors.hint} initial={values.selectors} placeholder={SAMPLES.selectors} errorId={errorFor("selectors")} autoFocus={sentBack?.ask === "selectors"} />
            {error?.ask === "domain" ? null : domainField}
            <KeepAddresses words={words.keep} initial={values.keepAddresses} />
          </div>
        </details>
      </form>
    </>
  );
}

function typedIn(form: HTMLFormElement): FormValues {
  const fields = new FormData(form);
  const text = (name: string) => {
    const value = fields.get(name);
    return typeof value === "string" ? value : "";
  };
  return { input: text("input"), sendingIp: text("sendingIp").trim(), selectors: text("selectors"), domain: text("domain").trim(), keepAddresses: fields.has("keepAddresses") };
}

/** What was left empty is left out. */
function requestOf({ input, sendingIp, selectors, domain, keepAddresses }: FormValues) {
  const named = selectorList(selectors);
  return { input, ...(sendingIp === "" ? {} : { sendingIp }), ...(named === undefined ? {} : { selectors: named }), ...(domain === "" ? {} : { domain }), ...(keepAddresses ? { keepAddresses } : {}) };
}

function problemOf(answer: Exclude<Answer, { kind: "report" }>, { failed }: FormWords): FormError {
  if (answer.kind === "error") return answer.error;
  return answer.reason === "too-large" ? { ...failed.tooLarge, ask: "input", replies: [] } : { ...failed[answer.reason], ask: null, replies: [] };
}

const FIELD_OF = { input: "input", domain: "domain", ip: "sendingIp", selectors: "selectors" } as const;

/** Opens "More" where the field is folded away in it. */
function fieldOf(form: HTMLFormElement | null, ask: keyof typeof FIELD_OF): HTMLElement | null {
  const field = form?.elements.namedItem(FIELD_OF[ask]);
  if (!(field instanceof HTMLElement)) return null;
  const more = field.closest("details");
  if (more !== null) more.open = true;
  return field;
}

function fillIn(form: HTMLFormElement | null, example: Pick<FormValues, "input" | "sendingIp">): void {
  for (const [name, text] of Object.entries({ selectors: "", domain: "", ...example })) {
    const field = form?.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = text;
  }
  if (example.sendingIp !== "") fieldOf(form, "ip");
  const input = fieldOf(form, "input");
  if (!(input instanceof HTMLTextAreaElement)) return;
  input.focus();
  // From its beginning: that is what people read.
  input.setSelectionRange(0, 0);
  input.scrollTop = 0;
}

function submitByKeys(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}
