/** Names in a row, as the language joins them: "SendGrid and Mailgun". */

import type { Locale } from "../../lib/messages/translate.ts";

export function listed(names: readonly string[], locale: Locale): string {
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(names);
}
