/** Every finding that has a page among the findings, by area. What only repeats a reply is among the replies. */

import { BOUNCE_RULES } from "../../lib/bounce/reading.ts";
import { AREAS, FINDING_CODES, FINDING_KINDS } from "../../lib/diagnosis/finding-codes.ts";
import { pageHref, type Site } from "../site/site.ts";
import { Disclosure } from "../ui/disclosure.tsx";
import { findingPath, findingTitle } from "./finding-words.ts";

const REPLIES: ReadonlySet<string> = new Set(BOUNCE_RULES.map((rule) => `bounce.${rule}`));

export function FindingIndex({ site }: { site: Site }) {
  const { t } = site;
  return (
    <section aria-labelledby="findings">
      <h2 id="findings" className="mt-12 text-xl font-semibold tracking-tight">
        {t("docs.finding.label")}
      </h2>
      <p className="mt-2 text-soft">{t("docs.finding.sample")}</p>
      <div className="mt-4 divide-y divide-line rounded-card border border-line bg-surface">
        {AREAS.map((area) => (
          <Disclosure key={area} variant="row" summary={t(`word.area.${area}`)}>
            <ul className="-my-1">
              {FINDING_CODES.filter((code) => FINDING_KINDS[code].area === area && !REPLIES.has(code)).map((code) => (
                <li key={code}>
                  <a href={pageHref(site, findingPath(code))} className="flex min-h-11 items-center py-1 text-ink underline decoration-line underline-offset-4 hover:text-accent hover:decoration-accent">
                    {findingTitle(t, code)}
                  </a>
                </li>
              ))}
            </ul>
          </Disclosure>
        ))}
      </div>
    </section>
  );
}
