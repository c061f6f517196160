import { expect, test } from "vitest";
import { GMAIL_REPLIES } from "./gmail-replies.ts";
import { repliesAbout, repliesForCode } from "./replies-about.ts";

const TEXTS: readonly (readonly [text: string, rules: string])[] = [
  ["5.7.26", "unauthenticated spf-hard-fail dmarc-policy"],
  ["550-5.7.26", "unauthenticated spf-hard-fail dmarc-policy"],
  ["#5.7.26", "unauthenticated spf-hard-fail dmarc-policy"],
  ["what does 5.7.26 mean?", "unauthenticated spf-hard-fail dmarc-policy"],
  ["dsn=5.7.26, status=bounced", "unauthenticated spf-hard-fail dmarc-policy"],
  ["4.7.26", "unauthenticated dmarc-policy"],
  ["５．７．２６", "unauthenticated spf-hard-fail dmarc-policy"],
  ["５５０－５．７．２５", "missing-ptr"],
  ["550 5.7.25", "missing-ptr"],
  ["421-4.7.28", "unsolicited-rate"],
  ["4.7.32", "not-aligned"],
  ["550 5.7.0", "relay-denied"],
  ["552 5.7.0", "blocked-content"],
  ["530 5.7.0", "login"],
  ["5.7.0", "blocked-content relay-denied login"],
  ["550 5.2.1", "recipient-rate disabled"],
  ["552 5.3.4", "too-large"],
  // Words tell more than the code beside them.
  ["550 5.7.26 due to domain's DMARC policy", "dmarc-policy"],
  ["mailbox is full", "over-quota"],
  ["550 5.7.1 - gcdp", "recipient-policy"],
  ["This message violates example.com email policy.", "recipient-policy"],
  // A code of nobody's, half a code, what only looks like one.
  ["5.7.99", ""],
  ["550", ""],
  ["10.5.7.26", ""],
  ["5.7.26.1", ""],
  ["version v5.7.26", ""],
  ["", ""],
  ["please help", ""],
];
test.each(TEXTS)("%s", (text, rules) => {
  expect(repliesAbout(text).replies.map(({ rule }) => rule).join(" ")).toBe(rules);
});

test("says which code told, and nothing where words did", () => {
  expect(repliesAbout("550-5.7.26").enhancedCode).toBe("5.7.26");
  expect(repliesAbout("550-5.7.26 mailbox is full").enhancedCode).toBeNull();
});

test("each reply is found by every code that it comes with", () => {
  for (const reply of GMAIL_REPLIES) for (const code of reply.enhanced) expect(repliesForCode(code), code).toContain(reply);
});

test("twins that only the other class is known by", () => {
  expect(repliesForCode("4.7.25").map(({ rule }) => rule)).toEqual(["missing-ptr"]);
  expect(repliesForCode("5.4.2").map(({ rule }) => rule)).toEqual(["protocol"]);
});

test("a long text is looked at in its beginning alone", () => {
  expect(repliesAbout(`${"x ".repeat(100_000)}5.7.26`).replies).toEqual([]);
});
