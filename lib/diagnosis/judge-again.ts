/** A stored report judged once more, from what it holds of DNS and without asking anybody: the same evidence gives the same report. */

import { parseIp } from "../address/index.ts";
import { type Answer, type DnsStatus, evidenceResolver, recording, type RecordType } from "../dns/index.ts";
import { rediagnose } from "./diagnose.ts";
import type { Report } from "./report.ts";

/**
 * The report as the rules of today make it of its own evidence. What was only in the pasted text (a whole message's body and
 * signatures) is not kept, and so not judged again.
 */
export async function judgeAgain(report: Report): Promise<Report> {
  const answers = report.dns.answers.flatMap((stored) => storedAnswer(stored) ?? []);
  const again = await rediagnose(report, {
    dns: (hooks) => ({ ...recording(evidenceResolver(answers), hooks), servers: report.dns.servers, close: () => undefined }),
    id: report.id,
    url: report.url,
    now: new Date(report.createdAt),
    expiresAt: report.expiresAt === null ? null : new Date(report.expiresAt),
    delegation: report.delegation,
  });
  return { ...again, previous: report.previous, changed: report.changed };
}

/** Null for a type that is not asked for any more. */
export function storedAnswer({ name, type, status, records, ms }: Report["dns"]["answers"][number]): Answer | null {
  const known = status === "ok" ? null : status;
  switch (type) {
    case "A":
    case "AAAA":
    case "PTR":
    case "CNAME":
    case "NS":
      return known === null ? { status: "ok", name, type, records: type === "A" || type === "AAAA" ? records.filter((text) => parseIp(text) !== null) : records, ms } : failed(name, type, known, ms);
    case "TXT":
      return known === null ? { status: "ok", name, type, records: records.map((text) => [text]), ms } : failed(name, type, known, ms);
    case "MX":
      return known === null ? { status: "ok", name, type, records: records.map(storedMx), ms } : failed(name, type, known, ms);
    case "SOA":
      return known === null ? { status: "ok", name, type, records: records.map(storedSoa), ms } : failed(name, type, known, ms);
    default:
      return null;
  }
}

function failed(name: string, type: RecordType, status: Exclude<DnsStatus, "ok">, ms: number): Answer {
  return { status, name, type, records: [], ms };
}

/** `10 mail.shop.test`; the root is written as ".". */
function storedMx(text: string): { readonly preference: number; readonly exchange: string } {
  const [preference = "0", exchange = "."] = text.split(" ");
  return { preference: Number(preference), exchange: exchange === "." ? "" : exchange };
}

function storedSoa(text: string) {
  const [nsname = "", hostmaster = "", ...numbers] = text.split(" ");
  const [serial = 0, refresh = 0, retry = 0, expire = 0, minttl = 0] = numbers.map(Number);
  return { nsname, hostmaster, serial, refresh, retry, expire, minttl };
}
