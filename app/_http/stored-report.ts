/** The report that a request names. */

import type { Report } from "../../lib/diagnosis/report.ts";
import { environment } from "../../lib/environment/index.ts";
import { forgetUnsaved, isReportId, type ReportStore, reportStore, unsavedReport } from "../../lib/store/index.ts";
import type { ErrorFacts } from "./api-error.ts";
import { storeError } from "./make-report.ts";
import { timed } from "./metrics.ts";

/** What Next hands to a handler under `[id]`. */
export interface ReportParams {
  readonly params: Promise<{ readonly id: string }>;
}

export type FoundReport = { readonly ok: true; readonly report: Report; /** It could not be saved yet. */ readonly unsaved: boolean } | { readonly ok: false; readonly error: ErrorFacts };

export async function findReport(id: string): Promise<FoundReport> {
  if (!isReportId(id)) return { ok: false, error: { code: "not-found" } };
  const loaded = await timed("load", reportStore(environment()).load(id));
  const unsaved = loaded.status === "found" ? null : unsavedReport(id);
  if (unsaved !== null) return { ok: true, report: unsaved, unsaved: true };
  switch (loaded.status) {
    case "found":
      return { ok: true, report: loaded.report, unsaved: false };
    case "absent":
      return { ok: false, error: { code: "not-found" } };
    case "fault":
      return { ok: false, error: storeError(loaded, "store-unavailable") };
  }
}

/** Whether a page about the report can be shown. While the store cannot be read nobody knows: that is for the page to say. */
export async function isReportGone(id: string): Promise<boolean> {
  if (!isReportId(id)) return true;
  if (unsavedReport(id) !== null) return false;
  return (await timed("has", reportStore(environment()).has(id))).status === "absent";
}

/** Takes a report away, wherever it is. */
export async function removeReport(id: string, deleteToken: string): ReturnType<ReportStore["remove"]> {
  const forgotten = await forgetUnsaved(id, deleteToken);
  if (forgotten === "wrong-token") return { status: forgotten };
  const removed = await timed("remove", reportStore(environment()).remove(id, deleteToken));
  return removed.status === "absent" ? { status: forgotten } : removed;
}
