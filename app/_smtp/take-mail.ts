/** A mail that came to a test address → a stored report. The address is used up by a report, and by nothing less. */

import { diagnoseArrived } from "../../lib/diagnosis/diagnose.ts";
import { environment } from "../../lib/environment/index.ts";
import { arrivedMessage, type ReceivedMail, tokenHash } from "../../lib/mail-test/index.ts";
import { type Faulty, type MailTest, type MailTests, reportStore, takesMail } from "../../lib/store/index.ts";
import { doors } from "../_http/admission.ts";
import { logFault, logStoreFault } from "../_http/log.ts";
import { reportExpiry, tellOf } from "../_http/make-report.ts";
import { resolverAsSet } from "../_http/name-server-at.ts";

/** - `judged`: the report is stored. - `refused`: the address is unknown, used or over. - `nobody`: the mail names no domain. - `later`: a fault of ours. */
export type Taking = "judged" | "refused" | "nobody" | "later";

/** Whether a mail to the address with this token would be taken now. */
export async function isWaiting(token: string): Promise<"waiting" | "refused" | "later"> {
  const found = await store().mailTests.find(tokenHash(token));
  if (found.status === "fault") return later(found);
  return found.status === "found" && takesMail(found.test, new Date()) ? "waiting" : "refused";
}

export async function takeMail(token: string, mail: ReceivedMail): Promise<Taking> {
  const { mailTests } = store();
  const message = arrivedMessage(mail);
  if (message === null) return "nobody";
  const hash = tokenHash(token);
  const taken = await mailTests.take(hash);
  if (taken.status === "fault") return later(taken);
  if (taken.status === "refused") return "refused";
  const place = await doors().diagnoses.enter();
  if (place === null) {
    await mailTests.release(hash);
    return "later";
  }
  try {
    return await judge(message, taken.test, mailTests);
  } catch (error) {
    logFault(error);
    await mailTests.release(hash);
    return "later";
  } finally {
    place.leave();
  }
}

async function judge(message: NonNullable<ReturnType<typeof arrivedMessage>>, { tokenHash: hash, reportId, deleteTokenHash, origin }: MailTest, mailTests: MailTests): Promise<Taking> {
  const now = new Date();
  const report = await diagnoseArrived(message, {
    dns: resolverAsSet,
    id: reportId,
    url: `${origin}/r/${reportId}`,
    now,
    expiresAt: reportExpiry(now),
  });
  tellOf(report);
  const saved = await store().save(report, deleteTokenHash);
  if (saved.status === "fault") {
    await mailTests.release(hash);
    return later(saved);
  }
  const settled = await mailTests.settle(hash);
  // The report is there all the same; a second mail would find its id taken.
  if (settled.status === "fault") later(settled);
  return "judged";
}

function store() {
  return reportStore(environment());
}

function later({ fault }: Faulty): "later" {
  logStoreFault(fault);
  return "later";
}
