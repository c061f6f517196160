import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type KeyRecordErrorCode, parseKeyRecord } from "./key-record.ts";

const rsa = (bits: number, type: "spki" | "pkcs1" = "spki") => generateKeyPairSync("rsa", { modulusLength: bits }).publicKey.export({ format: "der", type }).toString("base64");
// RFC 6376 appendix C and RFC 8463 appendix A.2.
const RFC6376 = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB";
const RFC8463 = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
const RSA2048 = rsa(2048);
const privateKey = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;

describe("records that hold a key", () => {
  test.each<[text: string, expected: object]>([
    [`v=DKIM1; p=${RFC6376}`, { keyType: "rsa", bits: 1024, revoked: false, testing: false, strictDomain: false, services: ["*"], hashes: null }],
    [`v=DKIM1; k=ed25519; p=${RFC8463}`, { keyType: "ed25519", bits: 256 }],
    [`p=${RSA2048}`, { keyType: "rsa", bits: 2048 }],
    [`k=rsa; t=s; p=${RSA2048}`, { strictDomain: true, testing: false }],
    [`v=DKIM1; k=rsa; t=y:s; p=${RSA2048};`, { strictDomain: true, testing: true }],
    [`v=DKIM1; t = y : x ; p=${RSA2048}`, { testing: true }],
    [`  v = DKIM1 ;\r\n\tk = rsa ; p = ${RFC6376.slice(0, 50)} \t ${RFC6376.slice(50)} ; `, { bits: 1024 }],
    [`v=DKIM1; p=${rsa(1536, "pkcs1")}`, { bits: 1536 }],
    [`v=DKIM1; p=${rsa(768)}`, { bits: 768 }],
    [`v=DKIM1; h=sha1:sha256; s=email:tlsrpt; n=call the "desk"; g=*; x=1; p=${RFC6376}`, { hashes: ["sha1", "sha256"], services: ["email", "tlsrpt"], notes: 'call the "desk"', granularity: "*" }],
    // base64string: the padding is optional in the grammar of RFC 6376 section 2.10.
    [`v=DKIM1; k=ed25519; p=${RFC8463.replace("=", "")}`, { bits: 256 }],
    ["v=DKIM1; p=", { revoked: true, bits: null }],
    ["v=DKIM1; k=rsa; p= ;", { revoked: true, bits: null }],
    ["p=", { revoked: true }],
  ])("%s", (text, expected) => expect(parseKeyRecord(text)).toMatchObject({ ok: true, record: { text, ...expected } }));
});

