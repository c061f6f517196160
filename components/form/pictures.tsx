/** The three small pictures of how it works: a torn reply, a question that branches, a record with a line added. Ornament: the words beside them say it all. */

const PICTURE = { viewBox: "0 0 120 72", fill: "none", strokeWidth: 2, strokeLinecap: "round", strokeLinejoin: "round", "aria-hidden": true, className: "h-18 w-30" } as const;

export function ReadPicture() {
  return (
    <svg {...PICTURE}>
      <path className="fill-surface stroke-line" d="M20 6h64a6 6 0 0 1 6 6v50l-9-5-9 5-9-5-9 5-9-5-9 5-9-5-9 5V12a6 6 0 0 1 6-6Z" transform="translate(4 0)" />
      <path className="stroke-line" d="M34 32h44M34 42h32" />
      <path className="stroke-accent" strokeWidth="4" d="M34 20h14" />
      <path className="stroke-line" strokeWidth="4" d="M56 20h26" />
      <circle className="fill-accent-soft stroke-accent" cx="94" cy="48" r="12" />
      <path className="stroke-accent" strokeWidth="3" d="m103 57 9 9" />
    </svg>
  );
}

export function AskPicture() {
  return (
    <svg {...PICTURE}>
      <path className="stroke-line" d="M34 36h14c8 0 8-22 18-22h8M34 36h40M34 36h14c8 0 8 22 18 22h8" />
      <circle className="fill-accent-soft stroke-accent" cx="22" cy="36" r="12" />
      <path className="stroke-accent" d="M18.5 33.5a3.5 3.5 0 1 1 5 3.200c-1 .5-1.5 1-1.5 2M22 42v.1" />
      <rect className="fill-surface stroke-line" x="74" y="5" width="36" height="18" rx="5" />
      <rect className="fill-surface stroke-line" x="74" y="27" width="36" height="18" rx="5" />
      <rect className="fill-surface stroke-line" x="74" y="49" width="36" height="18" rx="5" />
      <path className="stroke-accent" d="m82 14 3 3 6-6M82 36l3 3 6-6" />
      <path className="stroke-soft" d="M83 58h7" />
      <path className="stroke-line" d="M96 14h7M96 36h7M96 58h7" />
    </svg>
  );
}

export function WritePicture() {
  return (
    <svg {...PICTURE}>
      <rect className="fill-surface stroke-line" x="10" y="8" width="100" height="56" rx="6" />
      <path className="stroke-line" d="M32 22h64" />
      <path className="fill-refused-soft" d="M11 30h98v12H11Z" />
      <path className="stroke-refused" d="M17 36h6M32 36h40" />
      <path className="fill-accepted-soft" d="M11 42h98v12H11Z" />
      <path className="stroke-accepted" d="M17 48h6M20 45v6M32 48h56" />
    </svg>
  );
}
