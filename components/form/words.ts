/** Every word that the form shows in the browser, put there by the server: the catalogues stay where they are. */

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
      // The numbers come in while the browser reads the answer.
      answered: t("form.progress.answered", { done: "{done}", of: "{of}" }),
      done: t("form.progress.done"),
      nothing: t("form.progress.nothing"),
      ready: t("form.progress.ready"),
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

export type FormWords = ReturnType<typeof formWords>;

function problem(t: Translator, name: "network" | "server" | "tooLarge") {
  return { message: t(`form.failed.${name}.message`), hint: t(`form.failed.${name}.hint`) };
}

/** Puts values into a text that came with its names still in braces. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values).reduce((sentence, [name, value]) => sentence.replaceAll(`{${name}}`, () => String(value)), text);
}
