/** The top of every page: where you are, where else to go, and the same page in the other language. */

import { translator } from "../../lib/messages/translate.ts";
import { Mark } from "./mark.tsx";
import { otherLocale, pageHref, type Site } from "./site.ts";

const LINK = "inline-flex min-h-11 items-center rounded-lg px-3 text-[0.9375rem] text-soft no-underline transition-colors duration-100 hover:text-accent";

export function Header({ site }: { site: Site }) {
  const { t } = site;
  const other = otherLocale(site.locale);
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex w-full max-w-6xl items-center gap-2 px-4 py-1.5 sm:px-6">
        <a href={pageHref(site, "/")} className="-ml-2 inline-flex min-h-11 items-center gap-2.5 rounded-lg px-2 text-lg font-semibold tracking-tight text-ink no-underline">
          <Mark className="size-7 text-accent" />
          {t("site.name")}
        </a>
        <nav aria-label={t("site.menu")} className="ml-auto flex items-center">
          <a href={pageHref(site, "/docs")} className={LINK}>
            {t("site.docs")}
          </a>
          <a href={pageHref({ prefix: `/${other}` }, site.path)} hrefLang={other} lang={other} className={LINK}>
            {translator(other)("site.thisLanguage")}
          </a>
        </nav>
      </div>
    </header>
  );
}
