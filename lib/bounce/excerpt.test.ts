import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EXCERPT_TEXTS } from "./fixtures/excerpt-texts.ts";
import { type Excerpt, excerpt, isDateText } from "./excerpt.ts";
import { PLACE_FIELDS, type Place } from "./reading.ts";
import { read } from "./read.ts";

const of = (raw: string, places: readonly Place[], reply = "", keepAddresses = false): Excerpt | null => excerpt({ raw, places, reply, keepAddresses });
/** The place of a piece of the text. */
const place = (raw: string, piece: string, field: Place["field"] = "domain", value = piece): Place => ({ field, value, offset: raw.indexOf(piece), length: piece.length });
const marked = (found: Excerpt | null): readonly string[] => (found?.marks ?? []).map(({ field, at, length }) => `${field}: ${found?.text.slice(at, at + length) ?? ""}`);

describe("what stays of a line", () => {
  test.each<[string, string, string, string]>([
    ["the domain of a mailbox", "From: Kim Lee <kim.lee@oak.test>", "oak.test", "From: … <…@oak.test>"],
    ["a local part that a label is called as", "From: <from@oak.test>", "oak.test", "From: <…@oak.test>"],
    ["a quoted local part", 'from=<"kim lee"@oak.test>', "oak.test", 'from=<"…"@oak.test>'],
    ["a log's own host", "Nov 24 09:41:07 mail postfix/qmgr[1]: from=<a@oak.test>", "oak.test", "… postfix/qmgr[…]: from=<…@oak.test>"],
    ["a single label before an address", "Received: from mail [192.0.2.7] by smtp (x) d=oak.test", "oak.test", "Received: from … […] by … (x) d=oak.test"],
    ["a subject on the line", 'Subject: my secret offer d=oak.test', "oak.test", "… d=oak.test"],
    ["the rest of a mailbox's domain", "to=a@oak.test+secret", "oak.test", "to=…@oak.test…"],
    ["marks of direction", "d=oak.test \u202Esecret", "oak.test", "d=oak.test …"],
    ["reply codes", "550-5.7.26 oak.test 1234", "oak.test", "550-5.7.26 oak.test …"],
    ["Gmail's own hosts", "host gmail-smtp-in.l.google.com[1.2.3.4] oak.test", "oak.test", "host gmail-smtp-in.l.google.com[…] oak.test"],
  ])("%s", (_what, raw, piece, expected) => {
    const found = of(raw, [place(raw, piece)]);
    expect(found?.text).toBe(expected);
    expect(marked(found)).toEqual([`domain: ${piece}`]);
  });

  test("with addresses kept, those of the reply stay and others do not", () => {
    const raw = "MAIL FROM:<kim@oak.test>\n550 5.1.1 <sam.holt@gmail.com> does not exist";
    expect(of(raw, [place(raw, "oak.test"), place(raw, "550", "code")], "550 5.1.1 <sam.holt@gmail.com> does not exist", true)?.text).toBe("MAIL FROM:<…@oak.test>\n550 5.1.1 <sam.holt@gmail.com> does not exist");
  });

  test("a host of the inside is neither marked nor shown", () => {
    const raw = "EHLO desk.corp.lan\nd=oak.test";
    expect(of(raw, [place(raw, "desk.corp.lan", "helo"), place(raw, "oak.test")])).toEqual({ text: "d=oak.test", marks: [{ field: "domain", value: "oak.test", at: 2, length: 8 }], cut: false });
  });

  test("no place, no excerpt", () => expect(of("550 5.7.26 no", [])).toBeNull());
});

