/** The number that ties a place in the paste to what was read there. */

export function NumberBadge({ number }: { number: number }) {
  return <span className="ml-0.5 inline-block min-w-[1.5em] rounded-[0.4em] border border-accent bg-surface px-[0.3em] text-center font-sans text-[0.6875rem] leading-[1.35] font-semibold text-accent tabular-nums no-underline select-none">{number}</span>;
}
