import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exchangeReport, outlookMessage, savedBounce } from "./fixtures/outlook-message.ts";
import { type OutlookText, outlookText } from "./outlook-message.ts";
import { read } from "./read.ts";

const text = (result: OutlookText): string => (result.ok ? result.text : "");
const SAVED = outlookMessage(savedBounce("oak-barn.test", "192.0.2.7"));
const REPORT = outlookMessage(exchangeReport("oak-barn.test", "192.0.2.7"));

describe("Outlook messages are read", () => {
  test("a saved bounce: its header, its text, the report and the returned header", async () => {
    const said = text(outlookText(SAVED));
    const reading = await read({ input: said });
    expect(reading.ok && { ...reading.subject, rule: reading.bounce?.rule, code: reading.bounce?.enhancedCode, format: reading.bounce?.format }).toMatchObject({ domain: "oak-barn.test", sendingIp: "192.0.2.7", headerFrom: "oak-barn.test", mailFrom: "oak-barn.test", rule: "unauthenticated", code: "5.7.26", format: "dsn" });
  });

  test("the returned message's body and other attachments stay where they are", () => {
    for (const left of ["here is our offer", String.fromCharCode(7)]) expect(text(outlookText(SAVED))).not.toContain(left);
  });

  test("a report that Exchange made", async () => {
    const reading = await read({ input: text(outlookText(REPORT)) });
    expect(reading.ok && { domain: reading.subject.domain, ip: reading.subject.sendingIp, rule: reading.bounce?.rule }).toEqual({ domain: "oak-barn.test", ip: "192.0.2.7", rule: "unauthenticated" });
  });

  test("text in a code page", () => {
    expect(text(outlookText(outlookMessage({ properties: { "1000001E": Uint8Array.from([0x83, 0x81, 0x81, 0x5b, 0x83, 0x8b]) } })))).toBe("メール");
  });

  test("a body over the size of a small stream", () => {
    const body = "550 5.7.26 unauthenticated ".repeat(2000);
    expect(text(outlookText(outlookMessage({ properties: { "1000001F": body } })))).toBe(body);
  });

  test.each<[string, Uint8Array]>([["nothing", new Uint8Array()], ["text", new TextEncoder().encode("550 5.7.26 no")], ["an empty file of that kind", outlookMessage({})], ["only its signature", Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])], ["cut in the middle", SAVED.slice(0, SAVED.length / 2)]])("%s is refused", (_what, octets) => expect(outlookText(octets).ok).toBe(false));
});

test("whatever is changed in the file, it ends, and soon", { timeout: 60_000 }, () => {
  const change = fc.record({ at: fc.oneof(fc.nat(SAVED.length - 4), fc.integer({ min: 24, max: 100 })), value: fc.oneof(fc.integer(), fc.integer({ min: -4, max: 200 })) });
  let slowest = 0;
  fc.assert(
    fc.property(fc.constantFrom(SAVED, REPORT), fc.array(change, { minLength: 1, maxLength: 6 }), fc.nat(SAVED.length), (whole, changes, cut) => {
      const octets = whole.slice(0, cut % 3 === 0 ? cut : whole.length);
      const view = new DataView(octets.buffer);
      for (const { at, value } of changes) if (at + 4 <= octets.length) view.setInt32(at, value, true);
      const started = performance.now();
      expect(typeof outlookText(octets).ok).toBe("boolean");
      slowest = Math.max(slowest, performance.now() - started);
    }),
    { numRuns: 5000 },
  );
  expect(slowest).toBeLessThan(1000);
});

/** Each word of the tables made to point at each of the first sectors: every loop of one step that the file can have. */
test("tables that lead back into themselves", () => {
  const view = new DataView(SAVED.slice().buffer);
  const fat = (view.getInt32(76, true) + 1) * 512;
  const directory = (view.getInt32(48, true) + 1) * 512;
  for (const table of [fat, directory, (view.getInt32(60, true) + 1) * 512]) {
    for (let at = table; at < table + 512; at += 4) {
      for (const value of [0, 1, 2, 3, (at - table) / 4, 0x7fffffff]) {
        const octets = SAVED.slice();
        new DataView(octets.buffer).setInt32(at, value, true);
        expect(typeof outlookText(octets).ok).toBe("boolean");
      }
    }
  }
});
