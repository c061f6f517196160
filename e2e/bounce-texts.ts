/** How Gmail's refusals reach people: the dialogue itself, one line of it, a line of a Postfix log, a whole delivery report (RFC 3464). */

/** The end of every reply: where to read more, the session's id, and who speaks. */
const TOKENS = ["d2e1a72fcca58-7a1f0c2b9d4sm1822451b3a.27", "5b1f17b1804b1-45b7e3a91c2sm30127425e9.14", "98e67ed59e1d1-31a0c4f7b2esm7719804a91.8", "ffacd0b85a97d-3c2d17f0a64si9021173f8f.311"] as const;
const token = (seed: string) => TOKENS[seed.length % TOKENS.length] ?? TOKENS[0];

export interface Refusal {
  /** "550" */
  readonly code: string;
  readonly enhanced: string;
  /** The reply's lines, without codes and without the closing token. */
  readonly lines: readonly string[];
}

const SIGN_IN = "https://support.google.com/mail/answer/81126#authentication";

export const GMAIL = {
  /** The wrap inside "did not pass" is Gmail's own. */
  unauthenticated: (domain: string, ip: string): Refusal => ({
    code: "550",
    enhanced: "5.7.26",
    lines: [
      "Your email has been blocked because the sender is unauthenticated.", "Gmail requires all senders to authenticate with either SPF or DKIM.", "", " Authentication results:", " DKIM = did not pass",
      ` SPF [${domain}] with ip: [${ip}] = did not`, "pass", "", " For instructions on setting up authentication, go to", ` ${SIGN_IN}`,
    ],
  }),
  hardFail: (domain: string, ip: string): Refusal => ({
    code: "550",
    enhanced: "5.7.26",
    lines: [
      `The MAIL FROM domain [${domain}] has an SPF record with a hard`, `fail policy (-all) but it fails to pass SPF checks with the ip:`, `[${ip}]. To best protect our users from spam and phishing,`,
      "the message has been blocked. For more information, go to", SIGN_IN,
    ],
  }),
  dmarcPolicy: (domain: string): Refusal => ({
    code: "550",
    enhanced: "5.7.26",
    lines: [
      `Unauthenticated email from ${domain} is not accepted due to`, "domain's DMARC policy. Please contact the administrator of", `${domain} domain if this was a legitimate mail. To learn about`, "the DMARC initiative, go to",
      "https://support.google.com/mail/?p=DmarcRejection",
    ],
  }),
  notAligned: (): Refusal => ({
    code: "550",
    enhanced: "5.7.32",
    lines: [
      "Your email has been blocked because the From: header (RFC5322) in this", "message isn't aligned with either the authenticated SPF or DKIM", "organizational domain. To learn more about DMARC alignment, go to",
      "https://support.google.com/a?p=dmarc-alignment",
    ],
  }),
  dkimRequired: (domain: string, ip: string): Refusal => ({
    code: "550",
    enhanced: "5.7.30",
    lines: [
      "Your email has been blocked because DKIM does not pass. Gmail requires", "all large senders to authenticate with DKIM.", "", " Authentication results:", " DKIM = did not pass", ` SPF [${domain}] with ip: [${ip}] = pass`, "",
      " For instructions on setting up DKIM authentication, go to", " https://support.google.com/a?p=turn-on-dkim",
    ],
  }),
  dmarcRequired: (domain: string): Refusal => ({
    code: "550",
    enhanced: "5.7.40",
    lines: [
      "Your email has been blocked because there is no DMARC record, or the", `DMARC record has no policy, on the sending domain ${domain}.`, "To learn more about DMARC, go to", "https://support.google.com/a?p=turn-on-dmarc",
    ],
  }),
  missingPtr: (ip: string): Refusal => ({
    code: "550",
    enhanced: "5.7.25",
    lines: [
      `[${ip}] The IP address sending this message does not have a`, "PTR record setup, or the corresponding forward DNS entry does not", "point to the sending IP. As a policy, Gmail does not accept messages", "from IPs with missing PTR records. For more information, go to",
      "https://support.google.com/a?p=sender-guidelines-ip",
    ],
  }),
  ipv6: (ip: string): Refusal => ({
    code: "550",
    enhanced: "5.7.1",
    lines: [
      `[${ip}] Our system has detected that this`, "message does not meet IPv6 sending guidelines regarding PTR records", "and authentication. Please review", "https://support.google.com/mail/?p=IPv6AuthError for more information",
    ],
  }),
  suspiciousSpf: (): Refusal => ({
    code: "550",
    enhanced: "5.7.24",
    lines: ["The SPF record of the sending domain has one or more suspicious", "entries. To protect our users from spam, mail sent from your domain", "has been blocked. For more information, go to", SIGN_IN],
  }),
  lowReputation: (): Refusal => ({
    code: "550",
    enhanced: "5.7.1",
    lines: [
      "Our system has detected that this message is likely suspicious due to", "the very low reputation of the sending domain. To best protect our", "users from spam, the message has been blocked. Please visit", "https://support.google.com/mail/answer/188131 for more information.",
    ],
  }),
  recipientPolicy: (): Refusal => ({
    code: "550",
    enhanced: "5.7.1",
    lines: ["The user or domain that you are sending to (or from) has a policy that", "prohibited the mail that you sent. Please contact your domain", "administrator for further details. For more information, please visit", "https://support.google.com/a/answer/172179"],
  }),
  noSuchUser: (): Refusal => ({
    code: "550",
    enhanced: "5.1.1",
    lines: ["The email account that you tried to reach does not exist. Please try", "double-checking the recipient's email address for typos or", "unnecessary spaces. For more information, go to", "https://support.google.com/mail/?p=NoSuchUser"],
  }),
  unsolicitedRate: (ip: string): Refusal => ({
    code: "421",
    enhanced: "4.7.28",
    lines: [
      "Gmail has detected an unusual rate of unsolicited mail originating", `from your IP address [${ip}]. To protect our users from spam, mail sent`, "from your IP address has been temporarily rate limited. For more", "information, go to https://support.google.com/mail/?p=UnsolicitedRateLimitError",
    ],
  }),
} as const;

