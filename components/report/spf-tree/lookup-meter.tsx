/** The ten look-ups that a record may cost, as ten places; what is past them stands beyond a wall. The words beside it say the same. */

import { CircleX } from "../../ui/icons.tsx";
import type { Translator } from "../../../lib/messages/translate.ts";
import { LOOKUP_LIMIT } from "../../../lib/spf/index.ts";

/** More than these past the limit are told by the words alone. */
const MOST_DRAWN_PAST = 5;

export function LookupMeter({ count, voids, t }: { count: number; voids: number; t: Translator }) {
  const past = Math.max(0, count - LOOKUP_LIMIT);
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <span aria-hidden className="inline-flex items-center gap-0.5 print:hidden">
        {Array.from({ length: LOOKUP_LIMIT }, (_, place) => (
          <span key={place} className={`h-4 w-3 rounded-[3px] border ${place >= count ? "border-control" : past > 0 ? "border-risk bg-risk" : "border-accent bg-accent"}`} />
        ))}
        {past === 0 ? null : <span className="mx-1 h-6 w-0.5 rounded bg-refused" />}
        {Array.from({ length: Math.min(past, MOST_DRAWN_PAST) }, (_, place) => (
          <span key={place} className="h-4 w-3 rounded-[3px] border border-refused bg-refused" />
        ))}
        {past > MOST_DRAWN_PAST ? <span className="pl-0.5 text-sm font-semibold text-refused">{`+${past - MOST_DRAWN_PAST}`}</span> : null}
      </span>
      <span className={`inline-flex items-center gap-1 ${past > 0 ? "font-semibold text-refused" : ""}`}>
        {past > 0 ? <CircleX aria-hidden /> : null}
        {t("report.tree.total", { count })}
      </span>
      {voids === 0 ? null : <span className="text-soft">{t("report.tree.voids", { count: voids })}</span>}
    </p>
  );
}
