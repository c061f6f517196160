/** The forms in which a report is handed over, each a text ready to copy. */

import { unicodeDomain } from "../../../lib/address/index.ts";
import type { Report } from "../../../lib/diagnosis/report.ts";
import { asMarkdown, asPlainText, dnsOf, octodnsSnippet, type SnippetWords, terraformProviderFor, terraformSnippet, type TerraformProvider, txtChanges, zoneFileSnippet } from "../../../lib/hand-over/index.ts";
import type { Translator } from "../../../lib/messages/translate.ts";
import { visibleText } from "../visible-text.ts";
import { noteOf } from "./note-of.ts";

export interface HandOverText {
  readonly form: "markdown" | "plain" | "zoneFile" | "terraform" | "octodns";
  readonly title: string;
  readonly text: string;
}

const RESOURCES: Readonly<Record<TerraformProvider, string>> = { route53: "aws_route53_record", cloudflare: "cloudflare_dns_record", google: "google_dns_record_set" };

/** Snippets only where a record is to be changed. */
export function handOverTexts(report: Report, t: Translator): readonly HandOverText[] {
  const note = noteOf(report, t);
  const { zone, found } = dnsOf(report);
  const changes = txtChanges(report, zone);
  const messages: readonly HandOverText[] = [
    { form: "markdown", title: t("report.handOver.markdown"), text: asMarkdown(note) },
    { form: "plain", title: t("report.handOver.plain"), text: asPlainText(note) },
  ];
  if (changes.length === 0) return messages;
  const provider = terraformProviderFor(found);
  const octodns = octodnsSnippet(changes, words(report, t, true));
  return [
    ...messages,
    { form: "zoneFile", title: t("report.handOver.zoneFile"), text: zoneFileSnippet(changes, words(report, t, false)) },
    { form: "terraform", title: t("report.handOver.terraform", { resource: RESOURCES[provider] }), text: terraformSnippet(changes, provider, words(report, t, provider !== "cloudflare")) },
    ...(octodns === null ? [] : [{ form: "octodns" as const, title: t("report.handOver.octodns"), text: octodns }]),
  ];
}

/** `whole`: the form writes all records of a name, so that what stays stands in it. */
function words({ subject, url }: Report, t: Translator, whole: boolean): SnippetWords {
  return {
    head: [t("report.handOver.snippet.head", { domain: visibleText(unicodeDomain(subject.domain)), url })],
    remove: t("report.handOver.snippet.remove"),
    keep: t(whole ? "report.handOver.snippet.keepWritten" : "report.handOver.snippet.keep"),
    othersUnseen: t("report.handOver.snippet.othersUnseen"),
    advice: t("report.handOver.snippet.advice"),
  };
}
