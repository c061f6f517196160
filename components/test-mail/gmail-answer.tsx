/** Of a test mail: what Gmail would have answered, marked as our own simulation, and how the message came in. */

import { FlaskConical } from "../ui/icons.tsx";
import type { Report, TestMail } from "../../lib/diagnosis/report.ts";
import type { MessageKey, MessageValues, Translator } from "../../lib/messages/translate.ts";
import { type Fact, Facts } from "../report/facts.tsx";
import { ForeignCode } from "../report/foreign.tsx";
import { visibleText } from "../report/visible-text.ts";
import { SectionCard } from "../ui/card.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { Disclosure } from "../ui/disclosure.tsx";
import { RichText } from "../ui/rich-text.tsx";

export function GmailAnswer({ report, t }: { report: Report; t: Translator }) {
  const { testMail } = report;
  if (testMail === null) return null;
  const { answer, bulk } = testMail;
  return (
    <SectionCard aria-labelledby="gmail-answer" className="grid gap-4 p-4 sm:p-6">
      <div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 id="gmail-answer" className="text-lg font-semibold">
            {t("testMail.answer.heading")}
          </h2>
          <span className="inline-flex items-center gap-1.5 rounded-full border border-line px-2.5 py-0.5 text-sm text-soft">
            <FlaskConical aria-hidden />
            {t("testMail.answer.simulated")}
          </span>
        </div>
        <p className="mt-2 max-w-3xl wrap-anywhere">
          <RichText t={t} id={SENTENCES[answer.reason]} values={valuesOf(report, testMail)} />
        </p>
      </div>
      {answer.reply === null ? null : <CodeBlock text={answer.reply.text} />}
      {bulk === null ? null : (
        <div className="grid gap-2">
          <p className="max-w-3xl">{t("testMail.answer.bulk")}</p>
          <CodeBlock text={bulk.text} />
        </div>
      )}
      <p className="max-w-3xl text-sm text-soft">{t("testMail.answer.note")}</p>
      <Disclosure summary={t("testMail.connection.heading")}>
        <Facts facts={connectionFacts(report, testMail, t)} />
      </Disclosure>
    </SectionCard>
  );
}

const SENTENCES: Readonly<Record<TestMail["answer"]["reason"], MessageKey>> = {
  authenticated: "testMail.answer.accepted",
  "spam-folder": "testMail.answer.spamFolder",
  rule: "testMail.answer.refused",
  arc: "testMail.answer.arc",
  form: "testMail.answer.form",
  "private-address": "testMail.answer.privateAddress",
  unanswered: "testMail.answer.unanswered",
};

function valuesOf({ findings, dmarc, subject }: Report, { ip }: TestMail): MessageValues {
  const sealers = findings.find(({ code }) => code === "dkim.arc")?.params["sealers"] ?? "";
  return { domain: visibleText(dmarc?.domain ?? subject.domain), sealers: visibleText(String(sealers)), ip };
}

function connectionFacts({ subject }: Report, { ip, tls, tlsOffered, nullSender, octets }: TestMail, t: Translator): readonly Fact[] {
  return [
    { name: t("testMail.connection.ip"), value: <ForeignCode text={ip} /> },
    ...(subject.helo === null ? [] : [{ name: t("testMail.connection.helo"), value: <ForeignCode text={subject.helo} /> }]),
    {
      name: t("testMail.connection.envelope"),
      value: nullSender ? <RichText t={t} id="testMail.connection.nullSender" values={{ text: "<>" }} /> : <ForeignCode text={subject.mailFrom ?? "–"} />,
    },
    { name: t("testMail.connection.tls"), value: tls === null ? t(tlsOffered ? "testMail.connection.noTls" : "testMail.connection.notOffered") : <ForeignCode text={`${tls.protocol} ${tls.cipher}`} /> },
    { name: t("testMail.connection.size"), value: t("testMail.connection.octets", { count: octets }) },
  ];
}
