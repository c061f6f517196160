/** Everything that was looked at, for whoever wants to check our work. */

import type { ReactNode } from "react";
import type { Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { Card } from "../ui/card.tsx";
import { Disclosure } from "../ui/disclosure.tsx";
import { Alignment } from "./alignment.tsx";
import { BounceRead } from "./bounce-read.tsx";
import { DkimKeys } from "./dkim-keys.tsx";
import { Delegation } from "./delegation.tsx";
import { DnsAnswers } from "./dns-answers.tsx";
import { SpfTree } from "./spf-tree.tsx";
import { Transport } from "./transport.tsx";

export function Engineers({ report, t }: { report: Report; t: Translator }) {
  return (
    <section aria-labelledby="engineers" className="min-w-0">
      <h2 id="engineers" className="text-lg font-semibold">
        {t("report.engineers.heading")}
      </h2>
      <Card className="mt-3 divide-y divide-line overflow-hidden">
        <Part id="spf-tree" title={t("report.tree.heading")} open>
          <SpfTree report={report} t={t} />
        </Part>
        <Part id="alignment" title={t("report.alignment.heading")}>
          <Alignment report={report} t={t} />
        </Part>
        <Part id="dkim-keys" title={t("report.keys.heading")}>
          <DkimKeys keys={report.dkim} t={t} />
        </Part>
        <Part id="transport" title={t("report.transport.heading")}>
          <Transport report={report} t={t} />
        </Part>
        <Part id="delegation" title={t("report.delegation.heading")}>
          <Delegation delegation={report.delegation} t={t} />
        </Part>
        {report.bounce === null ? null : (
          <Part id="bounce" title={t("report.bounce.heading")}>
            <BounceRead bounce={report.bounce} report={report} t={t} />
          </Part>
        )}
      </Card>
    </section>
  );
}

/** Wide, because records are. */
export function AllAnswers({ report, t }: { report: Report; t: Translator }) {
  return (
    <section aria-labelledby="answers" className="min-w-0">
      <Card className="overflow-hidden">
        <Disclosure id="dns" variant="row" summary={<h2 id="answers" className="py-1 text-lg font-semibold">{t("report.dns.heading")}</h2>}>
          <div id="dns-part" className="scroll-mt-20">
            <DnsAnswers dns={report.dns} t={t} />
          </div>
        </Disclosure>
      </Card>
      <p className="mt-3 text-[0.9375rem] print:hidden">
        <a href={`/api/diagnoses/${report.id}`} className="text-accent underline underline-offset-2 hover:text-accent-strong">
          {t("report.engineers.json")}
        </a>
      </p>
    </section>
  );
}

function Part({ id, title, open = false, children }: { id: string; title: string; open?: boolean; children: ReactNode }) {
  return (
    <Disclosure id={id} variant="row" open={open} summary={<h3 className="py-1 font-semibold">{title}</h3>}>
      {/* A link to it unfolds the part: browsers open what holds the place that is led to. */}
      <div id={`${id}-part`} className="scroll-mt-20">
        {children}
      </div>
    </Disclosure>
  );
}
