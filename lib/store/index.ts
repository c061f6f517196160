/** The store that this process works with, opened at its first use, and what its callers need beside it. */

import type { Database, Environment } from "../environment/index.ts";
import { openPostgresStore } from "./postgres-store.ts";
import { openSqliteStore } from "./sqlite-store.ts";
import type { Faulty, Store, StoreFault } from "./report-store.ts";
import { saveUnsaved, type UnsavedOutcome } from "./unsaved.ts";

export type { Faulty, ReportStore, SharedState, StoreFault, WatchLeases } from "./report-store.ts";
export { deleteTokenHash, isReportId, newDeleteToken, newReportId } from "./secrets.ts";
export { JUDGING_MS, type MailTest, type MailTests, takesMail } from "./mail-tests.ts";
export type { Draft } from "./drafts.ts";
export { keepDraft, readDraft } from "./shared-drafts.ts";
export { forgetUnsaved, keepUnsaved, unsavedFault, unsavedReport } from "./unsaved.ts";

type Settings = Pick<Environment, "database">;

const SWEEP_EVERY_MS = 60 * 60_000;
/** What instances share is short-lived, and holds whom to count. */
const SHARED_SWEEP_EVERY_MS = 60_000;
/** While a file cannot be opened, trying at every request would hold up all of them. */
const REOPEN_AFTER_MS = 1000;

interface Stores {
  readonly open: Map<string, Store>;
  readonly failed: Map<string, { readonly fault: StoreFault; readonly until: number }>;
}

declare global {
  var reboundStores: Stores | undefined;
}

/**
 * One for each database and process, however often Next loads this module. While the database cannot be opened it is tried again
 * and again, and every method of what it returns answers with that fault.
 */
export function reportStore({ database }: Settings): Store {
  const { open, failed } = (globalThis.reboundStores ??= { open: new Map(), failed: new Map() });
  const key = database.kind === "sqlite" ? database.path : database.url;
  const known = open.get(key);
  if (known !== undefined) return known;
  const last = failed.get(key);
  if (last !== undefined && last.until > Date.now()) return closedStore(last.fault);
  const opened = openStore(database);
  if (!opened.ok) {
    failed.set(key, { fault: opened.fault, until: Date.now() + REOPEN_AFTER_MS });
    return closedStore(opened.fault);
  }
  const { store } = opened;
  open.set(key, store);
  const sweep = () => void Promise.all([store.removeExpired(), store.mailTests.removeExpired()]);
  sweep();
  setInterval(sweep, SWEEP_EVERY_MS).unref();
  if (store.shared !== null) setInterval(() => void store.shared?.removeExpired(), SHARED_SWEEP_EVERY_MS).unref();
  return store;
}

function openStore(database: Database): ReturnType<typeof openSqliteStore> {
  return database.kind === "sqlite" ? openSqliteStore({ path: database.path }) : { ok: true, store: openPostgresStore({ url: database.url }) };
}

function closedStore(fault: StoreFault): Store {
  const faulty = (): Promise<Faulty> => Promise.resolve({ status: "fault", fault });
  return { save: faulty, load: faulty, has: faulty, remove: faulty, removeExpired: faulty, ping: faulty, claimWatch: faulty, tellWatch: faulty, releaseWatch: faulty, watcherOf: faulty, mailTests: { open: faulty, find: faulty, take: faulty, settle: faulty, release: faulty, removeExpired: faulty }, shared: null, close: () => Promise.resolve() };
}

/** Saves now what could not be saved before. */
export async function saveAgain(settings: Settings, id: string): Promise<UnsavedOutcome> {
  return saveUnsaved(reportStore(settings), id);
}
