/** The zone's name servers, what each of them holds, and how long others remember their answers. */

import { rememberedFor, roundedWait } from "../../lib/diagnosis/remembered.ts";
import type { Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { OutcomeBadge, type State } from "../ui/outcome-badge.tsx";
import { RichText } from "../ui/rich-text.tsx";
import { type Fact, Facts } from "./facts.tsx";
import { ForeignCode } from "./foreign.tsx";
import { visibleText } from "./visible-text.ts";

type Delegated = NonNullable<Report["delegation"]>;
type Server = Delegated["servers"][number];

const STATES: Readonly<Record<Server["status"], State>> = { answered: "pass", lame: "warning", "no-address": "warning", unanswered: "unknown", "not-asked": "unknown" };

export function Delegation({ delegation, t }: { delegation: Report["delegation"]; t: Translator }) {
  if (delegation === null) return <p className="text-[0.9375rem] text-soft">{t("report.delegation.none")}</p>;
  const { zone, servers } = delegation;
  const asked = servers.some(({ status }) => status !== "not-asked");
  return (
    <div className="grid gap-4">
      {servers.length === 0 || asked ? (
        <p className="text-[0.9375rem] text-soft">
          <RichText t={t} id={servers.length === 0 ? "report.delegation.noServers" : "report.delegation.lead"} values={{ zone: visibleText(zone) }} />
        </p>
      ) : null}
      {servers.length === 0 ? null : <Servers servers={servers} t={t} />}
      <Remembered delegation={delegation} t={t} />
    </div>
  );
}

function Servers({ servers, t }: { servers: readonly Server[]; t: Translator }) {
  return (
    <ul aria-label={t("report.delegation.heading")} className="divide-y divide-line text-[0.9375rem]">
      {servers.map((server) => (
        <li key={server.host} className="grid gap-2 py-3 first:pt-0 last:pb-0">
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <ForeignCode text={server.host} />
            {server.address === null ? null : <ForeignCode text={server.address} className="text-soft" />}
            {server.status === "not-asked" ? null : <OutcomeBadge state={STATES[server.status]} label={t(`report.delegation.status.${server.status}`)} />}
          </span>
          {server.status === "not-asked" ? <span className="text-soft">{t("report.delegation.status.not-asked")}</span> : null}
          {server.status === "answered" ? <Facts facts={heldBy(server, t)} /> : null}
        </li>
      ))}
    </ul>
  );
}

/** Only what the server itself told. */
function heldBy({ serial, spf, dmarc }: Server, t: Translator): readonly Fact[] {
  return [
    ...(serial === null ? [] : [{ name: t("report.delegation.serial"), value: serial }]),
    ...(spf === null ? [] : [{ name: t("report.delegation.spf"), value: <Records records={spf} t={t} /> }]),
    ...(dmarc === null ? [] : [{ name: t("report.delegation.dmarc"), value: <Records records={dmarc} t={t} /> }]),
  ];
}

function Records({ records, t }: { records: readonly string[]; t: Translator }) {
  if (records.length === 0) return <span className="text-soft">{t("report.delegation.noRecord")}</span>;
  return (
    <ul>
      {records.map((record, index) => (
        <li key={index}>
          <ForeignCode text={record} />
        </li>
      ))}
    </ul>
  );
}

function Remembered({ delegation: { ttls, negativeTtl }, t }: { delegation: Delegated; t: Translator }) {
  const negative = roundedWait(negativeTtl);
  const lines = ttls.map(({ name, seconds }) => ({ name, ...roundedWait(seconds) })).filter(({ unit }) => unit !== "");
  if (lines.length === 0 && negative.unit === "") return null;
  const value = (
    <ul className="grid gap-1">
      {lines.map(({ name, wait, unit }) => (
        <li key={name}>
          <RichText t={t} id="report.delegation.ttl" values={{ name: visibleText(name), wait, unit }} />
        </li>
      ))}
      {negative.unit === "" ? null : <li>{t("report.delegation.negative", { ...negative })}</li>}
    </ul>
  );
  return <Facts facts={[{ name: t("report.delegation.remembered"), value }]} />;
}

/** Beside a change: how long it may take to be seen everywhere. Null where that is not known. */
export function FixWait({ fix, delegation, t }: { fix: Report["fixes"][number]; delegation: Report["delegation"]; t: Translator }) {
  const known = delegation !== null && (fix.name === delegation.domain || fix.name === delegation.dmarcName);
  if (!known || fix.type !== "TXT" || fix.value === null) return null;
  const { wait, unit } = roundedWait(rememberedFor(delegation, fix.name, fix.replaces.length === 0 ? "either" : "record"));
  return unit === "" ? null : <p className="text-[0.9375rem] text-soft">{t("report.fix.wait", { wait, unit })}</p>;
}
