/** The DKIM keys that were looked up, and whether the signature that named each holds. */

import type { ReactNode } from "react";
import type { Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { OutcomeBadge, type State } from "../ui/outcome-badge.tsx";
import { ForeignCode } from "./foreign.tsx";
import { wordFor } from "./say.ts";
import { Table } from "./table.tsx";

type Key = Report["dkim"][number];

const STATES: Readonly<Record<Key["status"], State>> = { valid: "pass", missing: "critical", revoked: "critical", invalid: "critical", weak: "critical", testing: "warning", unknown: "unknown" };

/** A guessed selector that finds nothing proves nothing: it is not shown as a fault. */
function stateOf({ status, source }: Key): State {
  return source === "guessed" && status === "missing" ? "unknown" : STATES[status];
}

/** What became of the signature that was pasted; a selector that was typed or guessed has none. */
function signatureOf({ source, verified }: Key, t: Translator): ReactNode {
  if (source !== "paste") return "–";
  if (verified === null) return <OutcomeBadge state="unknown" label={t("report.keys.unchecked")} />;
  return verified ? <OutcomeBadge state="pass" label={t("report.keys.held")} /> : <OutcomeBadge state="warning" label={t("report.keys.broken")} />;
}

export function DkimKeys({ keys, t }: { keys: readonly Key[]; t: Translator }) {
  if (keys.length === 0) return <p className="text-[0.9375rem] text-soft">{t("report.keys.none")}</p>;
  const hasSignatures = keys.some(({ source }) => source === "paste");
  return (
    <Table
      label={t("report.keys.heading")}
      rows={keys}
      columns={[
        { title: t("report.keys.name"), room: "rest", cell: (key) => <ForeignCode text={`${key.selector}._domainkey.${key.domain}`} /> },
        { title: t("report.keys.status"), room: "words", cell: (key) => <OutcomeBadge state={stateOf(key)} label={wordFor(t, "dkimStatus", key.status)} /> },
        { title: t("report.keys.key"), room: "word", cell: (key) => (key.keyType === null ? "–" : `${key.keyType.toUpperCase()}${key.bits === null ? "" : ` ${key.bits}`}`) },
        ...(hasSignatures ? [{ title: t("report.keys.signature"), room: "words" as const, cell: (key: Key) => signatureOf(key, t) }] : []),
        { title: t("report.keys.source"), room: "words", cell: (key) => <span className="text-soft">{wordFor(t, "dkimSource", key.source)}</span> },
      ]}
    />
  );
}
