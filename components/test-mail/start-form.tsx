/** "Get a test address": a plain form, so it works without scripts. */

import { MailCheck } from "../ui/icons.tsx";
import type { Translator } from "../../lib/messages/translate.ts";
import { Button } from "../ui/button.tsx";

interface StartFormProps {
  t: Translator;
  /** Sent when the address names the language, so that the next page's does too. */
  locale: string | null;
  variant?: "primary" | "quiet";
}

export function StartForm({ t, locale, variant = "quiet" }: StartFormProps) {
  return (
    <form method="post" action="/submit/test-mail">
      {locale === null ? null : <input type="hidden" name="locale" value={locale} />}
      <Button type="submit" variant={variant} className="w-full sm:w-auto">
        <MailCheck aria-hidden />
        {t("testMail.offer.button")}
      </Button>
    </form>
  );
}
