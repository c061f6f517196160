"use client";

/** One server of a watch: who it is, what it said, and how long it will go on saying so. An icon and words; colour repeats them. */

import { CircleCheck, CircleDashed, CircleMinus, History, type IconComponent, TriangleAlert } from "../../ui/icons.tsx";
import type { WatchState } from "../../../lib/watch/state.ts";
import { filled } from "../../form/filled.ts";
import type { WatchWords } from "./words.ts";

type Server = WatchState["servers"][number];
type State = keyof WatchWords["state"];

interface ServerLineProps {
  server: Server;
  /** Named where there are several. */
  records: WatchState["records"];
  now: number;
  words: WatchWords;
}

const LOOKS: Readonly<Record<State, { readonly Icon: IconComponent; readonly ink: string }>> = {
  seen: { Icon: CircleCheck, ink: "text-accepted" },
  works: { Icon: CircleCheck, ink: "text-accepted" },
  other: { Icon: TriangleAlert, ink: "text-risk" },
  several: { Icon: TriangleAlert, ink: "text-risk" },
  old: { Icon: History, ink: "text-unknown" },
  absent: { Icon: CircleDashed, ink: "text-unknown" },
  silent: { Icon: CircleMinus, ink: "text-unknown" },
  unasked: { Icon: CircleMinus, ink: "text-unknown" },
  waiting: { Icon: CircleDashed, ink: "text-unknown" },
};

export function ServerLine({ server, records, now, words }: ServerLineProps) {
  const { name, address, kind } = server;
  const lines = address === null ? [{ record: -1, state: "unasked" as const, until: null }] : server.records.map(({ state, ...more }) => ({ ...more, state: state ?? ("waiting" as const) }));
  return (
    <li className="grid gap-x-6 gap-y-1 px-4 py-2.5 text-[0.9375rem] sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <div className="min-w-0 wrap-anywhere">
        <p className="font-medium">{name ?? address}</p>
        <p className="text-sm text-soft">
          {words.kind[kind]}
          {name === null || address === null ? null : <span className="whitespace-nowrap"> · {address}</span>}
        </p>
      </div>
      <ul className="grid min-w-0 content-center gap-1">
        {lines.map(({ record, state, until }) => (
          <li key={record} className="flex min-w-0 items-start gap-2">
            <StateIcon state={state} />
            <span className="min-w-0 wrap-anywhere">
              {records[record] === undefined ? null : <bdi className="block font-mono text-[0.85em] text-soft">{`${records[record].type} ${records[record].name}`}</bdi>}
              <span className={LOOKS[state].ink}>{words.state[state]}</span>
              {/* On a line of its own rather than broken. */}
              <span className="inline-block text-sm text-soft">{remembered(state, until, now, words)}</span>
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}

function StateIcon({ state }: { state: State }) {
  const { Icon, ink } = LOOKS[state];
  return <Icon aria-hidden className={`mt-1 ${ink}`} />;
}

export function hasChange({ records }: Server): boolean {
  return records.length > 0 && records.every(({ state }) => state === "seen" || state === "works");
}

const MINUTE_MS = 60_000;
/** From here on hours are said. */
const MINUTES = 90;

function remembered(state: State, until: string | null, now: number, words: WatchWords): string {
  if (until === null || (state !== "old" && state !== "absent")) return "";
  const left = (Date.parse(until) - now) / MINUTE_MS;
  if (left <= 0) return "";
  const said = words.left[state];
  const text = left < 1 ? said.seconds : left < MINUTES ? filled(said.minutes, { count: Math.round(left) }) : filled(said.hours, { count: Math.round(left / 60) });
  return `\u00a0· ${text}`;
}
