/** Every word that the form shows in the browser, put there by the server: the catalogues stay where they are. */

import { type AreaFact, FACT_CODES } from "../../lib/diagnosis/report.ts";
import { DMARC_POLICIES } from "../../lib/dmarc/index.ts";
import type { Translator } from "../../lib/messages/translate.ts";

/** Put in when a file is chosen. */
const NAME = { name: "{name}" } as const;

export function formWords(t: Translator) {
  return {
    label: t("form.label"),
    submit: t("form.submit"),
    more: t("form.more"),
    ip: { label: t("form.ip.label"), hint: t("form.ip.hint") },
    selectors: { label: t("form.selectors.label"), hint: t("form.selectors.hint") },
    domain: { label: t("form.domain.label"), hint: t("form.domain.hint") },
    keep: { label: t("form.keep.label"), hint: t("form.keep.hint") },
    example: t("form.example.title"),
    file: {
      label: t("form.file.label"),
      hint: t("form.file.hint"),
      drop: t("form.file.drop"),
      reading: t("form.file.reading", NAME),
      read: t("form.file.read", NAME),
      cut: t("form.file.cut", NAME),
      failed: { message: t("form.file.failed.message", NAME), hint: t("form.file.failed.hint") },
      tooLarge: { message: t("form.file.tooLarge.message", NAME), hint: t("form.file.tooLarge.hint") },
    },
    newTab: t("docs.reply.newTab"),
    failed: { network: problem(t, "network"), server: problem(t, "server"), tooLarge: problem(t, "tooLarge") },
    progress: {
      title: t("form.progress.title"),
      about: t("form.progress.about", { domain: "{domain}" }),
      aboutIp: t("form.progress.aboutIp", { domain: "{domain}", ip: "{ip}" }),
      stop: t("form.progress.stop"),
      waiting: t("form.progress.waiting"),
      working: t("form.progress.working"),
      seen: t("form.progress.seen"),
      done: t("form.progress.done"),
      ready: t("form.progress.ready"),
      // The numbers come in while the browser reads the answer.
      answered: t("form.progress.answered", { done: "{done}", of: "{of}" }),
      seenIn: t("form.progress.seenIn", { area: "{area}", facts: "{facts}" }),
      joint: t("form.progress.joint"),
      facts: factWords(t),
      of100: t("report.scores.of100", { score: "{score}" }),
      unseen: t("report.scores.unseen"),
      states: { critical: t("report.scores.state.critical"), warning: t("report.scores.state.warning"), pass: t("report.scores.state.pass"), unknown: t("report.scores.state.unknown") },
      outcomes: { refused: t("word.outcome.refused"), "at-risk": t("word.outcome.at-risk"), accepted: t("word.outcome.accepted"), unknown: t("word.outcome.unknown") },
      steps: {
        reading: t("form.progress.step.reading"),
        spf: t("form.progress.step.spf"),
        dkim: t("form.progress.step.dkim"),
        dmarc: t("form.progress.step.dmarc"),
        transport: t("form.progress.step.transport"),
        judging: t("form.progress.step.judging"),
      },
    },
  };
}

/** By the codes of the API's facts; of a policy each its own, for its name is a word. */
function factWords(t: Translator) {
  const say = (code: Exclude<AreaFact["code"], "dmarc-policy">): [string, string] => [code, t(`form.progress.fact.${code}`, { count: "{count}", lookups: "{lookups}", ip: "{ip}" })];
  const policies = DMARC_POLICIES.map((policy): [string, string] => [`dmarc-policy-${policy}`, t("form.progress.fact.dmarc-policy", { policy: t(`word.policy.${policy}`) })]);
  return Object.fromEntries([...FACT_CODES.flatMap((code) => (code === "dmarc-policy" ? [] : [say(code)])), ...policies]);
}

export type FormWords = ReturnType<typeof formWords>;

function problem(t: Translator, name: "network" | "server" | "tooLarge") {
  return { message: t(`form.failed.${name}.message`), hint: t(`form.failed.${name}.hint`) };
}
