import { expect, test } from "vitest";
import { returnedMessage } from "./returned.ts";

const report = (kind: string, content: readonly string[], more: readonly string[] = [], end = "--b1--"): string =>
  ["From: MAILER-DAEMON@mx.test", "Subject: Undelivered", 'Content-Type: multipart/report; boundary="b1"', "", "--b1", "Content-Type: text/plain", "", "Sorry.", "", "--b1", "Content-Type: message/delivery-status", "", "Status: 5.7.26", "", "--b1", "Content-Description: Undelivered Message", `Content-Type: ${kind}`, ...more, "", ...content, ...(end === "" ? [] : [end, ""])].join("\n");
const HEADER = ["From: kim@shop.test", "Subject: Order"];
const WHOLE = [...HEADER, "", "Hello", "", "Kim", ""];

test.each<[name: string, text: string, expected: object | null]>([
  ["the whole message", report("message/rfc822", WHOLE), { raw: WHOLE.join("\n"), hasBody: true }],
  ["with CRLF", report("message/rfc822", WHOLE).replaceAll("\n", "\r\n"), { raw: WHOLE.join("\n"), hasBody: true }],
  ["an internationalised one", report("message/global; charset=utf-8", WHOLE), { raw: WHOLE.join("\n"), hasBody: true }],
  ["parts of its own", report("message/rfc822", [...HEADER, 'Content-Type: multipart/mixed; boundary="b2"', "", "--b2", "", "Hi", "--b2--", ""]), { hasBody: true, raw: expect.stringContaining("--b2--") as string }],
  ["its header alone", report("text/rfc822-headers", [...HEADER, ""]), { raw: `${HEADER.join("\n")}\n`, hasBody: false }],
  ["its header alone, as RFC 6533 has it", report("message/global-headers", [...HEADER, ""]), { hasBody: false }],
  ["without a body", report("message/rfc822", [...HEADER, ""]), { hasBody: false }],
  ["the paste breaks off", report("message/rfc822", WHOLE, [], ""), { raw: `${HEADER.join("\n")}\n`, hasBody: false }],
  ["encoded", report("message/rfc822", ["RnJvbTog"], ["Content-Transfer-Encoding: base64"]), null],
  ["a report forwarded as an attachment", ["From: kim@shop.test", 'Content-Type: multipart/mixed; boundary="outer"', "", "--outer", "Content-Type: message/rfc822", "", report("message/rfc822", WHOLE), "--outer--", ""].join("\n"), { raw: WHOLE.join("\n"), hasBody: true }],
  ["no part of that kind", "550-5.7.26 Unauthenticated email", null],
  ["the words in a text", "Hello\nContent-Type: message/rfc822\n\nFrom: kim@shop.test\n\nHi", null],
  ["nothing", "", null],
])("%s", (_, text, expected) => {
  const found = returnedMessage(text);
  if (expected === null) expect(found).toBeNull();
  else expect(found).toMatchObject(expected);
});

test("256 KiB of parts are done at once", () => {
  const started = performance.now();
  returnedMessage("--b1\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nx\n".repeat(3500));
  expect(performance.now() - started).toBeLessThan(1000);
});
