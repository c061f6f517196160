/** How we know that the record works: it was laid over today's DNS and evaluated. */

import { BadgeCheck } from "../ui/icons.tsx";
import type { Fix } from "../../lib/diagnosis/report.ts";
import type { MessageKey, MessageValues, Translator } from "../../lib/messages/translate.ts";
import { RichText } from "../ui/rich-text.tsx";

export function FixProof({ proof, t }: { proof: Fix["proof"]; t: Translator }) {
  if (proof === null) return null;
  return (
    <p className="flex items-start gap-2 text-[0.9375rem] leading-relaxed">
      <BadgeCheck aria-hidden className="mt-1 text-accepted" />
      <span className="min-w-0 wrap-anywhere">
        <b className="font-semibold text-accepted">{t("report.proof.label")}</b>{" "}
        {proofSentences(proof).map(([id, values], index) => (
          <span key={id}>
            {index === 0 ? null : t("report.proof.joint")}
            <RichText t={t} id={id} values={values} />
          </span>
        ))}
      </span>
    </p>
  );
}

/** Void look-ups within their limit are nobody's worry: only a record within it is proven. */
export function proofSentences({ ip, result, lookups, kept, of }: NonNullable<Fix["proof"]>): readonly (readonly [MessageKey, MessageValues])[] {
  return [
    ...(ip === null ? [] : [result === "pass" ? (["report.proof.passes", { ip }] as const) : (["report.proof.result", { ip, result }] as const)]),
    ["report.proof.lookups", { lookups }],
    ...(of === 0 ? [] : [kept === of ? (["report.proof.allKept", { of }] as const) : (["report.proof.someKept", { kept, of }] as const)]),
  ];
}
