/** A mail as it came over SMTP → what is to be judged. What others must guess from a header is known here: address, greeting, envelope, TLS. */

import { type Domain, type IpAddress, isPublicIp, parseDomain, parseIp } from "../address/index.ts";
import { headerBlock, readHeaders } from "../bounce/headers.ts";
import { withoutInsideHosts } from "../bounce/inside.ts";
import type { Subject } from "../bounce/reading.ts";
import type { ArrivedMessage } from "../diagnosis/diagnose.ts";
import type { TestMail } from "../diagnosis/report.ts";

export interface ReceivedMail {
  readonly ip: IpAddress;
  /** As it was said. */
  readonly helo: string;
  /** The reverse-path without its angle brackets; "" for the null one. */
  readonly mailFrom: string;
  readonly tls: TestMail["tls"];
  readonly tlsOffered: boolean;
  readonly octets: Uint8Array;
}

/** Longer headers are not read to their end; nobody's is. */
const HEADER_MAX = 256 * 1024;

/** Null where neither author, envelope nor greeting names a domain: then there is nobody whose mail it could be. */
export function arrivedMessage({ ip, helo, mailFrom, tls, tlsOffered, octets }: ReceivedMail): ArrivedMessage | null {
  const headers = readHeaders(headerBlock(headerText(octets)));
  const greeted = domainOf(helo);
  // RFC 7208 section 2.4: for the null reverse-path, SPF's sender is postmaster at the name of the greeting.
  const envelope = mailFrom === "" ? greeted : domainOf(mailFrom.slice(mailFrom.lastIndexOf("@") + 1));
  const domain = headers.headerFrom ?? envelope ?? greeted;
  if (domain === null) return null;
  const subject: Subject = { kind: "message", domain, sendingIp: isPublicIp(ip) ? ip : null, sendingIpFrom: isPublicIp(ip) ? "smtp" : null, mailFrom: envelope, headerFrom: headers.headerFrom, helo: helo === "" ? null : helo, dkim: headers.dkim, selectors: [], headersSeen: true, relays: headers.relays };
  return {
    // What a server calls itself when it speaks to strangers is nobody's secret; what stands behind it is.
    subject: { ...withoutInsideHosts(subject), helo: subject.helo },
    form: { ...headers.form, overTls: tls === null ? (tlsOffered ? false : null) : true },
    octets,
    arrival: { ip, tls, tlsOffered, nullSender: mailFrom === "", octets: octets.length },
  };
}

function domainOf(text: string): Domain | null {
  if (parseIp(text) !== null) return null;
  const parsed = parseDomain(text);
  return parsed.ok ? parsed.domain : null;
}

/** Decoded as UTF-8 (RFC 6532), up to the empty line. */
function headerText(octets: Uint8Array): string {
  const text = new TextDecoder().decode(octets.subarray(0, HEADER_MAX)).replace(/\r\n?/g, "\n").replace(/^\n+/, "");
  const end = text.indexOf("\n\n");
  return end === -1 ? text : text.slice(0, end);
}