describe("records that hold none", () => {
  test.each<[text: string, code: KeyRecordErrorCode, part?: string]>([
    ["", "empty"],
    [" \t", "empty"],
    ["v=spf1 -all", "not-a-key-record"],
    ["v=DMARC1; p=reject; rua=mailto:a@example.test", "not-a-key-record"],
    ["google-site-verification=abc", "not-a-key-record"],
    ["v=STSv1; id=1", "not-a-key-record"],
    [`v=DKIM1; k=rsa; p=${RFC6376}; p=${RFC6376}`, "duplicate-tag", "p"],
    [`v=DKIM1; ; p=${RFC6376}`, "syntax"],
    [`v=DKIM1; rsa; p=${RFC6376}`, "syntax", "rsa"],
    [`v=DKIM1 k=rsa p=${RFC6376}`, "wrong-version"],
    [`v=DKIM2; p=${RFC6376}`, "wrong-version", "DKIM2"],
    [`v=dkim1; p=${RFC6376}`, "wrong-version", "dkim1"],
    [`v=1; p=${RFC6376}`, "wrong-version", "1"],
    [`k=rsa; v=DKIM1; p=${RFC6376}`, "version-not-first", "DKIM1"],
    ["v=DKIM1; k=rsa", "missing-key"],
    ["v=DKIM1", "missing-key"],
    [`v=DKIM1; P=${RFC6376}`, "missing-key"],
    [`v=DKIM1; k=dsa; p=${RFC6376}`, "unknown-key-type", "dsa"],
    [`v=DKIM1; k=; p=${RFC6376}`, "unknown-key-type"],
    [`v=DKIM1; s=tlsrpt; p=${RFC6376}`, "not-for-email", "tlsrpt"],
    [`v=DKIM1; h=sha1; p=${RFC6376}`, "no-usable-hash", "sha1"],
    [`"v=DKIM1; k=rsa; p=${RFC6376}"`, "quotes", '"'],
    [`v=DKIM1; p=${RFC6376.slice(0, 60)}" "${RFC6376.slice(60)}`, "quotes", '"'],
    [`v=DKIM1; k=“rsa”; p=${RFC6376}`, "quotes", "“"],
    [`v=DKIM1\\; k=rsa\\; p=${RFC6376}`, "backslash", "\\"],
    [`v=DKIM1; k=rsa; p=-----BEGIN PUBLIC KEY-----${RFC6376}-----END PUBLIC KEY-----`, "pem-armour"],
    [`v=DKIM1; p=${RFC6376.slice(0, 60)}\u200b${RFC6376.slice(60)}`, "non-ascii", "\u200b"],
    [`v=DKIM1; p=${RFC6376.slice(0, 60)}*${RFC6376.slice(60)}`, "bad-base64"],
    ["v=DKIM1; p====", "bad-base64"],
    [`v=DKIM1; p=${RSA2048.slice(0, 200)}`, "truncated-key"],
    [`v=DKIM1; p=${RSA2048.slice(0, 255 - 18)}`, "truncated-key"],
    ["v=DKIM1; p=MII", "truncated-key"],
    [`v=DKIM1; p=${RFC6376}AAAA`, "trailing-data"],
    [`v=DKIM1; p=${Buffer.from("hello, this is no key").toString("base64")}`, "not-a-public-key"],
    [`v=DKIM1; p=${Buffer.from([0x30, 0x03, 0x02, 0x01, 0x05]).toString("base64")}`, "not-a-public-key"],
    [`v=DKIM1; p=${privateKey.export({ format: "der", type: "pkcs8" }).toString("base64")}`, "private-key"],
    [`v=DKIM1; p=${privateKey.export({ format: "der", type: "pkcs1" }).toString("base64")}`, "private-key"],
    [`v=DKIM1; p=${Buffer.from([0x30, 0x07, 0x30, 0x05, 0xa0, 0x03, 0x02, 0x01, 0x02]).toString("base64")}`, "certificate"],
    [`v=DKIM1; p=${RFC8463}`, "wrong-key-type"],
    [`v=DKIM1; k=ed25519; p=${RFC6376}`, "wrong-key-type"],
    [`v=DKIM1; k=ed25519; p=${RFC8463.slice(0, 20)}`, "truncated-key"],
    // The key in ASN.1, where RFC 8463 section 4 wants the bare octets.
    [`v=DKIM1; k=ed25519; p=${generateKeyPairSync("ed25519").publicKey.export({ format: "der", type: "spki" }).toString("base64")}`, "wrong-key-length"],
    [`v=DKIM1; p=${generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ format: "der", type: "spki" }).toString("base64")}`, "wrong-key-type"],
  ])("%s", (text, code, part) => {
    const result = parseKeyRecord(text);
    if (result.ok) throw new Error("taken for a key");
    expect(result.error.code).toBe(code);
    if (part !== undefined) expect(text.slice(result.error.at, result.error.at + result.error.length)).toBe(part);
  });
});

describe("laws", () => {
  const fragments = fc.array(fc.constantFrom("v=", "DKIM1", ";", " ", "p=", RFC6376, RFC8463, "k=", "rsa", "ed25519", "t=", "y", ":", "s", "=", "\"", "\r\n", "　", "h=sha256", "\\", "AAAA", "n=", "x"), { maxLength: 14 }).map((parts) => parts.join(""));
  test("any text is read without an exception, and an error points into it", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fragments), (text) => {
        const result = parseKeyRecord(text);
        if (!result.ok) expect(result.error.at >= 0 && result.error.length >= 0 && result.error.at + result.error.length <= text.length + 1).toBe(true);
        else expect(result.record.revoked).toBe(result.record.bits === null);
      }),
      { numRuns: 500 },
    );
  });
  test("a key cut short anywhere is never taken for a key", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: RSA2048.length - 5 }), (length) => {
        const result = parseKeyRecord(`v=DKIM1; k=rsa; p=${RSA2048.slice(0, length)}`);
        expect(result.ok).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
  test("white space between the digits changes nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: RFC6376.length }), { maxLength: 8 }), fc.constantFrom(" ", "\t", "\r\n "), (cuts, space) => {
        const digits = [...RFC6376].map((digit, index) => (cuts.includes(index) ? space + digit : digit)).join("");
        expect(parseKeyRecord(`v=DKIM1; p=${digits}`)).toMatchObject({ ok: true, record: { bits: 1024 } });
      }),
      { numRuns: 100 },
    );
  });
  test("64 KiB of anything is read at once", () => {
    for (const unit of [";", "=", "a=1;", " ", "\"", "p=A ", "\\", "v=DKIM1;"]) {
      const started = performance.now();
      parseKeyRecord(`v=DKIM1; p=${unit.repeat(65_536 / unit.length)}`);
      expect(performance.now() - started).toBeLessThan(500);
    }
  });
});
