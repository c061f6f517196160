/** Where the record goes: the host that its zone is at, with the words of that host's own panel; else what is the same in every panel. */

import { unicodeDomain } from "../../lib/address/index.ts";
import type { Fix, Report } from "../../lib/diagnosis/report.ts";
import { dnsOfName, type ZoneDns } from "../../lib/hand-over/index.ts";
import type { MessageKey, Translator } from "../../lib/messages/translate.ts";
import type { DnsHost } from "../../lib/providers/dns-hosts/index.ts";
import { RichText } from "../ui/rich-text.tsx";
import { DnsHostSteps, hostName } from "./dns-host-steps.tsx";
import { hostField } from "./host-field.ts";
import { listed } from "./listed.ts";
import { visibleText } from "./visible-text.ts";

interface DnsHostGuideProps {
  fix: Fix;
  report: Report;
  t: Translator;
}

export function dnsHostHeading(report: Report, fix: Fix, t: Translator): string {
  const { found } = dnsOfName(report, fix.name);
  return found.status === "one" ? t("report.host.headingAt", { host: hostName(found.host, t) }) : t("report.host.heading");
}

export function DnsHostGuide({ fix, report, t }: DnsHostGuideProps) {
  const dns = dnsOfName(report, fix.name);
  const hosts = hostsOf(dns);
  const told = hosts.filter(({ panel }) => panel !== null);
  return (
    <div className="grid gap-4 text-[0.9375rem] leading-relaxed wrap-anywhere">
      <Where dns={dns} t={t} />
      {told.map((host) => (
        <div key={host.id} className="grid gap-2">
          {told.length > 1 ? <h4 className="font-semibold">{hostName(host, t)}</h4> : null}
          <DnsHostSteps host={host} fix={fix} zone={dns.zone} t={t} />
        </div>
      ))}
      {told.length > 0 ? null : <AnyPanel hosts={hosts} fix={fix} zone={dns.zone} t={t} />}
    </div>
  );
}

function hostsOf({ found }: ZoneDns): readonly DnsHost[] {
  if (found.status === "one") return [found.host];
  return found.status === "either" || found.status === "mixed" ? found.hosts : [];
}

function Where({ dns, t }: { dns: ZoneDns; t: Translator }) {
  const { found } = dns;
  if (found.status === "unseen") return null;
  const others = "others" in found ? listed(found.others.map(visibleText), t.locale) : "";
  const names = hostsOf(dns).map((host) => hostName(host, t));
  return (
    <p>
      <RichText t={t} id={whereKey(found, others)} values={{ zone: visibleText(unicodeDomain(dns.zone)), host: names[0] ?? "", hosts: names.length === 0 ? "" : listed(names, t.locale), others }} />
    </p>
  );
}

function whereKey(found: Exclude<ZoneDns["found"], { status: "unseen" }>, others: string): MessageKey {
  switch (found.status) {
    case "one":
      return "report.host.isAt";
    case "either":
      return "report.host.isEither";
    case "mixed":
      return others === "" ? "report.host.isMixed" : "report.host.isMixedOthers";
    case "unknown":
      return "report.host.isUnknown";
  }
}

/** The same five things go wrong in every DNS panel. */
function AnyPanel({ hosts, fix, zone, t }: { hosts: readonly DnsHost[]; fix: Fix; zone: string; t: Translator }) {
  const host = hostField(fix.name, zone);
  const spf = fix.finding.startsWith("spf.") && fix.type === "TXT";
  const steps: readonly MessageKey[] = [
    "report.host.open",
    host.short === null ? "report.host.fieldFull" : "report.host.field",
    ...(fix.replaces.length > 0 ? (["report.host.deleteOld"] as const) : []),
    ...(spf ? (["report.host.onlyOne"] as const) : []),
    "report.host.quotes",
    "report.host.ttl",
  ];
  return (
    <>
      {hosts.flatMap(({ notes }) => notes).map((note) => (
        <p key={note}>
          <RichText t={t} id={`dnsHosts.note.${note}`} />
        </p>
      ))}
      {hosts.length === 0 ? null : <p>{t("report.host.onlyNamed")}</p>}
      <ol className="grid list-decimal gap-2 pl-5 marker:text-soft">
        {steps.map((id) => (
          <li key={id}>
            <RichText t={t} id={id} values={{ zone: visibleText(unicodeDomain(zone)), host: host.short ?? host.full, full: host.full, type: fix.type ?? "TXT" }} />
          </li>
        ))}
      </ol>
    </>
  );
}
