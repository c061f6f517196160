/** A report as a row: what is written of it, and how it is read back. The same in every database. */

import { z } from "zod";
import { type Report, reportSchema } from "../diagnosis/report.ts";
import type { Faulty } from "./report-store.ts";

export interface ReportRow {
  readonly id: string;
  readonly schemaVersion: number;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Null: never. */
  readonly expiresAt: number | null;
}

export function rowOf(report: Report): ReportRow {
  const { deleteToken: _, ...kept } = report;
  return { id: kept.id, schemaVersion: kept.schemaVersion, body: JSON.stringify(kept), createdAt: Date.parse(kept.createdAt), expiresAt: kept.expiresAt === null ? null : Date.parse(kept.expiresAt) };
}

const storedRow = z.object({ schema_version: z.coerce.number(), body: z.string() });

export function readBack(row: unknown, id: string): { readonly status: "found"; readonly report: Report } | Faulty {
  const stored = storedRow.parse(row);
  // The one version so far. A later schema reads the earlier ones here.
  const report = reportSchema.safeParse(parseJson(stored.body));
  if (report.success) return { status: "found", report: report.data };
  const fields = report.error.issues.map((issue) => issue.path.join(".")).join(", ");
  return { status: "fault", fault: { kind: "corrupt", detail: `report ${id.slice(0, 6)}…, schema version ${stored.schema_version}, does not read back: ${fields || "not JSON"}` } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const storedSecret = z.object({ body: z.string(), delete_token_hash: z.string() });

/** Whether what is stored under the id is what was to be saved: then an earlier try succeeded unseen. */
export function savedBefore(row: unknown, { id, body }: ReportRow, deleteTokenHash: string): { readonly status: "saved" } | Faulty {
  const stored = storedSecret.safeParse(row);
  if (stored.success && stored.data.body === body && stored.data.delete_token_hash === deleteTokenHash) return { status: "saved" };
  return { status: "fault", fault: { kind: "unavailable", detail: `another report is stored as ${id.slice(0, 6)}…` } };
}
