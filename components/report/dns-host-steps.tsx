/** The way through one host's panel: its own labels, filled with the record. */

import { unicodeDomain } from "../../lib/address/index.ts";
import type { Fix } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { DNS_HOSTS_CHECKED, type DnsHost, type DnsHostNote, type FormPanel, labelText, panelEntry, panelLine } from "../../lib/providers/dns-hosts/index.ts";
import { CodeBlock, type CopyLabels } from "../ui/code-block.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { RichText } from "../ui/rich-text.tsx";
import { copyLabels } from "./copy-labels.ts";
import { ForeignCode } from "./foreign.tsx";
import { dateOf } from "./moment.tsx";
import { visibleText } from "./visible-text.ts";

interface StepsProps {
  host: DnsHost;
  fix: Fix;
  zone: string;
  t: Translator;
}

export function DnsHostSteps({ host, fix, zone, t }: StepsProps) {
  const { panel } = host;
  if (panel === null) return null;
  const name = hostName(host, t);
  const path = panel.path.map((label) => labelText(label, t.locale)).join(" › ");
  const notes = host.notes.filter((note) => matters(note, fix));
  return (
    <>
      <ol className="grid list-decimal gap-3 pl-5 marker:text-soft">
        <li>
          <RichText t={t} id="report.host.go" values={{ host: name, zone: visibleText(unicodeDomain(zone)), path }} />
        </li>
        <li className="min-w-0">{panel.kind === "form" ? <Form panel={panel} fix={fix} zone={zone} t={t} /> : <Line fix={fix} zone={zone} t={t} />}</li>
        {notes.map((note) => (
          <li key={note}>
            <RichText t={t} id={`dnsHosts.note.${note}`} />
          </li>
        ))}
        <li>{t("report.host.save")}</li>
      </ol>
      <p className="text-sm text-soft">
        {labelsFrom(host, t)}{" "}
        <a href={host.source} rel="noreferrer" className="underline underline-offset-2 hover:text-accent">
          {t(host.seen === "guide" ? "report.host.guide" : "report.host.help", { host: name })}
        </a>
      </p>
    </>
  );
}

function labelsFrom(host: DnsHost, t: Translator): string {
  if (host.seen === "memory") return t("report.host.mayDiffer");
  return t(host.seen === "guide" ? "report.host.checkedGuide" : "report.host.checked", { host: hostName(host, t), date: dateOf(`${DNS_HOSTS_CHECKED}T00:00:00Z`, t.locale) });
}

const SHORT_ENOUGH = 512;

function matters(note: DnsHostNote, { finding, value, strings }: Fix): boolean {
  if (note === "at-most-255" || note === "text-mode-if-long") return strings.length > 1;
  if (note === "own-record" || note === "txt-not-spf") return finding.startsWith("spf.");
  return note !== "short-values" || (value ?? "").length >= SHORT_ENOUGH;
}

function Form({ panel, fix, zone, t }: { panel: FormPanel; fix: Fix; zone: string; t: Translator }) {
  const entry = panelEntry(panel, fix, zone);
  if (entry === null) return null;
  const label = (of: Parameters<typeof labelText>[0]) => labelText(of, t.locale);
  const { type, host, value, ttl } = panel.fields;
  return (
    <>
      <RichText t={t} id={wayIn(panel, fix)} values={{ add: label(panel.add), edit: label(panel.edit), remove: label(panel.remove), count: fix.replaces.length, start: startOf(fix.replaces[0] ?? "") }} />
      <dl className="mt-2 grid gap-3 rounded-lg border border-line p-3">
        {type === null ? null : <Field label={label(type)} text={panel.txt ?? "TXT"} />}
        <Field label={label(host)} text={entry.host} empty={t("report.host.leaveEmpty")} copy={copyLabels(t, "host")} />
        <div className="min-w-0">
          <dt className="text-sm text-soft">{label(value)}</dt>
          <dd className="mt-1">
            <CodeBlock text={entry.value} copy={copyLabels(t, "value")} />
          </dd>
        </div>
        {ttl === null ? null : <Field label={label(ttl)} said={panel.ttl === null ? t("report.host.ttlAsIs") : typeof panel.ttl === "number" ? t("report.host.ttlSeconds", { seconds: String(panel.ttl) }) : label(panel.ttl)} />}
      </dl>
      {entry.pieces === null ? null : (
        <div className="mt-2">
          <p>{t("report.host.pieces")}</p>
          <CodeBlock text={entry.pieces} copy={handOverCopy(t, "pieces")} className="mt-1" />
        </div>
      )}
    </>
  );
}

type FieldProps = { label: string } & ({ said: string } | { text: string; empty?: string; copy?: CopyLabels });

function Field({ label, ...about }: FieldProps) {
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
      <dt className="w-full text-sm text-soft sm:w-44">{label}</dt>
      <dd className="flex min-w-0 items-center gap-3">
        {"said" in about ? about.said : about.text === "" ? <i>{about.empty}</i> : <ForeignCode text={about.text} className="font-semibold" />}
        {"said" in about || about.text === "" || about.copy === undefined ? null : <CopyButton text={about.text} {...about.copy} />}
      </dd>
    </div>
  );
}

function Line({ fix, zone, t }: { fix: Fix; zone: string; t: Translator }) {
  const line = panelLine(fix, zone);
  if (line === null) return null;
  return (
    <>
      {t(fix.replaces.length === 0 ? "report.host.addLine" : "report.host.changeLine")}
      <CodeBlock text={line} copy={handOverCopy(t, "line")} className="mt-2" />
    </>
  );
}

function wayIn({ edit, remove }: FormPanel, { replaces }: Fix) {
  if (replaces.length === 0) return "report.host.add";
  if (replaces.length > 1) return "report.host.changeFirst";
  return labelText(edit, "en") === labelText(remove, "en") ? "report.host.anew" : "report.host.change";
}

const START_SHOWN = 28;

/** Enough to find it in a list. */
function startOf(record: string): string {
  const letters = Array.from(record);
  return letters.length <= START_SHOWN ? visibleText(record) : `${visibleText(letters.slice(0, START_SHOWN).join(""))}…`;
}

function handOverCopy(t: Translator, what: "line" | "pieces"): CopyLabels {
  return { label: t("report.copy.label"), accessibleLabel: t(`report.handOver.copy.${what}`), copiedLabel: t("report.copy.done"), failedLabel: t("report.copy.failed") };
}

/** Japanese text has a space between Latin and its own letters, and none between its own: so the sentences leave it to the name. */
export function hostName({ name }: DnsHost, t: Translator): string {
  const text = labelText(name, t.locale);
  return t.locale === "ja" && /[\x21-\x7e]$/.test(text) ? `${text} ` : text;
}
