/** A score as a length. What it says is written beside it. */

type State = "critical" | "warning" | "pass" | "unknown";

const FILLS: Readonly<Record<State, string>> = { critical: "fill-refused", warning: "fill-risk", pass: "fill-accepted", unknown: "fill-unknown" };

export function ScoreBar({ score, state }: { score: number | null; state: State }) {
  return (
    <svg aria-hidden viewBox="0 0 200 6" preserveAspectRatio="none" className="mt-2 block h-1.5 w-full overflow-hidden rounded-full">
      <rect width="200" height="6" className="fill-line" />
      {/* Zero too is a length that can be seen. */}
      {score === null ? null : <rect width={Math.max(score * 2, 3)} height="6" className={FILLS[state]} />}
    </svg>
  );
}
