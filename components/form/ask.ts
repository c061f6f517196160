/** From the browser to `POST /api/diagnoses`, and its answer as it comes in, event by event. Shapes are looked at lightly: a schema would weigh more than the form. */

import type { AREA_STATES, DiagnosisRequest, LiveArea, Report, Step } from "../../lib/diagnosis/report.ts";

export const FORM_AREAS = ["spf", "dkim", "dmarc", "transport"] as const satisfies readonly LiveArea[];
const FORM_STEPS = ["reading", ...FORM_AREAS, "judging"] as const satisfies readonly Step[];
const STATES = ["critical", "warning", "pass", "unknown"] as const satisfies typeof AREA_STATES;
const OUTCOMES = ["refused", "at-risk", "accepted", "unknown"] as const satisfies readonly Report["verdict"]["outcome"][];

export interface Count {
  readonly done: number;
  readonly of: number;
}

export interface FormError {
  readonly message: string;
  readonly hint: string;
  /** The field that has to change; null when none is at fault. */
  readonly ask: "input" | "domain" | "ip" | "selectors" | null;
  /** Gmail's replies that the text can be about, by the last part of their page's address. */
  readonly replies: readonly { readonly rule: string; readonly title: string }[];
}

export type Answer =
  | { readonly kind: "report"; readonly id: string }
  | { readonly kind: "error"; readonly error: FormError }
  /** `network`: no answer, or half of one. `server`: an answer that is not ours. */
  | { readonly kind: "failed"; readonly reason: "network" | "server" | "too-large" };

/** What DNS said of an area, by message code. */
export interface Fact {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** As the report will say it. `score`: null where there is none. */
export interface Judged {
  readonly score: number | null;
  readonly state: (typeof STATES)[number];
}

export interface Listener {
  readonly onStep: (step: Step, count: Count) => void;
  readonly onSubject: (domain: string, ip: string | null) => void;
  readonly onArea: (area: LiveArea, facts: readonly Fact[]) => void;
  readonly onScore: (area: LiveArea, judged: Judged) => void;
  readonly onVerdict: (outcome: (typeof OUTCOMES)[number]) => void;
}

/** As the API counts: octets of the whole request. */
const MOST_OCTETS = 256 * 1024;

export async function askForReport(request: DiagnosisRequest, locale: string, listener: Listener, signal: AbortSignal): Promise<Answer> {
  const body = JSON.stringify(request);
  if (new TextEncoder().encode(body).length > MOST_OCTETS) return { kind: "failed", reason: "too-large" };
  try {
    const response = await fetch("/api/diagnoses", { method: "POST", body, signal, headers: { "Content-Type": "application/json", Accept: "application/x-ndjson", "Accept-Language": locale } });
    if (response.ok && response.body !== null) return await lastEvent(response.body, listener);
    const refusal = errorOf(await response.json().catch(() => null));
    return refusal ?? { kind: "failed", reason: "server" };
  } catch {
    return { kind: "failed", reason: "network" };
  }
}

async function lastEvent(body: ReadableStream<Uint8Array<ArrayBuffer>>, listener: Listener): Promise<Answer> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part = await reader.read(); part.value !== undefined; part = await reader.read()) {
    const lines = (rest + part.value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const answer = heard(line, listener);
      if (answer !== null) return answer;
    }
  }
  return heard(rest, listener) ?? { kind: "failed", reason: "network" };
}

/** Null for an event after which more will come. */
function heard(line: string, listener: Listener): Answer | null {
  const event = parsed(line);
  switch (textAt(event, "event")) {
    case "subject": {
      const subject = at(event, "subject");
      const domain = textAt(subject, "domain");
      if (domain !== null) listener.onSubject(domain, textAt(subject, "sendingIp"));
      return null;
    }
    case "progress": {
      const step = FORM_STEPS.find((name) => name === textAt(event, "step"));
      const done = at(event, "done");
      const of = at(event, "of");
      if (step !== undefined && typeof done === "number" && typeof of === "number") listener.onStep(step, { done, of });
      return null;
    }
    case "area":
    case "score": {
      const area = FORM_AREAS.find((name) => name === textAt(event, "area"));
      if (area !== undefined) hearArea(area, event, listener);
      return null;
    }
    case "verdict": {
      const outcome = OUTCOMES.find((name) => name === textAt(at(event, "verdict"), "outcome"));
      if (outcome !== undefined) listener.onVerdict(outcome);
      return null;
    }
    case "report":
      return reportOf(event) ?? { kind: "failed", reason: "server" };
    case "error":
      // What could not be saved can be shown all the same: its page says so.
      return reportOf(event) ?? errorOf(event) ?? { kind: "failed", reason: "server" };
    default:
      return null;
  }
}

function hearArea(area: LiveArea, event: unknown, listener: Listener): void {
  const facts = at(event, "facts");
  const state = STATES.find((name) => name === textAt(event, "state"));
  const score = at(event, "score");
  if (Array.isArray(facts)) listener.onArea(area, facts.flatMap(factOf));
  else if (state !== undefined) listener.onScore(area, { score: typeof score === "number" ? score : null, state });
}

function factOf(told: unknown): Fact[] {
  const code = textAt(told, "code");
  const params = at(told, "params");
  if (code === null || typeof params !== "object" || params === null) return [];
  return [{ code, params: Object.fromEntries(Object.entries(params).filter((entry): entry is [string, string | number] => typeof entry[1] === "string" || typeof entry[1] === "number")) }];
}

function reportOf(event: unknown): Answer | null {
  const id = textAt(at(event, "report"), "id");
  return id !== null && /^[\w-]+$/.test(id) ? { kind: "report", id } : null;
}

function errorOf(body: unknown): Answer | null {
  const error = at(body, "error");
  const message = textAt(error, "message");
  if (message === null) return null;
  const ask = textAt(error, "ask");
  return { kind: "error", error: { message, hint: textAt(error, "hint") ?? "", ask: ask === "input" || ask === "domain" || ask === "ip" || ask === "selectors" ? ask : null, replies: repliesOf(at(error, "replies")) } };
}

function repliesOf(listed: unknown): FormError["replies"] {
  return (Array.isArray(listed) ? listed : []).flatMap((one: unknown) => {
    const rule = textAt(one, "rule");
    const title = textAt(one, "title");
    return rule !== null && title !== null && /^[a-z\d-]+$/.test(rule) ? [{ rule, title }] : [];
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function at(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function textAt(value: unknown, name: string): string | null {
  const found = at(value, name);
  return typeof found === "string" ? found : null;
}
