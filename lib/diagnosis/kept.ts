/** What of a reading is kept: never a mailbox's local part (unless that was asked for), a subject, a body, a credential or a host of somebody's inside. */

import { excerpt, isDateText } from "../bounce/excerpt.ts";
import { isInsideName, withoutInsideHosts } from "../bounce/inside.ts";
import type { MessageForm } from "../bounce/message-form.ts";
import type { Bounce, Details, Reading, Subject } from "../bounce/reading.ts";
import type { DiagnosisRequest, ReportBounce } from "./report.ts";

const OTHERS_MAX = 20;

export interface Kept {
  readonly subject: Subject;
  readonly bounce: ReportBounce | null;
  readonly form: MessageForm | null;
}

/** Made before anything is looked up, so that no host of the inside is asked about either. */
export function keptOf({ subject, bounce, details, form = null }: Extract<Reading, { ok: true }>, { input, keepAddresses = false }: DiagnosisRequest): Kept {
  return { subject: withoutInsideHosts(subject), bounce: bounce === null ? null : keptBounce(bounce, details, input, keepAddresses), form };
}

function keptBounce(bounce: Bounce, details: Details | null, raw: string, keepAddresses: boolean): ReportBounce {
  if (details === null) return { ...bounce, details: null, addressesKept: keepAddresses, excerpt: null, others: [] };
  const { confidence, recipient, provider, time, queueId, messageIdHost, places, groups } = details;
  const found = excerpt({ raw, places, reply: bounce.text, keepAddresses });
  return {
    ...bounce,
    details: {
      confidence,
      recipient: outside(recipient),
      provider,
      time: time !== null && isDateText(time) ? time : null,
      queueId,
      messageIdHost: outside(messageIdHost),
    },
    addressesKept: keepAddresses,
    excerpt: found === null ? null : { ...found, marks: [...found.marks] },
    others: groups.slice(1).filter(({ text }) => text !== "").slice(0, OTHERS_MAX).map(({ count, domain, ip, rule, enhancedCode, text }) => ({ count, domain, sendingIp: ip, rule, enhancedCode, text })),
  };
}

function outside(name: string | null): string | null {
  return name === null || isInsideName(name) ? null : name;
}
