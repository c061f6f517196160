/**
 * Where reports are kept: immutable documents, each found by an id that cannot be guessed, until it expires or is deleted; and beside
 * them what several instances have to know of each other.
 *
 * The store's own faults (a full disk, a file that cannot be written, a server that is gone) are values, because the diagnosis is
 * still worth showing when it cannot be saved. `sqlite-store.ts` keeps everything in one file, `postgres-store.ts` in a database that
 * many instances share; the tests hold both to the same.
 */

import type { Report } from "../diagnosis/report.ts";
import type { MailTests } from "./mail-tests.ts";

export interface StoreFault {
  /**
   * - `disk-full`: nothing more can be written. - `read-only`: the file, its folder or the database may not be written.
   * - `locked`: another program held the database too long. - `corrupt`: what is stored cannot be read back.
   * - `unavailable`: anything else.
   */
  readonly kind: "disk-full" | "read-only" | "locked" | "corrupt" | "unavailable";
  /** For the operator's log, never for users. */
  readonly detail: string;
}

export interface Faulty {
  readonly status: "fault";
  readonly fault: StoreFault;
}

export interface ReportStore {
  /**
   * Keeps the report until its `expiresAt`. Once "saved", it survives the loss of power. `deleteToken` is never stored, only its hash.
   * The same report may be saved again, as after a fault that hid how the first time ended.
   */
  save(report: Report, deleteTokenHash: string): Promise<{ readonly status: "saved" } | Faulty>;
  /** An expired report is absent, whether or not it has been swept. */
  load(id: string): Promise<{ readonly status: "found"; readonly report: Report } | { readonly status: "absent" } | Faulty>;
  /** Whether `load` would find it, at a fraction of the cost: a page that is drawn already needs no more. */
  has(id: string): Promise<{ readonly status: "found" | "absent" } | Faulty>;
  remove(id: string, deleteToken: string): Promise<{ readonly status: "removed" | "wrong-token" | "absent" } | Faulty>;
  /** Frees what the expired reports take. */
  removeExpired(): Promise<{ readonly status: "swept"; readonly count: number } | Faulty>;
  /** Whether a report could be saved and loaded now. */
  ping(): Promise<{ readonly status: "ok" } | Faulty>;
}

/**
 * Who looks after a report until when. A watch is one holder's at a time: of several instances one asks DNS, and when it ends without a
 * word the watch is free as soon as its time is up.
 */
export interface WatchLeases {
  /** "held": it is another's, until then. A holder's own is prolonged, and keeps its state; another's state goes with its lease. */
  claimWatch(reportId: string, holder: string, until: Date): Promise<{ readonly status: "claimed" } | { readonly status: "held"; readonly until: Date } | Faulty>;
  /** What other instances are to tell their viewers, as text. "lost": it ran out and was taken, or released. */
  tellWatch(reportId: string, holder: string, state: string): Promise<{ readonly status: "told" | "lost" } | Faulty>;
  /** Another's is left alone. */
  releaseWatch(reportId: string, holder: string): Promise<{ readonly status: "released" } | Faulty>;
  /** `state` null: nothing was told yet. */
  watcherOf(reportId: string): Promise<{ readonly status: "watched"; readonly holder: string; readonly until: Date; readonly state: string | null } | { readonly status: "free" } | Faulty>;
}

/** What instances behind one balancer have in common, and one process alone keeps in its memory. */
export interface SharedState {
  /** Counts one more of `key` in its present stretch of `windowMs`, which begins with the first. Times are in milliseconds since 1970. */
  count(key: string, windowMs: number): Promise<{ readonly status: "counted"; readonly count: number; readonly endsAt: number } | Faulty>;
  /** "full": there are too many already. */
  keepSealed(name: string, sealed: Uint8Array, until: number): Promise<{ readonly status: "kept" | "full" } | Faulty>;
  readSealed(name: string): Promise<{ readonly status: "found"; readonly sealed: Uint8Array } | { readonly status: "absent" } | Faulty>;
  removeExpired(): Promise<{ readonly status: "swept" } | Faulty>;
}

export interface Store extends ReportStore, WatchLeases {
  /** Addresses for test mails. */
  readonly mailTests: MailTests;
  /** Null: only this machine's processes are there to share with, and each counts for itself. */
  readonly shared: SharedState | null;
  /** Everything is answered with a fault from then on. */
  close(): Promise<void>;
}
