/** The store that this process works with, opened at its first use, and what its callers need beside it. */

import type { Environment } from "../environment/index.ts";
import { openSqliteStore } from "./sqlite-store.ts";
import type { ReportStore, StoreFault } from "./report-store.ts";

export type { Faulty, ReportStore, StoreFault } from "./report-store.ts";
export { deleteTokenHash, isReportId, newDeleteToken, newReportId } from "./secrets.ts";
export { type Draft, keepDraft, readDraft } from "./drafts.ts";

const SWEEP_EVERY_MS = 60 * 60_000;

declare global {
  var reboundStores: Map<string, ReportStore> | undefined;
}

/**
 * One for each database and process, however often Next loads this module. While the database cannot be opened each call
 * tries again, and every method of what it returns answers with that fault.
 */
export function reportStore({ database }: Pick<Environment, "database">): ReportStore {
  const stores = (globalThis.reboundStores ??= new Map());
  const open = stores.get(database.path);
  if (open !== undefined) return open;
  const opened = openSqliteStore({ path: database.path });
  if (!opened.ok) return closedStore(opened.fault);
  stores.set(database.path, opened.store);
  void opened.store.removeExpired();
  setInterval(() => void opened.store.removeExpired(), SWEEP_EVERY_MS).unref();
  return opened.store;
}

function closedStore(fault: StoreFault): ReportStore {
  const faulty = () => Promise.resolve({ status: "fault" as const, fault });
  return { save: faulty, load: faulty, remove: faulty, removeExpired: faulty, ping: faulty, close: () => undefined };
}
