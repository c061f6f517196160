/** The foot of every page. */

import { pageHref, type Site } from "./site.ts";

const LINK = "inline-flex min-h-11 items-center text-soft underline decoration-line underline-offset-4 hover:text-accent hover:decoration-accent";

export function Footer({ site, build }: { site: Site; /** Version and commit. */ build: string }) {
  const { t } = site;
  return (
    <footer className="mt-20 border-t border-line">
      <div className="mx-auto flex w-full max-w-6xl flex-col gap-x-8 gap-y-2 px-4 py-6 text-sm text-soft sm:flex-row sm:items-center sm:px-6">
        <div>
          <p>{t("site.promise")}</p>
          <p className="text-xs">{t("site.build", { build })}</p>
        </div>
        <ul className="flex flex-wrap gap-x-6 sm:ml-auto">
          <li>
            <a href={pageHref(site, "/docs")} className={LINK}>
              {t("site.docs")}
            </a>
          </li>
          <li>
            <a href={pageHref(site, "/docs/kept")} className={LINK}>
              {t("site.kept")}
            </a>
          </li>
          <li>
            <a href={pageHref(site, "/docs/api")} className={LINK}>
              {t("site.api")}
            </a>
          </li>
        </ul>
      </div>
    </footer>
  );
}
