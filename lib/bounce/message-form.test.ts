import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { headerBlock } from "./headers.ts";
import { type MessageForm, messageForm, SINGLE_FIELDS } from "./message-form.ts";

const GOOD = {
  From: "Shop <news@shop.test>",
  To: "someone@example.test",
  Subject: "Hello",
  Date: "Wed, 25 Nov 2026 09:00:00 +0900",
  "Message-ID": "<1.2@shop.test>",
};
const header = (fields: Readonly<Record<string, string | readonly string[] | null>>): string =>
  Object.entries({ ...GOOD, ...fields }).flatMap(([name, value]) => (value === null ? [] : [value].flat().map((one) => `${name}: ${one}`))).join("\n");
const form = (fields: Readonly<Record<string, string | readonly string[] | null>>): MessageForm => messageForm(headerBlock(header(fields)));

describe("fields (RFC 5322 sections 3.3, 3.6)", () => {
  test.each<[name: string, fields: Readonly<Record<string, string | readonly string[] | null>>, faults: string[]]>([
    ["in order", {}, []],
    ["no From", { From: null }, ["missing From"]],
    ["two From", { From: ["a@shop.test", "b@shop.test"] }, ["repeated From"]],
    ["From without an address", { From: "The shop" }, ["invalid From"]],
    ["From of two people in one field", { From: "a@shop.test, b@shop.test", Sender: "a@shop.test" }, []],
    ["two Subject", { Subject: ["Hello", "Hello again"] }, ["repeated Subject"]],
    ["two To, two Cc", { To: ["a@b.test", "c@d.test"], Cc: ["a@b.test", "c@d.test"] }, ["repeated To", "repeated Cc"]],
    ["no Subject is allowed", { Subject: null }, []],
    ["no Date", { Date: null }, ["missing Date"]],
    ["no day of the week", { Date: "25 Nov 2026 09:00 +0000" }, []],
    ["a zone by name, a comment", { Date: "Wed, 25 Nov 2026 09:00:00 GMT (UTC)" }, []],
    ["a date of another standard", { Date: "2026-11-25T09:00:00Z" }, ["invalid Date"]],
    ["a date without a zone", { Date: "Wed, 25 Nov 2026 09:00:00" }, ["invalid Date"]],
    ["no Message-ID", { "Message-ID": null }, ["missing Message-ID"]],
    ["Message-ID without angle brackets", { "Message-ID": "1.2@shop.test" }, ["invalid Message-ID"]],
    ["Message-ID without @", { "Message-ID": "<12345>" }, ["invalid Message-ID"]],
    ["Message-ID with a blank", { "Message-ID": "<1 2@shop.test>" }, ["invalid Message-ID"]],
    ["written by Gmail, because it was missing", { "Message-ID": "<65a.1.SMTPIN_ADDED_MISSING@mx.google.com>" }, ["missing Message-ID"]],
    ["written by Gmail, because it was broken", { "Message-ID": "<65a.1.SMTPIN_ADDED_BROKEN@mx.google.com>" }, ["invalid Message-ID"]],
    ["trace fields may repeat", { Received: ["by a.test; x", "by b.test; x"] }, []],
  ])("%s", (_name, fields, faults) => expect(form(fields).faults.map(({ code, field }) => `${code} ${field}`)).toEqual(faults));
});

