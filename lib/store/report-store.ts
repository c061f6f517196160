/**
 * Where reports are kept: immutable documents, each found by an id that cannot be guessed, until it expires or is deleted.
 *
 * The store's own faults (a full disk, a file that cannot be written) are values, because the diagnosis is still worth
 * showing when it cannot be saved. `sqlite-store.ts` keeps them in one file; another database is another implementation.
 */

import type { Report } from "../diagnosis/report.ts";

export interface StoreFault {
  /**
   * - `disk-full`: nothing more can be written. - `read-only`: the file or its folder may not be written.
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
  /** Keeps the report until its `expiresAt`. Once "saved", it survives the loss of power. `deleteToken` is never stored, only its hash. */
  save(report: Report, deleteTokenHash: string): Promise<{ readonly status: "saved" } | Faulty>;
  /** An expired report is absent, whether or not it has been swept. */
  load(id: string): Promise<{ readonly status: "found"; readonly report: Report } | { readonly status: "absent" } | Faulty>;
  remove(id: string, deleteToken: string): Promise<{ readonly status: "removed" | "wrong-token" | "absent" } | Faulty>;
  /** Frees what the expired reports take. */
  removeExpired(): Promise<{ readonly status: "swept"; readonly count: number } | Faulty>;
  /** Whether a report could be saved and loaded now. */
  ping(): Promise<{ readonly status: "ok" } | Faulty>;
  close(): void;
}
