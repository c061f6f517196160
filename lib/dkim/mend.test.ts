import { createPublicKey, generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { characterStrings, joinKeyRecord, mendKeyRecord, parseKeyRecord } from "./index.ts";

const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
const KEY = pair.publicKey.export({ format: "der", type: "spki" }).toString("base64");
const PEM = pair.publicKey.export({ format: "pem", type: "spki" }).toString();
const ED = generateKeyPairSync("ed25519").publicKey.export({ format: "der", type: "spki" });
const RAW_ED = ED.subarray(-32).toString("base64");
const GOOD = `v=DKIM1; k=rsa; p=${KEY}`;
const GOOD_ED = `v=DKIM1; k=ed25519; p=${RAW_ED}`;
/** A key with "+" in it, two of them beside each other, for what web forms do to that. */
const PLUS = (() => {
  for (;;) {
    const key = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey.export({ format: "der", type: "spki" }).toString("base64");
    if (key.includes("++")) return key;
  }
})();

describe("mended, where the key itself proves it", () => {
  test.each<[name: string, text: string, mended: string]>([
    ["quotes around", `"${GOOD}"`, GOOD],
    ["strings joined with their quotes", `v=DKIM1; k=rsa; p=${KEY.slice(0, 200)}" "${KEY.slice(200)}`, GOOD],
    ["strings joined with quotes and a line end", `"v=DKIM1; k=rsa; p=${KEY.slice(0, 200)}"\n\t"${KEY.slice(200)}"`, GOOD],
    ["typographic quotes", `v=DKIM1; k=“rsa”; p=${KEY}`, GOOD],
    ["zone-file escapes", `v=DKIM1\\; k=rsa\\; p=${KEY}`, GOOD],
    ["the key file, armour and all", `v=DKIM1; k=rsa; p=${PEM}`, GOOD],
    ["an invisible character", `v=DKIM1; k=rsa; p=${KEY.slice(0, 90)}\u200b${KEY.slice(90)}`, GOOD],
    ["full-width letters", `ｖ＝DKIM1； k=rsa; p=${KEY}`, GOOD],
    ["version in small letters", `v=dkim1; k=rsa; p=${KEY}`, GOOD],
    ["version not first", `k=rsa; p=${KEY}; v=DKIM1`, GOOD],
    ["semicolons lost", `v=DKIM1 k=rsa p=${KEY}`, GOOD],
    ["commas for semicolons", `v=DKIM1, k=rsa, p=${KEY}`, GOOD],
    ["two semicolons", `v=DKIM1;; k=rsa; p=${KEY}`, GOOD],
    ["P= in capitals", `v=DKIM1; k=rsa; P=${KEY}`, GOOD],
    ["p= lost", `v=DKIM1; k=rsa; ${KEY}`, GOOD],
    ["the same key twice", `v=DKIM1; k=rsa; p=${KEY}; p=${KEY}`, GOOD],
    ["k= in capitals", `v=DKIM1; k=RSA; p=${KEY}`, GOOD],
    ["k= of another type", `v=DKIM1; k=ed25519; p=${KEY}`, GOOD],
    ["Ed25519 without k=", `v=DKIM1; p=${RAW_ED}`, GOOD_ED],
    ["Ed25519 in ASN.1", `v=DKIM1; k=ed25519; p=${ED.toString("base64")}`, GOOD_ED],
    ["URL's base64", `v=DKIM1; k=rsa; p=${KEY.replaceAll("+", "-").replaceAll("/", "_")}-`.replace(/-$/, KEY.includes("+") || KEY.includes("/") ? "" : "%3D"), GOOD],
    ["plus signs made blanks", `v=DKIM1; k=rsa; p=${PLUS.replaceAll("+", " ")}`, `v=DKIM1; k=rsa; p=${PLUS}`],
    ["something behind the key", `v=DKIM1; k=rsa; p=${KEY}AAAA`, GOOD],
    ["h= without sha256", `v=DKIM1; h=sha1; k=rsa; p=${KEY}`, GOOD],
    ["other tags stay", `"v=DKIM1; h=sha256; t=s; n=desk; p=${KEY}"`, `v=DKIM1; k=rsa; h=sha256; t=s; n=desk; p=${KEY}`],
  ])("%s", (_, text, mended) => {
    expect(parseKeyRecord(text).ok).toBe(false);
    expect(mendKeyRecord(text)).toBe(mended);
    expect(parseKeyRecord(mended)).toMatchObject({ ok: true });
  });
});

describe("not mended", () => {
  test.each<[name: string, text: string]>([
    ["good already", GOOD],
    ["revoked", "v=DKIM1; p="],
    ["cut off after 255 characters", GOOD.slice(0, 255)],
    ["cut off by one character", GOOD.slice(0, -1)],
    ["cut off by four", GOOD.slice(0, -4)],
    ["a character lost in the middle", `v=DKIM1; k=rsa; p=${KEY.slice(0, 150)}${KEY.slice(151)}`],
    ["two different keys", `v=DKIM1; k=rsa; p=${KEY}; p=${PLUS}`],
    ["not for mail", `v=DKIM1; s=tlsrpt; p=${KEY}`],
    ["a private key", `v=DKIM1; k=rsa; p=${pair.privateKey.export({ format: "der", type: "pkcs8" }).toString("base64")}`],
    ["a private key, in quotes", `"v=DKIM1; k=rsa; p=${pair.privateKey.export({ format: "der", type: "pkcs1" }).toString("base64")}"`],
    ["another record", "v=spf1 -all"],
    ["another version", `v=DKIM2; p=${KEY}`],
    ["nothing", ""],
  ])("%s", (_, text) => expect(mendKeyRecord(text)).toBeNull());
});

describe("pieces", () => {
  const first = `v=DKIM1; k=rsa; p=${KEY.slice(0, 200)}`;
  test.each<[name: string, parts: string[], expected: string | null]>([
    ["two records", [KEY.slice(200), first], GOOD],
    ["three", [KEY.slice(200, 300), KEY.slice(300), first], GOOD],
    ["with quotes", [`"${KEY.slice(200)}"`, `"${first}"`], GOOD],
    ["half is missing", [first, KEY.slice(250)], null],
    ["something else beside", [first, KEY.slice(200), "v=spf1 -all"], null],
    ["one", [GOOD], null],
  ])("%s", (_, parts, expected) => expect(joinKeyRecord(parts)).toBe(expected));
});

test("a published record's strings are 255 octets at most, and its whole", () => {
  const strings = characterStrings(GOOD);
  expect(strings.map(({ length }) => length)).toEqual([255, GOOD.length - 255]);
  expect(strings.join("")).toBe(GOOD);
});

test("whatever is mended holds this very key", () => {
  const noise = fc.constantFrom('"', " ", "\\", "\n", "'", "\u200b", "\t", '" "', ";");
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(GOOD.length), noise), { minLength: 1, maxLength: 4 }), (places) => {
      let text = GOOD;
      for (const [at, character] of places) text = text.slice(0, at) + character + text.slice(at);
      const mended = mendKeyRecord(text);
      if (mended !== null) expect(createPublicKey({ key: Buffer.from(mended.slice(mended.indexOf("p=") + 2), "base64"), format: "der", type: "spki" }).equals(pair.publicKey)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("any text is taken, and what comes out is a good record", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("v=DKIM1", ";", " ", "p=", KEY, RAW_ED, "k=", "rsa", "t=y", '"', "\\", "h=sha1", "n=", "x", "="), { maxLength: 10 }), (parts) => {
      const mended = mendKeyRecord(parts.join(""));
      if (mended !== null) expect(parseKeyRecord(mended).ok).toBe(true);
    }),
    { numRuns: 500 },
  );
});
