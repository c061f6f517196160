import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { spliced } from "./spliced.ts";

const utf8 = (octets: Uint8Array) => Buffer.from(octets).toString("utf8");

test.each<[name: string, text: string]>([
  ["nowhere", "<p>none</p>"],
  ["once", "<script nonce=\"WORD\">"],
  ["at both ends, and twice beside itself", "WORDaWORDWORDbWORD"],
  ["nothing else", "WORD"],
  ["nothing", ""],
  ["long, and beyond ASCII", `日本語WORD${"のメール".repeat(50_000)}WORD終わり`],
])("the word %s", (_, text) => {
  const page = spliced(text, "WORD");
  for (const word of ["abcd", "0000"]) {
    expect(utf8(page.plain(word))).toBe(text.replaceAll("WORD", word));
    expect(utf8(gunzipSync(page.gzip(word)))).toBe(text.replaceAll("WORD", word));
  }
});

const PLACE = "#".repeat(32);

test("whatever the text, what is unpacked is what was meant", () => {
  const part = fc.oneof(fc.constant(PLACE), fc.string({ unit: "grapheme", maxLength: 60 }).map((text) => text.replaceAll("#", "")));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), fc.stringMatching(/^[0-9a-f]{32}$/), (parts, word) => {
      const text = parts.join("");
      const page = spliced(text, PLACE);
      const meant = text.replaceAll(PLACE, word);
      expect(utf8(page.plain(word))).toBe(Buffer.from(meant, "utf8").toString("utf8"));
      expect(gunzipSync(page.gzip(word)).equals(Buffer.from(meant, "utf8"))).toBe(true);
    }),
    { numRuns: 300 },
  );
});
