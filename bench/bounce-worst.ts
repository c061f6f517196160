/** How long the reader takes over the worst pastes that were found: 256 KiB of one token over and over, alone and behind the start of what they belong to. */

import { read } from "../lib/bounce/read.ts";

const BYTES = 256 * 1024 - 1;

/** Each is repeated until the paste is full. */
export const HOSTILE_UNITS: readonly (readonly [name: string, unit: string])[] = [
  ["letters", "a"], ["blanks", " "], ["blanks behind a letter", `a${" ".repeat(500)}`], ["tabs and ends", " \t\n"], ["at signs", "@"], ["brackets", "["], ["closed brackets", "[]"], ["addresses in brackets", "[192.0.2.7 "], ["angles", "<"], ["quotes", '"'], ["dots", "a."], ["long names", "a-"], ["digits", "5"],
  ["codes", "550-5.7.26 "], ["codes in lines", "550-5.7.26 This mail is unauthenticated\n"], ["codes of many kinds", "550-5.7.26 x\n421-4.7.0 y\n"], ["lone codes", "550 Refused\n"], ["tokens", "550-5.7.26 x - gsmtp\n"], ["tokens without codes", "- gsmtp "], ["whole replies", "550-5.7.26 Your email has been blocked because the sender is unauthenticated.\n550-5.7.26 SPF [oak-barn.test] with ip: [192.0.2.7] = did not pass\n550 5.7.26 x1 - gsmtp\n"],
  ["replies of many senders", "MAIL FROM:<a@b.test>\n550-5.7.1 [192.0.2.7] likely unsolicited mail\n550 5.7.1 x1 - gsmtp\n"], ["SPF", "SPF["], ["SPF with an address", "SPF [a.test] with ip: ["], ["SPF checks", "SPF check for ["], ["DKIM", "DKIM = "], ["sending domain", "sending domain "], ["unauthenticated email", "Unauthenticated email from "], ["rejected senders", "<a@b.test>: Sender address "],
  ["equals at ends", "=\n"], ["quoted-printable blanks", "=20"], ["quoted-printable lines", "=20=3D=\n"], ["quoted-printable equals", "=3D"], ["entities", "&lt;"], ["numeric entities", "&#60;"], ["ampersands", "&"], ["tags", "<div"], ["closed tags", "<div>"], ["breaks", "<br>"], ["styles", "<style"], ["links", "<http:"], ["clickable names", "a.test<http://a.test>"], ["Markdown links", "[a](http:"], ["escapes", "\\n\\r"], ["escaped quotes", '\\"'], ["colours", "\u001B[31m"],
  ["full-width", "\uFF20"], ["full-width codes", "５５０"], ["zero-width", "a\u200B"], ["no-break blanks", "\u00A0"], ["smart quotes", "\u2019"], ["Japanese", "配信できませんでした。"], ["joiners", "a\u200C"],
  ["addresses", "a@b.test,"], ["addresses in angles", "<a@b.test>: "], ["domains", "a.test "], ["many domains", "ab1.test cd2.example "], ["colons", "::"], ["IPv6", "2001:db8::1 "], ["IPv4", "192.0.2.7 "],
  ["From lines", "From: a@b.test\n"], ["mailers' From lines", "From: MAILER-DAEMON@b.test\n"], ["headers", "From: a@b.test\nTo: c@d.test\nMessage-ID: <1@e.test>\n\n"], ["folds", "Received: from a\n\tby b\n"], ["Received", "Received: from a (b [192.0.2.7]) by c\n"], ["signatures", "DKIM-Signature: v=1; d=a.test; s=b\n"], ["long field names", "Abcdefghij-Klmnop"], ["fields", "A: b\n"], ["Return-Path", "Return-Path: <"], ["MAIL FROM", "MAIL FROM:<"], ["MAIL FROM lines", "MAIL FROM:<a@b.test>\n"], ["EHLO", "EHLO a "], ["HELO names", "EHLO a.test\n"],
  ["boundaries", "--x\nContent-Type: text/plain\n\n"], ["nested boundaries", "--x\nContent-Type: multipart/mixed; boundary=x\n\n"], ["nested messages", "Content-Type: message/rfc822\n\n"], ["report fields", "Final-Recipient: rfc822; a\nDiagnostic-Code: smtp; 550 5.7.1\n\n"], ["Diagnostic-Code lines", "Diagnostic-Code: smtp; 550 5.7.1 no\n"],
  ["Postfix lines", "Nov 24 09:41:07 m postfix/smtp[1]: 4Xy71h3Jt8z7r: to=<a@b.test>, status=bounced (host x[1.2.3.4] said: 550-5.7.1 no)\n"], ["Postfix, Gmail's reply", "Nov 24 09:41:07 m postfix/smtp[1]: 4Xy71h3Jt8z7r: to=<a@gmail.com>, relay=g[142.250.27.27]:25, dsn=5.7.1, status=bounced (host gmail-smtp-in.l.google.com[142.250.27.27] said: 550-5.7.1 [192.0.2.7      12] Our system has detected that this message is 550-5.7.1 likely unsolicited mail. x1 - gsmtp (in reply to end of DATA command))\n"],
  ["queue ids", "Nov 24 09:41:07 m postfix/qmgr[1]: 4Xy71h3Jt8z7r: from=<a@b.test>, size=1\n"], ["Exim's arrivals", "1rA2bC-0004Xy-7h <= "], ["Exim's lines", "2026-11-24 09:41:07 1rA2bC-0004Xy-7h ** a@gmail.com R=dnslookup T=remote_smtp H=g.google.com [142.250.27.27]: SMTP error from remote mail server after end of data: 550-5.7.1 no\n"], ["sendmail's lines", "stat=550 mailer="], ["qmail's deliveries", "delivery 1: failure: 1.2.3.4_Remote_host_said:_550_5.7.1_no/\n"], ["OpenSMTPD", 'evpid=1a2b3c4d from=<a@b.test> '], ["mailq", "53E6510D85C 1 Tue Nov 24 09:41:04 a@b.test\n(550 5.7.1 no)\n"], ["cPanel", "Sent Time Spam Score Router\n"], ["CSV", 'type,dsnDiag,dlvSourceIp\nb,"550 5.7.1 no",192.0.2.7\n'],
  ["quoting", "> "], ["quoted lines", "> > a\n"], ["dialogue marks", "<- "], ["full lines", `${"a".repeat(72)}\n`], ["braces", "{"], ["closed braces", "{}"], ["broken objects", "{a}"], ["nested objects", '{"a":'], ["JSON lists", "["], ["JSON", '{"bouncedRecipients":['], ["events", '{"event":"bounce","email":"a@b.test","reason":"550 5.7.1 no","sg_event_id":"1"}\n'], ["other events", '{"event":"x","reason":"550 5.7.1 no - gsmtp","to":"a@b.test"}\n'], ["strings of JSON", '{"a":"{\\"b\\":1}"}'], ["quotes of JSON", '“a”:{'],
];

