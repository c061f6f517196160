/** Addresses for test mails: given out, and what has become of one. */

import { z } from "zod";
import { environment } from "../../lib/environment/index.ts";
import { isTestId, newTestId, testAddress, tokenHash, tokenOf } from "../../lib/mail-test/index.ts";
import { deleteTokenHash, JUDGING_MS, type MailTest, reportStore } from "../../lib/store/index.ts";
import type { ErrorFacts } from "./api-error.ts";
import { type Birth, newBirth, storeError } from "./make-report.ts";
import { publicOrigin } from "./origin.ts";

const LIFE_MS = 60 * 60_000;

export const newTestMailSchema = z.object({
  id: z.string(),
  /** Takes one mail. */
  address: z.string(),
  expiresAt: z.iso.datetime(),
  /** The page that waits for it. */
  url: z.string(),
  /** Deletes the report, once there is one. */
  deleteToken: z.string(),
});
export type NewTestMail = z.infer<typeof newTestMailSchema>;

export const testMailStateSchema = z.object({
  /** `received`: the report is there. `expired`: no mail came within the hour. */
  status: z.enum(["waiting", "received", "expired"]),
  /** Null once no mail is taken any more. */
  address: z.string().nullable(),
  expiresAt: z.iso.datetime(),
  /** When a mail came that is being judged. */
  arrivedAt: z.iso.datetime().nullable(),
  reportId: z.string().nullable(),
  reportUrl: z.string().nullable(),
});
export type TestMailState = z.infer<typeof testMailStateSchema>;

export type Opened = { readonly ok: true; readonly test: NewTestMail; /** Of the report to come. */ readonly birth: Birth } | { readonly ok: false; readonly error: ErrorFacts };

export async function openTestMail(request: Request): Promise<Opened> {
  const settings = environment();
  if (settings.mail === null) return { ok: false, error: { code: "no-test-mails" } };
  const id = newTestId();
  const birth = newBirth();
  const expiresAt = new Date(birth.now.getTime() + LIFE_MS);
  const token = tokenOf(id);
  const origin = publicOrigin(request, settings);
  const opened = await reportStore(settings).mailTests.open({ tokenHash: tokenHash(token), reportId: birth.id, deleteTokenHash: deleteTokenHash(birth.deleteToken), origin, createdAt: birth.now, expiresAt });
  if (opened.status === "fault") return { ok: false, error: storeError(opened, "store-unavailable") };
  return { ok: true, birth, test: { id, address: testAddress(token, settings.mail.domain), expiresAt: expiresAt.toISOString(), url: `${origin}/test/${id}`, deleteToken: birth.deleteToken } };
}

export type FoundTestMail = { readonly ok: true; readonly state: TestMailState } | { readonly ok: false; readonly error: ErrorFacts };

export async function findTestMail(id: string): Promise<FoundTestMail> {
  const settings = environment();
  if (settings.mail === null || !isTestId(id)) return { ok: false, error: { code: "not-found" } };
  const token = tokenOf(id);
  const found = await reportStore(settings).mailTests.find(tokenHash(token));
  if (found.status === "fault") return { ok: false, error: storeError(found, "store-unavailable") };
  return found.status === "absent" ? { ok: false, error: { code: "not-found" } } : { ok: true, state: stateOf(found.test, testAddress(token, settings.mail.domain), new Date()) };
}

function stateOf({ reportId, origin, expiresAt, takenAt, judgedAt }: MailTest, address: string, now: Date): TestMailState {
  const about = { expiresAt: expiresAt.toISOString(), arrivedAt: takenAt?.toISOString() ?? null };
  if (judgedAt !== null) return { ...about, status: "received", address: null, reportId, reportUrl: `${origin}/r/${reportId}` };
  // A mail that came in time may still be being judged.
  const judging = takenAt !== null && now.getTime() - takenAt.getTime() < JUDGING_MS;
  const over = expiresAt <= now && !judging;
  return { ...about, status: over ? "expired" : "waiting", address: over ? null : address, reportId: null, reportUrl: null };
}
