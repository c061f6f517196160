/** Labels of a copy button: several stand on the page, and each says what it copies. */

import type { MessageKey, Translator } from "../../lib/messages/translate.ts";
import type { CopyLabels } from "../ui/code-block.tsx";

export type Copied = "value" | "host" | "full-name" | "command" | "string" | "tree" | "question" | "subdomain-host" | "subdomain-value" | "main-value" | "next-policy";

export function copyLabels(t: Translator, what: Copied): CopyLabels {
  const accessible: MessageKey = `report.copy.${what}`;
  return { label: t("report.copy.label"), accessibleLabel: t(accessible), copiedLabel: t("report.copy.done"), failedLabel: t("report.copy.failed") };
}
