/**
 * Addresses for test mails: each takes one mail, within its time, whichever process it comes to. Written over the few calls of SQL that
 * every database has, with "?" for values.
 */

import { z } from "zod";
import type { Faulty } from "./report-store.ts";

export interface NewMailTest {
  /** Of the token in the address. */
  readonly tokenHash: string;
  /** Under which the report will be found. Told to nobody before there is one. */
  readonly reportId: string;
  readonly deleteTokenHash: string;
  /** `https://rebound.example.com`: prefix of the report's permalink, since SMTP has no URL of ours. */
  readonly origin: string;
  readonly createdAt: Date;
  /** No mail is taken from then on. */
  readonly expiresAt: Date;
}

export interface MailTest extends NewMailTest {
  /** When a mail came that is being judged, or was. */
  readonly takenAt: Date | null;
  /** When its report was stored. */
  readonly judgedAt: Date | null;
}

export interface MailTests {
  open(test: NewMailTest): Promise<{ readonly status: "opened" } | Faulty>;
  /** Used and expired ones too, for a day. */
  find(tokenHash: string): Promise<{ readonly status: "found"; readonly test: MailTest } | { readonly status: "absent" } | Faulty>;
  /** Of several who ask at once, one is told "taken"; it must `settle` or `release`. */
  take(tokenHash: string): Promise<{ readonly status: "taken"; readonly test: MailTest } | { readonly status: "refused" } | Faulty>;
  /** The report is stored: the address is used up. */
  settle(tokenHash: string): Promise<{ readonly status: "settled" } | Faulty>;
  /** No report came of it: the sender may try again. */
  release(tokenHash: string): Promise<{ readonly status: "released" } | Faulty>;
  /** Frees what those take that have been over for a day. */
  removeExpired(): Promise<{ readonly status: "swept" } | Faulty>;
}

/** What is asked of a database. May throw; `attempt` makes values of it. */
export interface Sql {
  /** The number of rows that changed. */
  run(text: string, values: readonly (string | number)[]): Promise<number>;
  /** The first row; undefined where there is none. */
  row(text: string, values: readonly (string | number)[]): Promise<unknown>;
  attempt<T>(work: () => Promise<T>): Promise<T | Faulty>;
}

/** A process that died while it judged a mail holds the address no longer than this: sending servers try again after some minutes. */
export const JUDGING_MS = 2 * 60_000;
const KEPT_MS = 24 * 60 * 60_000;

// Some databases hand out large integers as text.
const integer = z.coerce.number();
const storedTest = z.object({ token_hash: z.string(), report_id: z.string(), delete_token_hash: z.string(), origin: z.string(), created_at: integer, expires_at: integer, taken_at: integer.nullable(), judged_at: integer.nullable() });

const SELECT = "SELECT token_hash, report_id, delete_token_hash, origin, created_at, expires_at, taken_at, judged_at FROM mail_test WHERE token_hash = ?";

export function mailTestsOver(sql: Sql, now: () => Date): MailTests {
  const find = async (tokenHash: string): Promise<MailTest | null> => {
    const row = await sql.row(SELECT, [tokenHash]);
    return row === undefined ? null : testOf(row);
  };
  return {
    open: ({ tokenHash, reportId, deleteTokenHash, origin, createdAt, expiresAt }) =>
      sql.attempt(async () => {
        // Said again after a fault that hid how the first time ended: nobody else has this token.
        await sql.run("INSERT INTO mail_test (token_hash, report_id, delete_token_hash, origin, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (token_hash) DO NOTHING", [tokenHash, reportId, deleteTokenHash, origin, createdAt.getTime(), expiresAt.getTime()]);
        return { status: "opened" } as const;
      }),

    find: (tokenHash) =>
      sql.attempt(async () => {
        const test = await find(tokenHash);
        return test === null ? ({ status: "absent" } as const) : ({ status: "found", test } as const);
      }),

    take: (tokenHash) =>
      sql.attempt(async () => {
        const at = now().getTime();
        const changed = await sql.run("UPDATE mail_test SET taken_at = ? WHERE token_hash = ? AND judged_at IS NULL AND expires_at > ? AND (taken_at IS NULL OR taken_at < ?)", [at, tokenHash, at, at - JUDGING_MS]);
        const test = changed === 1 ? await find(tokenHash) : null;
        return test === null ? ({ status: "refused" } as const) : ({ status: "taken", test } as const);
      }),

    settle: (tokenHash) =>
      sql.attempt(async () => {
        await sql.run("UPDATE mail_test SET judged_at = ? WHERE token_hash = ?", [now().getTime(), tokenHash]);
        return { status: "settled" } as const;
      }),

    release: (tokenHash) =>
      sql.attempt(async () => {
        await sql.run("UPDATE mail_test SET taken_at = NULL WHERE token_hash = ? AND judged_at IS NULL", [tokenHash]);
        return { status: "released" } as const;
      }),

    removeExpired: () =>
      sql.attempt(async () => {
        await sql.run("DELETE FROM mail_test WHERE expires_at < ?", [now().getTime() - KEPT_MS]);
        return { status: "swept" } as const;
      }),
  };
}

function testOf(row: unknown): MailTest {
  const stored = storedTest.parse(row);
  const date = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
  return {
    tokenHash: stored.token_hash, reportId: stored.report_id, deleteTokenHash: stored.delete_token_hash, origin: stored.origin,
    createdAt: new Date(stored.created_at), expiresAt: new Date(stored.expires_at), takenAt: date(stored.taken_at), judgedAt: date(stored.judged_at),
  };
}

/** Whether a mail to the address would be taken now. */
export function takesMail({ judgedAt, takenAt, expiresAt }: MailTest, now: Date): boolean {
  return judgedAt === null && expiresAt > now && (takenAt === null || now.getTime() - takenAt.getTime() > JUDGING_MS);
}
