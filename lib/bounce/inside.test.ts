import { describe, expect, test } from "vitest";
import { isInsideName, withoutInside } from "./inside.ts";
import { keptReply } from "./kept-reply.ts";

describe("names of the inside", () => {
  test.each([["mail", true], ["desk.local", true], ["dc1.corp.lan", true], ["host.localdomain", true], ["x.internal", true], ["mail.oak.test", false], ["mail.oak.test.", false], ["local.oak.test", false]])("%s: %s", (name, expected) => expect(isInsideName(name)).toBe(expected));
});

test.each([
  ["host mail[10.0.0.5] said: 550 no", "host …[…] said: 550 no"],
  ["relay dc1.corp.local. refused", "relay …. refused"],
  ["from 192.168.1.5:25 and 2001:db8::5", "from …:25 and 2001:db8::5"],
  ["fe80::1 and ::1 at 09:41:07", "… and … at 09:41:07"],
  ["helo=<desktop> (desktop.lan [172.16.3.4])", "helo=<…> (… […])"],
  ["AUTH PLAIN AGtpbQBzZWNyZXQ=", "AUTH PLAIN …"],
  ["Authorization: Bearer abc.def.ghi12345", "Authorization: Bearer …"],
  ["user=kim, password: hunter2; x", "user=…, password: …; x"],
  ["see https://kim:pw@oak.test/a", "see https://…@oak.test/a"],
  ["https://oak.test/log?id=77&mail=x https://support.google.com/mail/?p=NoSuchUser", "https://oak.test/log?… https://support.google.com/mail/?p=NoSuchUser"],
  ["550 5.7.26 SPF [oak.test] with ip: [192.0.2.7] = did not pass", "550 5.7.26 SPF [oak.test] with ip: [192.0.2.7] = did not pass"],
])("%j is kept as %j", (text, expected) => expect(withoutInside(text)).toBe(expected));

describe("a reply ends where its words end", () => {
  const kept = (text: string, closed = false, code: number | null = 550) => keptReply({ text, begun: true, closed, code, enhancedCode: null }, false);
  test.each([
    [kept("550 5.7.1 no. abc - gsmtp Hello Kim, your invoice", true), "550 5.7.1 no. abc - gsmtp"],
    [kept("550 5.1.1 User unknown in table Subject: Offer for Sam"), "550 5.1.1 User unknown in table"],
    [kept("550 5.1.1 User unknown Dear Sam, here is"), "550 5.1.1 User unknown"],
    [kept("550 5.7.32 blocked because the From: header (RFC5322) isn't aligned"), "550 5.7.32 blocked because the From: header (RFC5322) isn't aligned"],
    [kept("Messages from 192.0.2.7 temporarily deferred to oak.test", false, 421), "Messages from 192.0.2.7 temporarily deferred to oak.test"],
    [kept("My boss is angry. The email account that you tried to reach does not exist. See you.", false, null), "The email account that you tried to reach does not exist."],
    [keptReply({ text: "550 5.7.26 Thanks Kim Your email has been blocked because the sender is unauthenticated. Authentication results: DKIM = did not pass x1 - gsmtp Bye", begun: false, closed: true, code: 550, enhancedCode: "5.7.26" }, false), "550 5.7.26 Your email has been blocked because the sender is unauthenticated. Authentication results: DKIM = did not pass x1 - gsmtp"],
  ])("%j", (got, expected) => expect(got).toBe(expected));
});
