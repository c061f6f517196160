/** Where the sending address is taken from, and that the report says so, a re-check too. */

import { expect, test } from "vitest";
import { SENDING_IP_SOURCES } from "../bounce/reading.ts";
import { recording } from "../dns/recording.ts";
import { zone } from "../dns/zone.ts";
import { diagnose, type DiagnosisContext, rediagnose } from "./diagnose.ts";
import { reportSchema } from "./report.ts";

const REFUSED = "550-5.7.26 This mail has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM.";
const END = "550 5.7.26 For instructions, go to https://support.google.com/mail/answer/81126#authentication x1 - gsmtp";
const reply = (result: string): string => `${REFUSED}\n550-5.7.26 Authentication results: DKIM = did not pass SPF [shop.test] ${result}= did not pass\n${END}`;

const AUTHOR = ["From: Kim <kim@shop.test>", "To: lee@example.test", "Date: Tue, 24 Nov 2026 09:41:08 +0000", "Subject: Order", "Message-ID: <1.2@shop.test>", "MIME-Version: 1.0"];
const message = (...trace: readonly string[]): string => [...trace, ...AUTHOR, "", "Hello", ""].join("\n");
const INNER = "Received: by 2002:a05:6000:1 with SMTP id a1; Tue, 24 Nov 2026 01:41:09 -0800 (PST)";
const hop = (ip: string, by: string): string => `Received: from mail.shop.test (mail.shop.test. [${ip}]) by ${by} with ESMTPS id x1; Tue, 24 Nov 2026 01:41:08 -0800 (PST)`;
const results = (name: string, host: string, ip: string): string => `${name}${host}; spf=pass (${host}: domain of kim@shop.test designates ${ip} as permitted sender) smtp.mailfrom=kim@shop.test`;
const receivedSpf = (by: string, ip: string): string => `Received-SPF: pass (${by}: domain of kim@shop.test designates ${ip} as permitted sender) client-ip=${ip};`;
const AR = "Authentication-Results: ";
const ARC = "ARC-Authentication-Results: i=1; ";
const returned = (text: string, header: readonly string[]): string =>
  ["From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Subject: Delivery Status Notification (Failure)", 'Content-Type: multipart/report; boundary="b1"; report-type=delivery-status', "", "--b1", "Content-Type: text/plain", "", text, "", "--b1", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; googlemail.com", "", "Final-Recipient: rfc822; lee@example.test", "Action: failed", "Status: 5.7.26", "Remote-MTA: dns; gmail-smtp-in.l.google.com", `Diagnostic-Code: smtp; ${text.replaceAll("\n", "\n ")}`, "", "--b1", "Content-Type: message/rfc822", "", ...header, ...AUTHOR, "", "Hello", "", "--b1--", ""].join("\n");

type Source = (typeof SENDING_IP_SOURCES)[number] | null;
type Row = [name: string, input: string, ip: string | null, from: Source, sendingIp?: string];

const ROWS: readonly Row[] = [
  ["a domain alone", "shop.test", null, null],
  ["a domain, the address in its field", "shop.test", "203.0.113.7", "given", "203.0.113.7"],
  ["a domain and an address in one line", "shop.test 203.0.113.7", "203.0.113.7", "given"],
  ["the reply", reply("with ip: [203.0.113.7] "), "203.0.113.7", "reply"],
  ["the reply without one", reply(""), null, null],
  ["the reply, overruled", reply("with ip: [203.0.113.7] "), "203.0.113.9", "given", "203.0.113.9"],
  ["the reply names two", "MAIL FROM:<kim@shop.test>\n550-5.7.25 [203.0.113.7] The IP address sending this message does not have a PTR record setup: [203.0.113.9]. x1 - gsmtp", null, null],
  ["a dialogue in which Google greets", `220 mx.google.com ESMTP x1 - gsmtp\nEHLO mail.shop.test\n250-mx.google.com at your service, [203.0.113.7]\n250 SMTPUTF8\nMAIL FROM:<kim@shop.test>\n250 2.1.0 OK x1 - gsmtp\n${reply("")}`, "203.0.113.7", "greeting"],
  ["a dialogue, the reply names one", `EHLO mail.shop.test\n250-mx.google.com at your service, [203.0.113.9]\nMAIL FROM:<kim@shop.test>\n${reply("with ip: [203.0.113.7] ")}`, "203.0.113.7", "reply"],
  ["a service's event", JSON.stringify({ email: "lee@example.test", event: "bounce", ip: "203.0.113.7", reason: reply("").replaceAll("\n", " "), sg_event_id: "a", sg_message_id: "b", smtp_id: "<1.2@shop.test>", status: "5.7.26", timestamp: 1795513268, type: "bounce", from: "kim@shop.test" }), "203.0.113.7", "log"],
  ["a returned message that Google had received", returned(reply(""), [hop("203.0.113.7", "mx.google.com")]), "203.0.113.7", "received"],
  ["a returned message that others had received", returned(reply(""), [hop("203.0.113.7", "mx.other.test")]), null, null],
  ["a message: Google's Received", message(INNER, hop("203.0.113.7", "mx.google.com"), hop("198.51.100.9", "mail.shop.test")), "203.0.113.7", "received"],
  ["a message: a private address is passed over", message(INNER, hop("10.1.2.3", "mx.google.com")), null, null],
  ["a message: others' hops are passed over", message(hop("203.0.113.7", "mx.other.test")), null, null],
  ["a message: the client that handed in at Gmail is passed over", message(hop("198.51.100.9", "mx.other.test"), hop("203.0.113.7", "smtp.gmail.com")), null, null],
  ["a message: Authentication-Results", message(results(AR, "mx.google.com", "203.0.113.7")), "203.0.113.7", "authentication-results"],
  ["a message: others' Authentication-Results", message(results(AR, "mx.other.test", "203.0.113.7")), null, null],
  ["a message: ARC-Authentication-Results", message(results(ARC, "mx.google.com", "203.0.113.7")), "203.0.113.7", "arc"],
  ["a message: Received-SPF", message(receivedSpf("google.com", "203.0.113.7")), "203.0.113.7", "received-spf"],
  ["a message: others' Received-SPF", message(receivedSpf("mx.other.test", "203.0.113.7")), null, null],
  ["a message: Received-SPF before results, before ARC, before Received", message(hop("203.0.113.1", "mx.google.com"), results(ARC, "mx.google.com", "203.0.113.2"), results(AR, "mx.google.com", "203.0.113.3"), receivedSpf("google.com", "203.0.113.7")), "203.0.113.7", "received-spf"],
  ["a message: results before ARC", message(results(ARC, "mx.google.com", "203.0.113.2"), results(AR, "mx.google.com", "203.0.113.7")), "203.0.113.7", "authentication-results"],
  ["a message, overruled", message(hop("203.0.113.7", "mx.google.com")), "203.0.113.9", "given", "203.0.113.9"],
];

const context: DiagnosisContext = {
  dns: (hooks) => ({ ...recording(zone({ "shop.test": { TXT: ["v=spf1 ip4:203.0.113.7 -all"] } }), hooks), servers: ["127.0.0.1:53"], close: () => undefined }),
  id: "AAAAAAAAAAAAAAAAAAAAAA", url: "http://localhost/r/AAAAAAAAAAAAAAAAAAAAAA", now: new Date("2026-11-25T12:00:00Z"), expiresAt: null,
};

test.each<Row>([...ROWS])("%s", async (_name, input, ip, from, sendingIp) => {
  const outcome = await diagnose({ input, sendingIp }, context);
  if (!outcome.ok) throw new Error(outcome.error.code);
  expect(reportSchema.parse(outcome.report).subject).toMatchObject({ sendingIp: ip, sendingIpFrom: from });
  expect((await rediagnose(outcome.report, context)).subject).toEqual(outcome.report.subject);
});

test("every source of a paste has a row", () => {
  expect([...new Set(ROWS.map(([, , , from]) => from).filter((from) => from !== null))].sort()).toEqual(SENDING_IP_SOURCES.filter((source) => source !== "smtp").sort());
});

test("a report from before the source was kept opens without one", async () => {
  const outcome = await diagnose({ input: "shop.test", sendingIp: "203.0.113.7" }, context);
  if (!outcome.ok) throw new Error(outcome.error.code);
  const { sendingIpFrom: _new, ...subject } = outcome.report.subject;
  expect(reportSchema.parse({ ...outcome.report, subject }).subject).toEqual({ ...subject, sendingIpFrom: null });
});
