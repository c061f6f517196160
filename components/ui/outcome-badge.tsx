/** The state of something as icon and word: a verdict's outcome, a finding's severity. Colour only repeats what both say. */

import { CircleCheck, CircleDashed, CircleX, type IconComponent, Info, TriangleAlert } from "./icons.tsx";
import type { Severity } from "../../lib/diagnosis/finding-codes.ts";
import type { Report } from "../../lib/diagnosis/report.ts";

export type Outcome = Report["verdict"]["outcome"];
export type State = Outcome | Severity;

interface StateLook {
  readonly Icon: IconComponent;
  /** Colour of icon and words on the page. */
  readonly text: string;
  /** A tinted ground, with words on it. */
  readonly soft: string;
  /** A border in the state's colour. */
  readonly border: string;
}

const REFUSED: StateLook = { Icon: CircleX, text: "text-refused", soft: "bg-refused-soft text-refused", border: "border-refused" };
const RISK: StateLook = { Icon: TriangleAlert, text: "text-risk", soft: "bg-risk-soft text-risk", border: "border-risk" };
const ACCEPTED: StateLook = { Icon: CircleCheck, text: "text-accepted", soft: "bg-accepted-soft text-accepted", border: "border-accepted" };
const UNKNOWN: StateLook = { Icon: CircleDashed, text: "text-unknown", soft: "bg-unknown-soft text-unknown", border: "border-unknown" };
const NOTE: StateLook = { ...UNKNOWN, Icon: Info };

export const STATE_LOOKS: Readonly<Record<State, StateLook>> = {
  refused: REFUSED,
  critical: REFUSED,
  "at-risk": RISK,
  warning: RISK,
  accepted: ACCEPTED,
  pass: ACCEPTED,
  info: NOTE,
  unknown: UNKNOWN,
};

interface OutcomeBadgeProps {
  state: State;
  /** The word, from the catalogues. */
  label: string;
  size?: "small" | "large";
}

export function OutcomeBadge({ state, label, size = "small" }: OutcomeBadgeProps) {
  const { Icon, soft } = STATE_LOOKS[state];
  const shape = size === "large" ? "gap-2 px-3.5 py-1.5 text-base" : "";
  return (
    <span className={`badge ${shape} ${soft}`}>
      <Icon aria-hidden className={size === "large" ? "size-5" : ""} />
      {label}
    </span>
  );
}
