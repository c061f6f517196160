/** What SPF and DKIM are for, a picture each. SPF: the server at the door is looked up in a list. DKIM: a seal is held against its key. */

import type { ReactNode } from "react";
import type { Translator } from "../../lib/messages/translate.ts";

interface RoleProps {
  /** Of the drawing: its title and description are found by it. */
  id: string;
  t: Translator;
  className?: string;
}

export function SpfRole({ id, t, className }: RoleProps) {
  return (
    <Role id={id} role="spf" t={t} className={className}>
      {/* The server that sends, and its letter on the way. */}
      <rect className="fill-sunken stroke-soft" x="14" y="26" width="52" height="23" rx="4" />
      <rect className="fill-sunken stroke-soft" x="14" y="51" width="52" height="23" rx="4" />
      <path className="stroke-soft" d="M36 37.500h22M36 62.500h22" />
      <circle className="fill-accent stroke-accent" cx="25" cy="37.500" r="1.500" />
      <circle className="fill-accent stroke-accent" cx="25" cy="62.500" r="1.500" />
      <Letter x={82} y={39} />
      <Arrow from={112} to={124} />
      {/* The list, with its line. */}
      <rect className="fill-surface stroke-soft" x="136" y="12" width="64" height="76" rx="5" />
      <path className="stroke-line" strokeWidth="3" d="M156 25h34M156 75h30" />
      <circle className="fill-line" cx="147" cy="25" r="2.500" />
      <circle className="fill-line" cx="147" cy="75" r="2.500" />
      <rect className="fill-accent-soft stroke-accent" x="130" y="39" width="76" height="22" rx="5" />
      <path className="stroke-accent" d="m139 50 4 4 7-8M158 50h38" />
      <Arrow from={212} to={230} />
      <LetIn />
    </Role>
  );
}

export function DkimRole({ id, t, className }: RoleProps) {
  return (
    <Role id={id} role="dkim" t={t} className={className}>
      {/* A letter with a seal. */}
      <path className="fill-surface stroke-soft" d="M16 18h48a4 4 0 0 1 4 4v56a4 4 0 0 1-4 4H16a4 4 0 0 1-4-4V22a4 4 0 0 1 4-4Z" />
      <path className="stroke-line" strokeWidth="3" d="M23 32h34M23 43h34M23 54h18" />
      <Seal cx={57} cy={69} />
      <Arrow from={82} to={128} />
      {/* The key, in DNS. */}
      <rect className="fill-surface stroke-soft" x="136" y="18" width="64" height="64" rx="5" />
      <path className="stroke-line" d="M136 33h64" />
      <circle className="fill-line" cx="144" cy="25.500" r="2" />
      <circle className="fill-line" cx="151" cy="25.500" r="2" />
      <circle className="fill-accent-soft stroke-accent" cx="154" cy="58" r="9" />
      <path className="stroke-accent" strokeWidth="2.500" d="M163 58h28M183 58v8M190.500 58v6" />
      <circle className="fill-accent stroke-accent" cx="152" cy="58" r="1.500" />
      <Arrow from={212} to={230} />
      <LetIn />
    </Role>
  );
}

function Role({ id, role, t, className = "", children }: RoleProps & { role: "spf" | "dkim"; className?: string | undefined; children: ReactNode }) {
  return (
    <svg role="img" aria-labelledby={`${id}-title`} aria-describedby={`${id}-desc`} viewBox="0 0 304 112" fill="none" strokeWidth={2} strokeLinecap="round" strokeLinejoin="round" className={`block h-auto w-full max-w-90 ${className}`}>
      <title id={`${id}-title`}>{t(`terms.picture.${role}.title`)}</title>
      <desc id={`${id}-desc`}>{t(`terms.picture.${role}.desc`)}</desc>
      {children}
      <g aria-hidden className="fill-soft stroke-none text-[12px]" textAnchor="middle">
        <text x="40" y="106">
          {t(`terms.picture.${role}.left`)}
        </text>
        <text x="168" y="106">
          {t(`terms.picture.${role}.middle`)}
        </text>
        <text x="264" y="106">
          {t(`terms.picture.${role}.right`)}
        </text>
      </g>
    </svg>
  );
}

function Arrow({ from, to }: { from: number; to: number }) {
  return <path className="stroke-soft" d={`M${from} 50H${to}M${to - 5} 45l5 5-5 5`} />;
}

function Letter({ x, y }: { x: number; y: number }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect className="fill-surface stroke-accent" width="26" height="21" rx="3" />
      <path className="stroke-accent" d="m2 4 9.500 7a2.500 2.500 0 0 0 3 0L24 4" />
    </g>
  );
}

function Seal({ cx, cy }: { cx: number; cy: number }) {
  return (
    <g>
      <path className="fill-accent stroke-accent" d={`M${cx - 6} ${cy + 6}l-2 13 8-4 8 4-2-13Z`} />
      <circle className="fill-accent-soft stroke-accent" cx={cx} cy={cy} r="11" />
      <path className="stroke-accent" d={`m${cx - 4.5} ${cy} 3 3.500 6-7`} />
    </g>
  );
}

/** The end of both: taken in. */
function LetIn() {
  return (
    <g>
      <circle className="fill-accepted-soft stroke-accepted" cx="264" cy="50" r="22" />
      <path className="stroke-accepted" strokeWidth="3" d="m254.500 50.500 6.500 7 12.500-14" />
    </g>
  );
}
