/** What was read from the paste, and what of it was kept. */

import type { Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { type Fact, Facts } from "./facts.tsx";
import { Foreign, ForeignCode } from "./foreign.tsx";
import { findingSentence, wordFor } from "./say.ts";
import { Sentence } from "./sentence.tsx";

type Bounce = NonNullable<Report["bounce"]>;

export function BounceRead({ bounce, findings, t }: { bounce: Bounce; findings: Report["findings"]; t: Translator }) {
  return (
    <div className="grid gap-4">
      <Facts facts={factsOf(bounce, findings, t)} />
      <div className="min-w-0">
        <p className="text-sm text-soft">{t("report.bounce.text")}</p>
        <p className="mt-1 rounded-lg border border-line bg-sunken p-3 font-mono text-sm leading-6 wrap-anywhere">
          <Foreign text={bounce.text} />
        </p>
      </div>
      <p className="text-sm leading-relaxed text-soft">{t("report.bounce.kept")}</p>
    </div>
  );
}

function factsOf(bounce: Bounce, findings: Report["findings"], t: Translator): readonly Fact[] {
  const told = findings.find((finding) => finding.code === `bounce.${bounce.rule}`);
  const title = told === undefined ? null : findingSentence(t, told, "title");
  return [
    { name: t("report.bounce.reporter"), value: wordFor(t, "reporter", bounce.reporter) },
    { name: t("report.bounce.format"), value: <ForeignCode text={bounce.format} /> },
    { name: t("report.bounce.codes"), value: <ForeignCode text={[bounce.code ?? "", bounce.enhancedCode ?? ""].join(" ").trim() || "–"} /> },
    ...(bounce.permanent === null ? [] : [{ name: t("report.bounce.kind"), value: t(bounce.permanent ? "report.bounce.permanent" : "report.bounce.temporary") }]),
    {
      name: t("report.bounce.rule"),
      value: (
        <>
          {title === null ? null : <Sentence t={t} sentence={title} />} <ForeignCode text={title === null ? bounce.rule : `(${bounce.rule})`} className="text-soft" />
        </>
      ),
    },
    ...claims(bounce, t),
  ];
}

function claims({ claims: { spf, dkim, dmarc } }: Bounce, t: Translator): readonly Fact[] {
  const fact = (name: string, words: readonly (string | null)[]): Fact => ({ name: t("report.bounce.claim", { name }), value: <ForeignCode text={words.filter((word) => word !== null && word !== "").join(" ")} /> });
  return [
    ...(spf === null ? [] : [fact("SPF", [spf.result, spf.domain, spf.ip])]),
    ...(dkim === null ? [] : [fact("DKIM", [dkim.result, dkim.domain])]),
    ...(dmarc === null ? [] : [fact("DMARC", [dmarc.result, dmarc.domain])]),
  ];
}
