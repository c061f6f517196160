/**
 * Reports that could not be saved: kept in this process's memory, so that they can be shown and saved later without asking DNS again.
 * They are tried by themselves every few seconds, the oldest first. Bounded in number and size; lost when the process ends.
 */

import type { Report } from "../diagnosis/report.ts";
import type { Faulty, ReportStore, StoreFault } from "./report-store.ts";
import { isDeleteToken } from "./secrets.ts";

const TRY_EVERY_MS = 2000;
const MOST_REPORTS = 500;
/** UTF-16 code units of JSON in all: about 64 MiB. */
const MOST_TEXT = 32 * 1024 * 1024;

interface Kept {
  readonly report: Report;
  readonly deleteTokenHash: string;
  readonly size: number;
}

interface Unsaved {
  /** Oldest first. */
  readonly reports: Map<string, Kept>;
  size: number;
  timer: NodeJS.Timeout | null;
  /** The saving that is under way. */
  saving: Promise<unknown>;
  /** What the last try met. */
  fault: StoreFault | null;
}

/** "absent": it is not (any more) among the unsaved: saved meanwhile, or given way to others. */
export type UnsavedOutcome = { readonly status: "saved" | "absent" } | Faulty;

declare global {
  var reboundUnsaved: Unsaved | undefined;
}

function ofThisProcess(): Unsaved {
  return (globalThis.reboundUnsaved ??= { reports: new Map(), size: 0, timer: null, saving: Promise.resolve(), fault: null });
}

/** `store` is asked anew at each try: it may have been opened since. */
export function keepUnsaved(report: Report, deleteTokenHash: string, fault: StoreFault, store: () => ReportStore): void {
  const unsaved = ofThisProcess();
  unsaved.fault = fault;
  const { deleteToken: _, ...kept } = report;
  const size = JSON.stringify(kept).length;
  unsaved.reports.set(report.id, { report: kept, deleteTokenHash, size });
  unsaved.size += size;
  for (const oldest of unsaved.reports.keys()) {
    if (unsaved.reports.size <= MOST_REPORTS && unsaved.size <= MOST_TEXT) break;
    drop(oldest);
  }
  unsaved.timer ??= tryingAgain(store);
}

function tryingAgain(store: () => ReportStore): NodeJS.Timeout {
  let isTrying = false;
  const attempt = async () => {
    if (isTrying) return;
    isTrying = true;
    await saveUnsaved(store());
    isTrying = false;
  };
  return setInterval(() => void attempt(), TRY_EVERY_MS).unref();
}

/** Why reports are waiting here; null when none is. */
export function unsavedFault(): StoreFault | null {
  const { reports, fault } = ofThisProcess();
  return reports.size === 0 ? null : fault;
}

/** Null when there is none of that id, or not any more. */
export function unsavedReport(id: string): Report | null {
  return ofThisProcess().reports.get(id)?.report ?? null;
}

/** As `ReportStore.remove`. The store is to be asked as well: a report may be in both, where a fault hid that it was saved. */
export async function forgetUnsaved(id: string, deleteToken: string): Promise<"removed" | "wrong-token" | "absent"> {
  await ofThisProcess().saving;
  const kept = ofThisProcess().reports.get(id);
  if (kept === undefined) return "absent";
  if (!isDeleteToken(deleteToken, kept.deleteTokenHash)) return "wrong-token";
  drop(id);
  return "removed";
}

/** One, or all until one cannot be saved. */
export function saveUnsaved(store: ReportStore, id?: string): Promise<UnsavedOutcome> {
  const unsaved = ofThisProcess();
  const saving = unsaved.saving.then(() => saveEach(store, id));
  unsaved.saving = saving;
  return saving;
}

async function saveEach(store: ReportStore, id: string | undefined): Promise<UnsavedOutcome> {
  const { reports } = ofThisProcess();
  let status: "saved" | "absent" = "absent";
  for (const [each, { report, deleteTokenHash }] of [...reports]) {
    if ((id !== undefined && each !== id) || !reports.has(each)) continue;
    const saved = await store.save(report, deleteTokenHash);
    if (saved.status === "fault") {
      ofThisProcess().fault = saved.fault;
      return saved;
    }
    drop(each);
    status = "saved";
  }
  return { status };
}

function drop(id: string): void {
  const unsaved = ofThisProcess();
  unsaved.size -= unsaved.reports.get(id)?.size ?? 0;
  unsaved.reports.delete(id);
  if (unsaved.reports.size > 0 || unsaved.timer === null) return;
  clearInterval(unsaved.timer);
  unsaved.timer = null;
}
