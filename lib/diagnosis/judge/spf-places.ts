/** Where the SPF record stands, and what stands in its place: texts that only look like one, other names, aliases, wildcards; and names that should have a record too. */

import { organizationalDomain } from "../../address/index.ts";
import { nearRecord, type NearRecord } from "../../spf/near-record.ts";
import { isUnanswered } from "../../dns/resolver.ts";
import type { Assessment } from "../assessment.ts";
import { finding } from "../finding.ts";
import { seemsParked } from "../parked.ts";
import type { Finding } from "../report.ts";
import { unmadeName } from "../surroundings.ts";

export function judgeSpfPlaces(assessment: Assessment): Finding[] {
  if (isUnanswered(assessment.spf.txtStatus)) return [];
  const record = [...nearFindings(assessment), ...misplacedFindings(assessment), ...aliasFindings(assessment)];
  // What is only advice is for the domain's owner; the envelope may be a mailing service's.
  const isOwners = organizationalDomain(assessment.spf.domain) === organizationalDomain(assessment.subject.domain);
  return isOwners ? [...record, ...wildcardFindings(assessment), ...parkedFindings(assessment), ...hostFindings(assessment)] : record;
}

/** What the person who sees a record in the control panel has to hear first, where receivers see none. */
export function insteadOfRecord(assessment: Assessment): "near-record" | "misplaced" | "parked" | "" {
  const { spf } = assessment;
  if (nearRecords(spf).some(({ reason }) => reason !== "sender-id")) return "near-record";
  if (spf.around.misplaced !== null) return "misplaced";
  return seemsParked(assessment) ? "parked" : "";
}

/** Several are one mistake made several times. */
const MOST_NEAR = 3;

function nearRecords({ around }: Assessment["spf"]): readonly NearRecord[] {
  return around.texts.flatMap((text) => nearRecord(text) ?? []).slice(0, MOST_NEAR);
}

function nearFindings({ spf, indexOf }: Assessment): Finding[] {
  const { domain } = spf;
  const evidence = [indexOf(domain, "TXT")];
  // Beside a record that counts, such a text is only left over.
  const softer = spf.records.length > 0 ? ({ severity: "info", cost: 0 } as const) : undefined;
  return nearRecords(spf).map(({ reason, start }) => (reason === "sender-id" ? finding("spf.sender-id", { domain, term: start }, evidence) : finding("spf.near-record", { domain, reason, term: start }, evidence, softer)));
}

function misplacedFindings({ spf: { domain, around }, indexOf }: Assessment): Finding[] {
  const found = around.misplaced;
  if (found === null) return [];
  const asked = found.place === "wildcard" ? unmadeName(domain) : found.name;
  return [finding("spf.misplaced", { domain, name: found.name, reason: found.place, term: found.record }, [indexOf(domain, "TXT"), indexOf(asked, "TXT")])];
}

function aliasFindings({ spf: { domain, around }, indexOf }: Assessment): Finding[] {
  return around.alias === null ? [] : [finding("spf.alias", { domain, target: around.alias }, [indexOf(domain, "CNAME"), indexOf(domain, "TXT")])];
}

/** Where the wildcard holds the only SPF record, that is told as a record in the wrong place. */
function wildcardFindings({ spf: { domain, around }, indexOf }: Assessment): Finding[] {
  const [first] = around.wildcard;
  if (first === undefined || around.misplaced?.place === "wildcard") return [];
  const spf = around.wildcard.find((text) => /^v=spf1(?: |$)/i.test(text));
  return [finding("spf.wildcard", { domain, name: `*.${domain}`, term: spf ?? first, reason: spf === undefined ? "other" : "spf" }, [indexOf(unmadeName(domain), "TXT")])];
}

function parkedFindings(assessment: Assessment): Finding[] {
  const { spf: { domain }, indexOf } = assessment;
  return seemsParked(assessment) ? [finding("spf.parked", { domain }, [indexOf(domain, "TXT"), indexOf(domain, "MX")])] : [];
}

/** RFC 7208 section 10.1.3: a bounce has an empty envelope sender, and is judged by the name that the server greets with. */
function hostFindings({ spf: { domain, around }, indexOf }: Assessment): Finding[] {
  return around.hostsWithoutRecord.map((host) => finding("spf.host-without-record", { domain, host }, [indexOf(host, "TXT")]));
}