/** What stands before the tokens: nothing, a reply, a report, a log. */
export const BEGINNINGS: readonly string[] = [
  "",
  "550-5.7.26 This mail is unauthenticated, ",
  'From: a@b.test\nTo: c@d.test\nMIME-Version: 1.0\nContent-Type: multipart/report; boundary="x"\n\n--x\n',
  'From: a@b.test\nTo: c@d.test\nMIME-Version: 1.0\nContent-Type: multipart/report; boundary="x"\n\n--x\n\n550-5.7.26 x - gsmtp\n',
  "Nov 24 09:41:07 m postfix/smtp[1]: 4Xy71h3Jt8z7r: to=<a@b.test>, status=bounced (host x[1.2.3.4] said: 550-5.7.1 ",
  "MAIL FROM:<a@b.test>\n550-5.7.26 SPF [a.test] with ip: [192.0.2.7] = did not pass x - gsmtp\n",
  '{"x":"',
  "53E6510D85C 1 Tue Nov 24 09:41:04 a@b.test\n(host x[1.2.3.4] said: ",
  "From Address Sender Sent Time Spam Score\n",
  "<html><body>",
];

export function hostilePaste(unit: string, beginning: string): string {
  const bytes = new TextEncoder().encode(unit).length;
  return beginning + unit.repeat(Math.floor((BYTES - beginning.length) / bytes));
}

export interface WorstPaste {
  readonly name: string;
  readonly ms: number;
}

/** The median of each, the slowest first. */
export async function worstPastes(turns = 5): Promise<readonly WorstPaste[]> {
  const measured: WorstPaste[] = [];
  for (const [name, unit] of HOSTILE_UNITS) {
    for (const beginning of BEGINNINGS) {
      const input = hostilePaste(unit, beginning);
      const times: number[] = [];
      for (let turn = 0; turn < turns; turn += 1) {
        const started = performance.now();
        await read({ input });
        times.push(performance.now() - started);
      }
      measured.push({ name: beginning === "" ? name : `${name}, behind ${JSON.stringify(beginning.slice(0, 20))}`, ms: times.sort((a, b) => a - b)[Math.floor(turns / 2)] ?? 0 });
    }
  }
  return measured.sort((a, b) => b.ms - a.ms);
}