/** `550-5.7.26 …` line by line, as a transcript shows it. */
export function smtpReply({ code, enhanced, lines }: Refusal, closing = "gsmtp"): string {
  const all = lines.map((line, index) => `${code}${index === lines.length - 1 ? " " : "-"}${enhanced} ${line}`);
  return `${all.join("\n")} ${token(lines.join(""))} - ${closing}`;
}

/** All on one line, codes left in mid-line as some mailers do. */
export function oneLine(refusal: Refusal, closing = "gsmtp"): string {
  return smtpReply(refusal, closing).split("\n").map((line) => line.trimEnd()).join(" ");
}

export interface LogLine {
  readonly host: string;
  readonly from: string;
  readonly to: string;
  readonly queueId: string;
}

/** The two lines that `grep QUEUEID /var/log/mail.log` shows: who sent it, and what Gmail said. */
export function postfixLog(refusal: Refusal, { host, from, to, queueId }: LogLine): string {
  const stamp = `Nov 24 09:41:07 ${host.split(".")[0] ?? host}`;
  const status = refusal.code.startsWith("4") ? "deferred" : "bounced";
  return [
    `${stamp} postfix/qmgr[1180]: ${queueId}: from=<${from}>, size=4812, nrcpt=1 (queue active)`,
    `${stamp} postfix/smtp[21877]: ${queueId}: to=<${to}>, relay=gmail-smtp-in.l.google.com[142.250.27.27]:25, delay=1.4, delays=0.07/0.02/0.52/0.83, ` +
      `dsn=${refusal.enhanced}, status=${status} (host gmail-smtp-in.l.google.com[142.250.27.27] said: ${oneLine(refusal)} (in reply to end of DATA command))`,
  ].join("\n");
}

export interface Report {
  /** Who wrote the report. */
  readonly host: string;
  readonly to: string;
  readonly refusal: Refusal;
  /** Header lines of the returned message, top first. */
  readonly returned: readonly string[];
  /** "gcdp" for a rule of the recipient's administrator. */
  readonly closing?: string;
}

/** A delivery report as Postfix writes it, with the returned message's headers. */
export function deliveryReport({ host, to, refusal, returned, closing }: Report): string {
  const boundary = `4Xy${refusal.enhanced.replaceAll(".", "")}.1732441267/${host}`;
  return [
    `From: MAILER-DAEMON@${host} (Mail Delivery System)`, "Subject: Undelivered Mail Returned to Sender", `Date: Tue, 24 Nov 2026 09:41:07 +0000 (UTC)`, "MIME-Version: 1.0", "Auto-Submitted: auto-replied",
    `Content-Type: multipart/report; report-type=delivery-status;`, `\tboundary="${boundary}"`, "",
    `--${boundary}`, "Content-Description: Notification", "Content-Type: text/plain; charset=us-ascii", "",
    `This is the mail system at host ${host}.`, "", "I'm sorry to have to inform you that your message could not", "be delivered to one or more recipients. It's attached below.", "",
    `<${to}>: host gmail-smtp-in.l.google.com[142.250.27.27] said:`, ...smtpReply(refusal, closing).split("\n").map((line) => `    ${line}`), "    (in reply to end of DATA command)", "",
    `--${boundary}`, "Content-Description: Delivery report", "Content-Type: message/delivery-status", "",
    `Reporting-MTA: dns; ${host}`, "Arrival-Date: Tue, 24 Nov 2026 09:41:05 +0000 (UTC)", "",
    `Final-Recipient: rfc822; ${to}`, "Action: failed", `Status: ${refusal.enhanced}`, "Remote-MTA: dns; gmail-smtp-in.l.google.com", `Diagnostic-Code: smtp; ${oneLine(refusal, closing)}`, "",
    `--${boundary}`, "Content-Description: Undelivered Message Headers", "Content-Type: text/rfc822-headers", "", ...returned, "", `--${boundary}--`, "",
  ].join("\n");
}

/** A DKIM-Signature header as signers fold it; its hashes are of no message. */
export function signature(domain: string, selector: string): string {
  return [
    `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=${selector};`, "\tt=1795513265; h=from:to:subject:date:message-id;", "\tbh=g3zLYH4xKxcPrHOD18z9YfpQcnk/GaJedfustWU5uGs=;",
    "\tb=Qm5vdCBhIHJlYWwgc2lnbmF0dXJlLCBhIHNhbXBsZSBmb3IgdGVzdHMgb25seSwgaGFzaGVz", "\t IG9mIG5vIG1lc3NhZ2U=",
  ].join("\n");
}
