/** Where the domain takes mail, and what the sending address is called. */

import type { Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { OutcomeBadge } from "../ui/outcome-badge.tsx";
import { RichText } from "../ui/rich-text.tsx";
import { type Fact, Facts } from "./facts.tsx";
import { ForeignCode } from "./foreign.tsx";

export function Transport({ report, t }: { report: Report; t: Translator }) {
  const { mx, ptr, helo, mtaSts, tlsRpt } = report.transport;
  const facts: readonly Fact[] = [
    {
      name: t("report.transport.mx"),
      value:
        mx.length === 0 ? (
          <span className="text-soft">{t(isMxUnseen(report) ? "report.transport.policyUnseen" : "report.transport.noMx")}</span>
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
    ...(report.subject.helo === null ? [] : [{ name: t("report.transport.helo"), value: helo === null ? <ForeignCode text={report.subject.helo} /> : <Helo helo={helo} t={t} /> }]),
    { name: t("report.transport.starttls"), value: report.testMail?.tls == null ? <span className="text-soft">{t("report.transport.starttlsUnseen")}</span> : <ForeignCode text={report.testMail.tls.protocol} /> },
    ...(mtaSts === null ? [] : [{ name: t("report.transport.mtaSts"), value: <Policy policy={mtaSts} host={mtaSts.host} t={t} /> }]),
    ...(tlsRpt === null ? [] : [{ name: t("report.transport.tlsRpt"), value: <Policy policy={tlsRpt} host={null} t={t} /> }]),
  ];
  return <Facts facts={facts} t={t} />;
}

/** A question that failed is no answer that there are none. */
function isMxUnseen({ subject, dns }: Report): boolean {
  const answer = dns.answers.find(({ name, type }) => name === subject.domain && type === "MX");
  return answer !== undefined && !["ok", "no-name", "no-data"].includes(answer.status);
}

type Transported = Report["transport"];

function Helo({ helo, t }: { helo: NonNullable<Transported["helo"]>; t: Translator }) {
  const leads = helo.matches === true ? t("report.transport.heloMatches") : t("report.transport.heloOk");
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <ForeignCode text={helo.name} />
      {helo.status === "unanswered" ? <span className="text-soft">{t("report.transport.policyUnseen")}</span> : null}
      {helo.status === "ok" ? <OutcomeBadge state="pass" label={leads} /> : null}
      {helo.status === "unresolved" || helo.status === "local" ? <OutcomeBadge state="warning" label={t("report.transport.heloBad")} /> : null}
    </span>
  );
}

/** A TXT record by which the domain asks something of those who send to it. */
function Policy({ policy, host, t }: { policy: NonNullable<Transported["tlsRpt"]>; host: NonNullable<Transported["mtaSts"]>["host"]; t: Translator }) {
  switch (policy.status) {
    case "none":
      return <span className="text-soft">{t("report.transport.policyNone")}</span>;
    case "unanswered":
      return <span className="text-soft">{t("report.transport.policyUnseen")}</span>;
    case "invalid":
      return <OutcomeBadge state="warning" label={t("report.transport.policyInvalid")} />;
    case "valid":
      return (
        <span className="grid gap-1">
          <ForeignCode text={policy.record ?? ""} />
          {host === null ? null : (
            <span className="text-soft">
              <RichText t={t} id={host.addresses.length === 0 ? "report.transport.policyNoHost" : "report.transport.policyNotFetched"} values={{ host: host.name }} />
            </span>
          )}
        </span>
      );
  }
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
