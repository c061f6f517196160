/** How to see the new record in DNS, without us. */

import type { Fix } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { Explained } from "../terms/explained.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { copyLabels } from "./copy-labels.ts";

/** Commands are pasted into shells: a name that means more than a name there gets none. */
const PLAIN_NAME = /^[a-z\d_][\w.-]*$/i;

export function CheckYourself({ fix, t }: { fix: Fix; t: Translator }) {
  const type = fix.type ?? "TXT";
  const commands = PLAIN_NAME.test(fix.name)
    ? [
        { label: t("report.verify.windows"), text: `nslookup -type=${type} ${fix.name}` },
        { label: t("report.verify.elsewhere"), text: `dig ${type.toLowerCase()} ${fix.name} +short` },
      ]
    : [];
  return (
    <div className="grid gap-3 text-[0.9375rem] leading-relaxed">
      <p>{t("report.verify.text")}</p>
      {commands.map(({ label, text }) => (
        <div key={text}>
          <p className="text-sm text-soft">{label}</p>
          <CodeBlock text={text} copy={copyLabels(t, "command")} className="mt-1" />
        </div>
      ))}
      <p className="text-soft">
        <Explained t={t} id="report.verify.wait" />
      </p>
    </div>
  );
}
