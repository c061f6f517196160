/** Where the domain takes mail, and what the sending address is called. */

import type { Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { OutcomeBadge } from "../ui/outcome-badge.tsx";
import { type Fact, Facts } from "./facts.tsx";
import { ForeignCode } from "./foreign.tsx";

export function Transport({ report, t }: { report: Report; t: Translator }) {
  const { mx, ptr } = report.transport;
  const facts: readonly Fact[] = [
    {
      name: t("report.transport.mx"),
      value:
        mx.length === 0 ? (
          <span className="text-soft">{t("report.transport.noMx")}</span>
        ) : (
          <ul className="grid gap-1">
            {mx.map(({ host, preference, addresses }) => (
              <li key={`${preference} ${host}`}>
                <ForeignCode text={`${preference} ${host === "" ? "." : host}`} />
                {addresses.length === 0 ? null : <ForeignCode text={` → ${addresses.join(" ")}`} className="text-soft" />}
              </li>
            ))}
          </ul>
        ),
    },
    { name: t("report.transport.ptr"), value: <Ptr report={report} t={t} ptr={ptr} /> },
    ...(report.subject.helo === null ? [] : [{ name: t("report.transport.helo"), value: <ForeignCode text={report.subject.helo} /> }]),
  ];
  return <Facts facts={facts} />;
}

function Ptr({ report, ptr, t }: { report: Report; ptr: Report["transport"]["ptr"]; t: Translator }) {
  const ip = report.subject.sendingIp;
  if (ip === null) return <span className="text-soft">{t("report.transport.noIp")}</span>;
  if (ptr === null) return <span className="text-soft">{t("report.transport.ptrUnseen")}</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>
        <ForeignCode text={ip} /> → {ptr.names.length === 0 ? t("report.none") : <ForeignCode text={ptr.names.join(" ")} />}
      </span>
      {ptr.names.length === 0 ? null : <OutcomeBadge state={ptr.confirmed ? "pass" : "warning"} label={t(ptr.confirmed ? "report.transport.confirmed" : "report.transport.unconfirmed")} />}
    </span>
  );
}
