/** What a copy button says, in the page's language. */

import type { Translator } from "../../lib/messages/translate.ts";
import type { CopyLabels } from "../ui/code-block.tsx";

/** `what` tells the buttons of a page apart for those who hear them: "SPF", "command 2". */
export function copyLabels(t: Translator, what?: string): CopyLabels {
  const label = t("site.copy.label");
  return { label, copiedLabel: t("site.copy.copied"), failedLabel: t("site.copy.failed"), ...(what === undefined ? {} : { accessibleLabel: `${label}: ${what}` }) };
}
