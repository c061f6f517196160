/** The same five things go wrong in every DNS panel. */

import type { Fix } from "../../lib/diagnosis/report.ts";
import type { MessageKey, Translator } from "../../lib/messages/translate.ts";
import { RichText } from "../ui/rich-text.tsx";
import { hostField } from "./host-field.ts";

export function DnsHostGuide({ fix, zone, t }: { fix: Fix; zone: string; t: Translator }) {
  const host = hostField(fix.name, zone);
  const spf = fix.finding.startsWith("spf.") && fix.type === "TXT";
  const steps: readonly MessageKey[] = [
    "report.host.open",
    host.short === null ? "report.host.fieldFull" : "report.host.field",
    ...(fix.replaces.length > 0 ? (["report.host.deleteOld"] as const) : []),
    ...(spf ? (["report.host.onlyOne"] as const) : []),
    "report.host.quotes",
    "report.host.ttl",
  ];
  return (
    <ol className="grid list-decimal gap-2 pl-5 text-[0.9375rem] leading-relaxed wrap-anywhere marker:text-soft">
      {steps.map((id) => (
        <li key={id}>
          <RichText t={t} id={id} values={{ zone, host: host.short ?? host.full, full: host.full, type: fix.type ?? "TXT" }} />
        </li>
      ))}
    </ol>
  );
}