describe("which lines", () => {
  test("those between are told as one sign, CRLF or bare CR", () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      const raw = ["d=oak.test", "one secret", "two secrets", "s=sel1", "last"].join(end);
      expect(of(raw, [place(raw, "oak.test"), place(raw, "sel1", "dkim-selector")])?.text).toBe("d=oak.test\n…\ns=sel1");
    }
  });

  test("the reply's lines around what was found", () => {
    const raw = "hello there\n550-5.7.26 Your mail was blocked\n550 5.7.26 by oak.test rules, really - gsmtp\nsecret words";
    expect(of(raw, [place(raw, "oak.test")], "550 5.7.26 Your mail was blocked by oak.test rules, really - gsmtp")?.text).toBe("550-5.7.26 Your mail was blocked\n550 5.7.26 by oak.test rules, really - gsmtp");
  });

  test("a place that goes over lines is marked whole", () => {
    const raw = "SPF [oak-\nbarn.test] = pass";
    const found = of(raw, [{ field: "domain", value: "oak-barn.test", offset: 5, length: 14 }]);
    expect(marked(found)).toEqual(["domain: oak-\nbarn.test"]);
  });

  test("of a line of JSON, what is near", () => {
    const raw = `{"text":"${"secret ".repeat(900)}","sender":"kim@oak.test","more":"${"secret ".repeat(900)}"}`;
    const found = of(raw, [place(raw, "oak.test")]);
    expect(found?.text).not.toContain("secret");
    expect(found?.text.length).toBeLessThan(800);
    expect(marked(found)).toEqual(["domain: oak.test"]);
  });

  test("is bounded, and says what is missing", () => {
    const raw = Array.from({ length: 200 }, (_, index) => `d=oak${index}.test`).join("\n");
    const found = of(raw, Array.from({ length: 200 }, (_, index) => place(raw, `oak${index}.test`)));
    expect(found?.cut).toBe(true);
    expect(found?.text.split("\n").length).toBeLessThanOrEqual(41);
  });
});

describe("stamps", () => {
  test.each([["Nov 24 09:41:07", true], ["Tue, 24 Nov 2026 09:41:07 +0900 (JST)", true], ["2026-11-24T09:41:07.123Z", true], ["24-Nov-2026 09:41", true], ["call me at 9", false], ["kim 2026 +0000", false]])("%s: %s", (text, expected) => expect(isDateText(text)).toBe(expected));
});

/** The rule that the excerpt is made by, as a property. */
test("whatever is pasted, no other word stays", async () => {
  const secret = fc.stringMatching(/^zq[a-z]{3,9}$/);
  const text = fc.constantFrom(...EXCERPT_TEXTS);
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.tuple(fc.nat(), secret), { minLength: 1, maxLength: 25 }), async (whole, secrets) => {
      const words = whole.split(" ");
      for (const [at, word] of secrets) words.splice(at % words.length, 0, word);
      const raw = words.join(" ");
      const reading = await read({ input: whole });
      const reply = reading.ok ? (reading.bounce?.text ?? "") : "";
      // Over whole words, as the reader's places are.
      const starts = Array.from(raw.matchAll(/\S+/g), ({ index, 0: word }) => ({ offset: index, length: word.length }));
      const places = PLACE_FIELDS.map((field, index) => ({ field, value: index % 2 === 0 ? "oak.test" : "550", ...(starts[(index * 7) % starts.length] ?? { offset: 0, length: 1 }) }));
      const found = of(raw, places, reply);
      expect(found?.text ?? "").not.toMatch(/zq/);
      for (const { at, length } of found?.marks ?? []) expect(at + length).toBeLessThanOrEqual(found?.text.length ?? 0);
    }),
    { numRuns: 300 },
  );
});

test.each([["line ends", "\n"], ["letters", "a"], ["at signs", "a@b.test "], ["mail logs", "Nov 24 09:41:07 m postfix/smtp[1]: 4Xy7: from=<a@b.test>\n"], ["brackets", "from a [1.2.3.4] "]])("256 KiB of %s take little time", (_name, unit) => {
  const raw = unit.repeat(Math.floor((256 * 1024) / unit.length));
  const started = performance.now();
  of(raw, PLACE_FIELDS.map((field, index) => ({ field, value: "b.test", offset: Math.floor((raw.length / PLACE_FIELDS.length) * index), length: 20_000 })), "550 5.7.26 a b.test from");
  expect(performance.now() - started).toBeLessThan(500);
});
