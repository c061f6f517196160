/**
 * What the terms of a page mean, in words that need no other words. Each entry opens beside the term that was pressed: the
 * browser's own popover, so it needs no script, Escape or a press elsewhere closes it, and the focus goes back to the term.
 */

import { X } from "../ui/icons.tsx";
import type { Translator } from "../../lib/messages/translate.ts";
import { pageHref, type Prefix } from "../site/site.ts";
import { DkimRole, SpfRole } from "./role-pictures.tsx";
import { entryId } from "./term-button.tsx";
import { type Term, TERMS } from "./terms.ts";

/** Terms that are records with a page of their own. */
const RECORD_PAGES: ReadonlySet<Term> = new Set<Term>(["spf", "dkim", "dmarc", "ptr"]);

interface GlossaryProps {
  prefix: Prefix;
  t: Translator;
}

export function Glossary({ prefix, t }: GlossaryProps) {
  return TERMS.map((term) => <Entry key={term} term={term} prefix={prefix} t={t} />);
}

function Entry({ term, prefix, t }: GlossaryProps & { term: Term }) {
  const id = entryId(term);
  return (
    // The entry itself takes the focus, so that it is read out at once.
    <div id={id} popover="auto" role="dialog" aria-labelledby={`${id}-name`} tabIndex={-1} autoFocus className="term-entry rounded-card border border-control bg-surface p-4 text-[0.9375rem] leading-relaxed text-ink">
      <div className="flex items-start justify-between gap-3">
        <p id={`${id}-name`} className="pt-1.5 font-semibold">
          {t(`terms.${term}.name`)}
        </p>
        <button type="button" popoverTarget={id} popoverTargetAction="hide" aria-label={t("terms.close")} className="-mt-1 -mr-2 inline-flex size-11 shrink-0 items-center justify-center rounded-lg text-soft hover:text-accent">
          <X aria-hidden className="size-4" />
        </button>
      </div>
      {term === "spf" ? <SpfRole id="term-spf-picture" t={t} /> : term === "dkim" ? <DkimRole id="term-dkim-picture" t={t} /> : null}
      <p className="mt-2 text-pretty">{t(`terms.${term}.text`)}</p>
      {RECORD_PAGES.has(term) ? (
        <a href={pageHref({ prefix }, `/docs/records/${term}`)} className="mt-1 inline-flex min-h-11 items-center text-accent underline underline-offset-4 hover:text-accent-strong">
          {t("terms.more", { term: t(`terms.${term}.name`) })}
        </a>
      ) : null}
    </div>
  );
}
