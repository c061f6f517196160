/** A point in time, in UTC and saying so: a report is read in other zones than the one it was made in. */

import type { Locale, Translator } from "../../lib/messages/translate.ts";

export function Moment({ iso, t }: { iso: string; t: Translator }) {
  const shown = new Intl.DateTimeFormat(t.locale, { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC", timeZoneName: "short" }).format(new Date(iso));
  return (
    <time dateTime={iso} className="whitespace-nowrap">
      {shown}
    </time>
  );
}

export function dateOf(iso: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(iso));
}
