import { describe, expect, test } from "vitest";
import { decoded, fileText, fitting, isCompoundFile } from "./file-text.ts";

const bytes = (...octets: number[]): Uint8Array => Uint8Array.from(octets);

describe("encodings of files", () => {
  test.each<[string, Uint8Array, string]>([
    ["UTF-8", new TextEncoder().encode("宛先 550"), "宛先 550"],
    ["UTF-8 with its mark", bytes(0xef, 0xbb, 0xbf, 0x35, 0x35, 0x30), "550"],
    ["UTF-16 of Windows", bytes(0xff, 0xfe, 0x35, 0, 0x35, 0, 0x30, 0), "550"],
    ["UTF-16, big end first", bytes(0xfe, 0xff, 0, 0x35, 0, 0x35, 0, 0x30), "550"],
    ["Shift_JIS", bytes(0x83, 0x81, 0x81, 0x5b, 0x83, 0x8b), "メール"],
    ["Latin-1", bytes(0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72, 0x20, 0xe9, 0x20), "Müller é "],
  ])("%s", (_what, octets, expected) => expect(decoded(octets)).toBe(expected));

  test("a picture is no text", () => expect(fileText(bytes(0x89, 0x50, 0x4e, 0x47, 0, 0))).toBeNull());
  test("Outlook's are known by their first octets", () => {
    expect(isCompoundFile(bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0))).toBe(true);
    expect(isCompoundFile(bytes(0xd0, 0xcf))).toBe(false);
  });
});

describe("what is left of a large file", () => {
  const report = "550 5.7.26 no - gsmtp\n";
  const base64 = `${"QUJD".repeat(19)}\n`;

  test("a short one whole, whatever is attached", () => expect(fitting(report + base64.repeat(100))).toEqual({ text: report + base64.repeat(100), cut: false }));
  test("attachments go, what stands behind them stays", () => {
    const { text, cut } = fitting(`${report}${base64.repeat(10_000)}--end\n${base64.repeat(3)}`);
    expect({ text, cut }).toEqual({ text: `${report}--end\n${base64.repeat(3)}`, cut: true });
  });
  test.each([["words", "some words that are no attachment\n"], ["one line", "word "], ["characters of three octets", "宛先の応答\n"], ["quotes that JSON escapes", '"\\"\n']])("of %s the beginning, within what the API takes", (_what, unit) => {
    const { text, cut } = fitting(report + unit.repeat(200_000));
    expect(cut).toBe(true);
    expect(text.startsWith(report)).toBe(true);
    const octets = new TextEncoder().encode(JSON.stringify({ input: text })).length;
    expect(octets).toBeLessThan(256 * 1024);
    expect(octets).toBeGreaterThan(150 * 1024);
  });
});
