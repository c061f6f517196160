/** Every question that was asked of DNS, and what came back. Findings lead here. */

import type { Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { STATE_LOOKS } from "../ui/outcome-badge.tsx";
import { ForeignCode } from "./foreign.tsx";
import { wordFor } from "./say.ts";
import { Table } from "./table.tsx";

type DnsAnswer = Report["dns"]["answers"][number];

export function DnsAnswers({ dns, t }: { dns: Report["dns"]; t: Translator }) {
  return (
    <div className="grid gap-3">
      <p className="text-[0.9375rem] text-soft">
        {t("report.dns.summary", { queries: dns.queries, ms: dns.elapsedMs })} {dns.servers.length === 0 ? null : <ServerNames servers={dns.servers} t={t} />}
      </p>
      <Table
        label={t("report.dns.heading")}
        rows={dns.answers}
        rowId={(index) => `dns-${index + 1}`}
        columns={[
          { title: t("report.dns.name"), room: "name", cell: (answer) => <ForeignCode text={answer.name} className="font-medium" /> },
          { title: t("report.dns.type"), room: "word", cell: (answer) => <span className="font-mono text-sm">{answer.type}</span> },
          { title: t("report.dns.status"), room: "words", cell: (answer) => <Status answer={answer} t={t} /> },
          { title: t("report.dns.records"), room: "rest", cell: (answer) => <Records answer={answer} /> },
          { title: t("report.dns.time"), room: "word", cell: (answer) => <span className="figure">{t("report.dns.ms", { ms: answer.ms })}</span> },
        ]}
      />
    </div>
  );
}

function ServerNames({ servers, t }: { servers: readonly string[]; t: Translator }) {
  return (
    <>
      {t("report.dns.servers")} <ForeignCode text={servers.join(" ")} />
    </>
  );
}

/** Only what went wrong is coloured: an absent record is an answer like any other. */
function Status({ answer, t }: { answer: DnsAnswer; t: Translator }) {
  const failed = answer.status !== "ok" && answer.status !== "no-data" && answer.status !== "no-name";
  const { Icon, text } = STATE_LOOKS.warning;
  return (
    <span className={`inline-flex items-center gap-1 text-sm ${failed ? `font-medium ${text}` : "text-soft"}`}>
      {failed ? <Icon aria-hidden className="size-3.5" /> : null}
      {wordFor(t, "dnsStatus", answer.status)}
    </span>
  );
}

function Records({ answer }: { answer: DnsAnswer }) {
  if (answer.records.length === 0) return <span className="text-soft">–</span>;
  return (
    <ul className="grid gap-1">
      {answer.records.map((record, index) => (
        <li key={index} className="min-w-0">
          <ForeignCode text={record} />
        </li>
      ))}
    </ul>
  );
}
