/** The report that a request names. */

import type { Report } from "../../lib/diagnosis/report.ts";
import { environment } from "../../lib/environment/index.ts";
import { isReportId, reportStore } from "../../lib/store/index.ts";
import type { ErrorFacts } from "./api-error.ts";
import { storeError } from "./make-report.ts";

/** What Next hands to a handler under `[id]`. */
export interface ReportParams {
  readonly params: Promise<{ readonly id: string }>;
}

export async function findReport(id: string): Promise<{ readonly ok: true; readonly report: Report } | { readonly ok: false; readonly error: ErrorFacts }> {
  if (!isReportId(id)) return { ok: false, error: { code: "not-found" } };
  const loaded = await reportStore(environment()).load(id);
  switch (loaded.status) {
    case "found":
      return { ok: true, report: loaded.report };
    case "absent":
      return { ok: false, error: { code: "not-found" } };
    case "fault":
      return { ok: false, error: storeError(loaded, "store-unavailable") };
  }
}
