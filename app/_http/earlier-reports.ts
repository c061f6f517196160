/** The checks before a report: each follows another, back to the first. */

import type { Report } from "../../lib/diagnosis/report.ts";
import { findReport } from "./stored-report.ts";

const MOST_EARLIER = 20;

/** Newest first; ends where one is deleted, expired or cannot be read, and after twenty. */
export async function earlierReports(report: Report): Promise<readonly Report[]> {
  const chain: Report[] = [];
  for (let { previous } = report; previous !== null && chain.length < MOST_EARLIER; ) {
    const found = await findReport(previous);
    if (!found.ok || found.report.id === report.id) break;
    chain.push(found.report);
    previous = found.report.previous;
  }
  return chain;
}
