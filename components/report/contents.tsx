/** The way to everything that an engineer checks, where there is room for it: a line of links, each of which unfolds its part. */

import type { Report } from "../../lib/diagnosis/report.ts";
import type { MessageKey, Translator } from "../../lib/messages/translate.ts";

export function Contents({ report, t }: { report: Report; t: Translator }) {
  const parts: readonly (readonly [id: string, label: MessageKey])[] = [
    ["scores", "report.scores.heading"],
    ["spf-tree-part", "report.tree.heading"],
    ["alignment-part", "report.alignment.heading"],
    ["dkim-keys-part", "report.keys.heading"],
    ["transport-part", "report.transport.heading"],
    ["delegation-part", "report.delegation.heading"],
    ...(report.bounce === null ? [] : ([["bounce-part", "report.bounce.heading"]] as const)),
    ["dns-part", "report.dns.heading"],
  ];
  return (
    <nav aria-labelledby="contents" className="hidden border-y border-line py-1 text-[0.9375rem] lg:flex lg:items-baseline lg:gap-x-5 print:hidden">
      <h2 id="contents" className="shrink-0 text-sm font-semibold text-soft">
        {t("report.contents.label")}
      </h2>
      <ul className="flex min-w-0 flex-wrap gap-x-5">
        {parts.map(([id, label]) => (
          <li key={id}>
            <a href={`#${id}`} className="inline-flex min-h-9 items-center underline decoration-line underline-offset-4 hover:text-accent hover:decoration-accent">
              {t(label)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
