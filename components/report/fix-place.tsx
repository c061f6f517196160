/** Type, host and value: the three fields of every DNS panel, each ready to copy. */

import type { Fix } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { CodeBlock } from "../ui/code-block.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { RichText } from "../ui/rich-text.tsx";
import { copyLabels } from "./copy-labels.ts";
import { FixValue } from "./fix-value.tsx";
import { ForeignCode } from "./foreign.tsx";
import { hostField } from "./host-field.ts";

export function FixPlace({ fix, zone, t }: { fix: Fix; zone: string; t: Translator }) {
  const host = hostField(fix.name, zone);
  return (
    // On a narrow screen each label stands beside what it names: the value has to begin on the first screen.
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-2 sm:gap-x-8 sm:gap-y-3">
      {fix.type === null ? null : (
        <div className="flex gap-x-2 max-sm:min-h-11 max-sm:items-center sm:block">
          <dt className="text-sm text-soft">{t("report.fix.type")}</dt>
          <dd className="flex items-center font-mono font-semibold sm:mt-1 sm:min-h-11">{fix.type}</dd>
        </div>
      )}
      <div className="flex min-w-0 gap-x-2 sm:block">
        <dt className="text-sm text-soft max-sm:pt-3">{t("report.fix.host")}</dt>
        <dd className="flex min-h-11 sm:mt-1 min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <ForeignCode text={host.short ?? host.full} className="font-semibold" />
          <CopyButton text={host.short ?? host.full} {...copyLabels(t, host.short === null ? "full-name" : "host")} />
          {host.short === null ? null : (
            <span className="min-w-0 text-sm wrap-anywhere text-soft max-sm:hidden">
              <RichText t={t} id="report.fix.orFullName" values={{ name: host.full }} />
            </span>
          )}
        </dd>
      </div>
      {fix.value === null ? null : (
        <div className="col-span-2 min-w-0">
          <dt className="text-sm text-soft max-sm:sr-only">{t("report.fix.value")}</dt>
          <dd className="sm:mt-1">
            <FixValue text={fix.value} copy={copyLabels(t, "value")} wholeLabel={t("report.fix.whole")} />
          </dd>
          {host.short === null ? null : (
            <dd className="mt-2 text-sm wrap-anywhere text-soft sm:hidden">
              <RichText t={t} id="report.fix.wholeName" values={{ name: host.full }} />
            </dd>
          )}
        </div>
      )}
      {fix.strings.length > 1 ? <Strings strings={fix.strings} t={t} /> : null}
    </dl>
  );
}

/** RFC 7208 section 3.3: a long record is several character-strings, joined without a space. Some panels want them apart. */
function Strings({ strings, t }: { strings: readonly string[]; t: Translator }) {
  return (
    <div className="col-span-2 min-w-0">
      <dt className="max-w-3xl text-sm text-soft">{t("report.fix.strings", { count: strings.length })}</dt>
      {strings.map((string, index) => (
        <dd key={index} className="mt-2">
          <CodeBlock text={`"${string}"`} copy={copyLabels(t, "string")} />
        </dd>
      ))}
    </div>
  );
}