describe("one-click unsubscribing (RFC 8058 section 3)", () => {
  const LIST = "<https://shop.test/u?1>, <mailto:u@shop.test>";
  const POST = "List-Unsubscribe=One-Click";
  const signed = (names: string) => `v=1; a=rsa-sha256; d=shop.test; s=s1; h=${names}; bh=x; b=y`;
  const BOTH = "From : To:List-Unsubscribe:\n  LIST-UNSUBSCRIBE-POST";
  test.each<[list: string | null, post: string | null, signature: string | readonly string[] | null, expected: MessageForm["unsubscribe"]]>([
    [null, null, signed(BOTH), "none"],
    ["<mailto:u@shop.test>", POST, signed(BOTH), "no-https"],
    ["<http://shop.test/u>", POST, signed(BOTH), "no-https"],
    ["https://shop.test/u", POST, signed(BOTH), "no-https"],
    [null, POST, signed(BOTH), "no-https"],
    [LIST, null, signed(BOTH), "no-post"],
    [LIST, "List-Unsubscribe=Two-Click", signed(BOTH), "no-post"],
    [LIST, POST, null, "unsigned"],
    [LIST, POST, signed("From:To:List-Unsubscribe"), "not-covered"],
    [LIST, POST, [signed("From:List-Unsubscribe"), signed("From:List-Unsubscribe-Post")], "not-covered"],
    [LIST, POST, signed(BOTH), "complete"],
    [LIST, POST, [signed("From"), signed(BOTH)], "complete"],
  ])("%s / %s / %j", (list, post, signature, expected) => expect(form({ "List-Unsubscribe": list, "List-Unsubscribe-Post": post, "DKIM-Signature": signature }).unsubscribe).toBe(expected));
});

describe("the way", () => {
  const google = (how: string) => `from mail.shop.test (mail.shop.test. [203.0.113.7]) by mx.google.com with ${how} id x for <a@example.test>; Wed, 25 Nov 2026 00:00:00 -0800 (PST)`;
  test.each<[received: readonly string[], overTls: boolean | null]>([
    [[google("ESMTPS")], true],
    [[google("ESMTPSA")], true],
    [[google("UTF8SMTPS")], true],
    [[google("ESMTP")], false],
    [[google("SMTP")], false],
    [["by 2002:a05:1:2:b0:1:2 with SMTP id x", google("ESMTPS")], true],
    [["from a.test by b.test with ESMTPS id x"], null],
    [[], null],
  ])("%j", (received, overTls) => expect(form({ Received: received }).overTls).toBe(overTls));

  test.each<[fields: Readonly<Record<string, string | readonly string[]>>, fromList: boolean, sealed: boolean]>([
    [{}, false, false],
    [{ "List-Id": "<news.shop.test>", "List-Unsubscribe": "<mailto:u@shop.test>" }, false, false],
    [{ "List-Post": "<mailto:talk@list.test>" }, true, false],
    [{ "List-Post": "NO" }, false, false],
    [{ "ARC-Seal": "i=1; a=rsa-sha256; cv=none; d=google.com; s=arc-20240605; b=x" }, false, false],
    [{ "ARC-Seal": ["i=2; cv=pass; d=google.com; s=x; b=x", "i=1; cv=none; d=list.test; s=x; b=x"] }, false, true],
  ])("%j", (fields, fromList, sealed) => expect(form(fields)).toMatchObject({ fromList, sealed }));
});

test("nothing of the text is handed out, whatever it is, and 64 KiB are read at once", () => {
  const name = fc.constantFrom(...SINGLE_FIELDS, "List-Unsubscribe", "List-Unsubscribe-Post", "DKIM-Signature", "ARC-Seal", "Received", "List-Post");
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.string({ unit: "binary" })), { maxLength: 12 }), (fields) => {
      const found = messageForm(fields.map(([field, value]) => ({ name: field.toLowerCase(), value })));
      for (const { code, field } of found.faults) expect([["missing", "repeated", "invalid"].includes(code), SINGLE_FIELDS.includes(field)]).toEqual([true, true]);
      expect(Object.keys(found).sort()).toEqual(["faults", "fromList", "overTls", "sealed", "unsubscribe"]);
    }),
    { numRuns: 300 },
  );
  for (const unit of ["<", "<a@", "h=", ";", " ", ": ", "by mx.google.com ", "Mon, 1 Jan ", "<https://", "d=google.com "]) {
    const value = unit.repeat(65_536 / unit.length);
    const started = performance.now();
    messageForm(["from", "date", "message-id", "list-unsubscribe", "list-unsubscribe-post", "dkim-signature", "arc-seal", "received"].map((field) => ({ name: field, value })));
    expect(performance.now() - started).toBeLessThan(1000);
  }
});
