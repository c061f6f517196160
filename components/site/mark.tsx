/** Our mark: an envelope whose outline is an arrow that turns back. `app/icon.svg` is the same drawing on a ground. */

export function Mark({ className = "" }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" fill="none" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden className={className}>
      <path d="M4 17V9.5A3.5 3.5 0 0 1 7.5 6h17A3.5 3.5 0 0 1 28 9.5v12a3.5 3.5 0 0 1-3.5 3.5H6" />
      <path d="m5.5 8.5 8.7 6.5a3 3 0 0 0 3.600 0l8.7-6.5" />
      <path d="m10 20.5-4.5 4.5 4.5 4.5" />
    </svg>
  );
}
