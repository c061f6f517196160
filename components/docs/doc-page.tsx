/** The frame of an explanation: where it stands among the others, its title, and the way to a check. */

import { ChevronRight } from "../ui/icons.tsx";
import type { ReactNode } from "react";
import { pageHref, type Site } from "../site/site.ts";
import { LinkButton } from "../ui/button.tsx";

interface DocPageProps {
  site: Site;
  title: ReactNode;
  /** What the page is one of. */
  kind: string;
  children: ReactNode;
}

export function DocPage({ site, title, kind, children }: DocPageProps) {
  const { t } = site;
  return (
    <div className="mx-auto max-w-3xl">
      <nav aria-label={t("docs.trail")} className="mt-6 text-sm text-soft">
        <ol className="flex flex-wrap items-center gap-1">
          <li>
            <a href={pageHref(site, "/docs")} className="inline-flex min-h-11 items-center underline decoration-line underline-offset-4 hover:text-accent hover:decoration-accent">
              {t("site.docs")}
            </a>
          </li>
          <li className="flex items-center gap-1">
            <ChevronRight aria-hidden className="size-4" />
            {kind}
          </li>
        </ol>
      </nav>
      <article>
        <h1 className="mt-3 text-2xl font-semibold tracking-tight text-balance sm:text-3xl">{title}</h1>
        {children}
      </article>
      <div className="mt-12 border-t border-line pt-6">
        <LinkButton variant="primary" href={pageHref(site, "/")}>
          {t("docs.reply.check")}
        </LinkButton>
      </div>
    </div>
  );
}

export function DocSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-8">
      <h2 className="text-lg font-semibold">{title}</h2>
      <div className="mt-2">{children}</div>
    </section>
  );
}
