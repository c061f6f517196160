/** A signed message, what becomes of it on the way, and what is told. */

import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type Zone, zone } from "../dns/zone.ts";
import { BODY, ED25519, HEADER, KEYS, keyRecord, message, OTHER_RSA, RSA, sealed, signatureFor, type Signing, signed, signedOver, WEAK_RSA } from "./signed-messages.ts";
import { type MessageVerification, verifyMessage } from "./verify.ts";

const NOW = new Date("2026-11-25T12:00:00Z");
const verified = (raw: string | Uint8Array, keys: Zone = KEYS, now = NOW): Promise<MessageVerification> => verifyMessage(raw, zone(keys), now);
const field = (name: string, change: (line: string) => string) => (text: string): string => text.replace(new RegExp(`^${name}:.*$`, "im"), change);
const atEnd = (lines: readonly string[]) => (text: string): string => `${text}${lines.join("\r\n")}\r\n`;
const FOOTER = ["", "_______________________________________________", "Shop-talk mailing list", "https://list.test/shop-talk"];

interface Case {
  readonly sign?: Signing;
  /** Signed by our own signer, over these fields. */
  readonly over?: readonly string[];
  readonly text?: string;
  readonly change?: (text: string) => string;
  readonly keys?: Zone;
  readonly expected: object;
}

const HTML = [...HEADER.slice(0, 6), 'Content-Type: multipart/alternative; boundary="b1"'];
const PARTS = ["--b1", "Content-Type: text/plain", "", "Hello", "", "--b1", "Content-Type: text/html", "", "<html><body><p>Hello</p>", "</body></html>", "--b1--", ""];
const multipart = message(HTML, PARTS);

const CASES: readonly (readonly [name: string, Case])[] = [
  ["untouched, RSA", { expected: { result: "pass", domain: "shop.test", selector: "s1", algorithm: "rsa-sha256", headerHolds: true, unsignedOctets: 0, testing: false } }],
  ["untouched, Ed25519", { sign: { key: ED25519, selector: "ed" }, expected: { result: "pass", algorithm: "ed25519-sha256" } }],
  ["untouched, simple/simple", { sign: { canonicalization: "simple/simple" }, expected: { result: "pass" } }],
  ["untouched, relaxed/simple", { sign: { canonicalization: "relaxed/simple" }, expected: { result: "pass" } }],
  ["LF line ends, as a browser's text area has them", { change: (text) => text.replaceAll("\r\n", "\n"), expected: { result: "pass" } }],
  ["a mailbox file's first line", { change: (text) => `From kim@shop.test Tue Nov 24 09:41:04 2026\r\n${text}`, expected: { result: "pass" } }],
  ["a mailbox file's quoted From", { text: message(HEADER, ["From here on", "From me", ""]), change: (text) => text.replace("\r\nFrom me", "\r\n>From me"), expected: { result: "pass" } }],
  ["blank lines at the end", { change: (text) => `${text}\r\n\r\n`, expected: { result: "pass" } }],
  ["white space in a relaxed body", { change: (text) => text.replace("Kim\r\n", "Kim  \t\r\n"), expected: { result: "pass" } }],
  ["a folded subject, relaxed", { change: field("Subject", (line) => line.replace(" order", "\r\n\torder")), expected: { result: "pass" } }],
  ["a field that is not signed", { change: (text) => `X-Spam-Score: 0.1\r\n${text}`, expected: { result: "pass" } }],
  ["key in test mode", { keys: { "s1._domainkey.shop.test": { TXT: [keyRecord(RSA, "t=y; ")] } }, expected: { result: "pass", testing: true } }],
  ["list footer", { change: atEnd(FOOTER), expected: { result: "body-changed", headerHolds: true, bodyChange: { place: "end", lines: 4 } } }],
  ["list footer, simple body", { sign: { canonicalization: "relaxed/simple" }, change: atEnd(FOOTER), expected: { result: "body-changed", bodyChange: { place: "end", lines: 4 } } }],
  ["banner at the start", { change: (text) => text.replace("\r\n\r\nHello", "\r\n\r\nCAUTION: from outside.\r\n\r\nHello"), expected: { result: "body-changed", headerHolds: true, bodyChange: { place: "start", lines: 2 } } }],
  ["footer in a MIME part", { text: multipart, change: (text) => text.replace("Hello\r\n\r\n--b1", "Hello\r\n\r\n-- \r\nScanned\r\n--b1"), expected: { result: "body-changed", bodyChange: { place: "inside", lines: 2 } } }],
  ["footer in the HTML", { text: multipart, change: (text) => text.replace("</body>", "<p>Scanned</p>\r\n</body>"), expected: { result: "body-changed", bodyChange: { place: "inside", lines: 1 } } }],
  ["a word of the body", { change: (text) => text.replace("order  is", "order was"), expected: { result: "body-changed", bodyChange: null, headerHolds: true } }],
  ["white space in a simple body", { sign: { canonicalization: "simple/simple" }, change: (text) => text.replace("order  is", "order is"), expected: { result: "body-changed", bodyChange: null } }],
  ["body not pasted", { change: (text) => text.slice(0, text.indexOf("\r\n\r\n")), expected: { result: "body-not-seen", headerHolds: true } }],
  ["body not pasted, header changed", { change: (text) => text.slice(0, text.indexOf("\r\n\r\n")).replace("1234", "1235"), expected: { result: "body-not-seen", headerHolds: false } }],
  ["body breaks off", { text: multipart, change: (text) => text.slice(0, text.indexOf("</body>")), expected: { result: "body-not-seen" } }],
  ["tag before the subject", { change: field("Subject", () => "Subject: [shop-talk] Your order 1234"), expected: { result: "header-changed", headerHolds: false, headerChange: { how: "tag", fields: ["subject"] } } }],
  ["two tags before the subject", { change: field("Subject", () => "Subject: [EXTERNAL] *** SPAM *** Your order 1234"), expected: { result: "header-changed", headerChange: { how: "tag", fields: ["subject"] } } }],
  ["tag before the subject, simple", { sign: { canonicalization: "simple/simple" }, change: field("Subject", () => "Subject: [shop-talk] Your order 1234"), expected: { result: "header-changed", headerChange: { how: "tag", fields: ["subject"] } } }],
  ["tag and footer", { change: (text) => atEnd(FOOTER)(field("Subject", () => "Subject: [shop-talk] Your order 1234")(text)), expected: { result: "body-changed", headerHolds: false, bodyChange: { place: "end" } } }],
  ["a field added that the signature lists, Ed25519", { sign: { key: ED25519, selector: "ed" }, over: ["from", "subject", "cc"], change: field("To", (line) => `Cc: all@list.test\r\n${line}`), expected: { result: "header-changed", headerChange: { how: "added", fields: ["cc"] } } }],
  ["signed by our own signer", { over: ["from", "from", "subject", "cc", "date"], expected: { result: "pass" } }],
  ["signed by our own signer, Ed25519, i= below d=", { sign: { key: ED25519, selector: "ed", more: " i=@mail.shop.test;" }, over: ["from", "subject"], expected: { result: "pass", identityDomain: "mail.shop.test" } }],
  ["i= below d=, where the key allows d= alone", { sign: { more: " i=@mail.shop.test;" }, over: ["from"], keys: { "s1._domainkey.shop.test": { TXT: [keyRecord(RSA, "t=s; ")] } }, expected: { result: "malformed", detail: "domain mismatch" } }],
  ["a second From, oversigned", { over: ["from", "from", "subject"], change: field("To", (line) => `From: Eve <eve@evil.test>\r\n${line}`), expected: { result: "header-changed", headerChange: { how: "added", fields: ["from"] } } }],
  ["From rewritten by a list that keeps it", { change: (text) => text.replace("From: Kim Shop <kim@shop.test>", "From: Kim via List <talk@list.test>\r\nX-Original-From: Kim Shop <kim@shop.test>"), expected: { result: "header-changed", headerChange: { how: "rewritten", fields: ["from"] } } }],
  ["encoding rewritten", { change: field("Content-Transfer-Encoding", () => "Content-Transfer-Encoding: quoted-printable"), expected: { result: "header-changed", headerChange: { how: "rewritten", fields: ["content-transfer-encoding"] } } }],
  ["tag and a Reply-To that was signed as absent", { over: ["from", "subject", "reply-to"], change: field("Subject", (line) => `Reply-To: talk@list.test\r\n${line.replace("Your", "[talk] Your")}`), expected: { result: "header-changed", headerChange: { fields: ["subject", "reply-to"] } } }],
  ["a field changed beyond what can be told", { change: field("To", () => "To: Somebody <else@gmail.test>"), expected: { result: "header-changed", headerChange: null } }],
  ["a field changed beyond what can be told, Ed25519", { sign: { key: ED25519, selector: "ed" }, change: field("To", () => "To: Somebody <else@gmail.test>"), expected: { result: "not-matching", headerChange: null } }],
  ["signed with another key than the one published", { sign: { key: OTHER_RSA }, expected: { result: "other-key", headerHolds: false, headerChange: null } }],
  ["signed with another key, and the body changed", { sign: { key: OTHER_RSA }, change: (text) => text.replace("Hello", "Hallo"), expected: { result: "other-key" } }],
  ["signed with another key, and the body not pasted", { sign: { key: OTHER_RSA }, change: (text) => text.slice(0, text.indexOf("\r\n\r\n")), expected: { result: "other-key" } }],
  ["no key at the selector", { sign: { selector: "s9" }, expected: { result: "key-missing", headerHolds: null } }],
  ["key withdrawn", { keys: { "s1._domainkey.shop.test": { TXT: ["v=DKIM1; p="] } }, expected: { result: "key-revoked" } }],
  ["key damaged", { keys: { "s1._domainkey.shop.test": { TXT: [keyRecord(RSA).slice(0, 255)] } }, expected: { result: "key-invalid" } }],
  ["key of another type", { keys: { "s1._domainkey.shop.test": { TXT: [keyRecord(ED25519)] } }, expected: { result: "other-key" } }],
  ["a key beside a record of another kind", { keys: { "s1._domainkey.shop.test": { TXT: ["v=spf1 -all", keyRecord(RSA)] } }, expected: { result: "pass" } }],
  ["two keys at the selector", { keys: { "s1._domainkey.shop.test": { TXT: [keyRecord(RSA), keyRecord(OTHER_RSA)] } }, expected: { result: "key-invalid" } }],
  ["key too short", { sign: { key: WEAK_RSA }, keys: { "s1._domainkey.shop.test": { TXT: [keyRecord(WEAK_RSA)] } }, expected: { result: "key-weak" } }],
  ["key not answered for", { keys: { "s1._domainkey.shop.test": { fail: "timeout" } }, expected: { result: "unanswered" } }],
  ["rsa-sha1", { sign: { algorithm: "rsa-sha1" }, expected: { result: "weak-algorithm" } }],
  ["unknown algorithm", { change: (text) => text.replace("a=rsa-sha256", "a=rsa-sha512"), expected: { result: "unsupported" } }],
  ["unknown version", { change: (text) => text.replace("v=1;", "v=2;"), expected: { result: "unsupported" } }],
  ["expired when it was received", { sign: { expires: "2026-11-24T10:00:00Z" }, change: (text) => `Received: from a.test (a.test [192.0.2.1]) by mx.google.com; Tue, 24 Nov 2026 11:00:00 +0000\r\n${text}`, expected: { result: "expired" } }],
  ["expired since it was received", { sign: { expires: "2026-11-24T10:00:00Z" }, change: (text) => `Received: from a.test (a.test [192.0.2.1]) by mx.google.com;\r\n\tTue, 24 Nov 2026 01:41:09 -0800 (PST)\r\n${text}`, expected: { result: "pass" } }],
  ["made in the future", { sign: { signed: "2026-11-26T00:00:00Z" }, expected: { result: "not-yet-valid" } }],
  ["made a minute ahead", { sign: { signed: "2026-11-25T12:01:00Z" }, expected: { result: "pass" } }],
  ["From not signed", { over: ["to", "subject"], expected: { result: "malformed", detail: "From field not signed" } }],
  ["i= outside d=", { change: (text) => text.replace("d=shop.test;", "d=shop.test; i=@other.test;"), expected: { result: "malformed" } }],
  ["a tag twice", { change: (text) => text.replace("s=s1;", "s=s1; s=s2;"), expected: { result: "malformed" } }],
  ...["", "...", "[removed]", "XXXXXXXX", "AbCd...WxYz"].map((b): readonly [string, Case] => [`b= shortened to "${b}"`, { change: (text) => text.replace(/ b=(?:[^\r]|\r\n[ \t])*/, ` b=${b}`), expected: { result: "signature-not-seen", headerHolds: null } }]),
  ["b= shortened, and a footer", { change: (text) => atEnd(FOOTER)(text.replace(/ b=(.{20})[^\r]*(?:\r\n[ \t][^\r]*)*/, " b=$1...")), expected: { result: "body-changed", bodyChange: { place: "end", lines: 4 } } }],
  ["no bh=", { change: (text) => text.replace(/bh=/, "zz="), expected: { result: "malformed" } }],
  ["l= and a footer behind it", { sign: { length: 20 }, change: atEnd(FOOTER), expected: { result: "pass", unsignedOctets: expect.any(Number) } }],
];

describe("a message with one signature", () => {
  test.each(CASES)("%s", async (_, { sign, over, text = message(), change = (same) => same, keys = KEYS, expected }) => {
    const whole = over === undefined ? await signed(text, sign) : signedOver(text, over, sign);
    const { signatures } = await verified(change(whole), keys);
    expect(signatures).toHaveLength(1);
    expect(signatures[0]).toMatchObject(expected);
  });
});

test("l= leaves octets unsigned, and they are counted", async () => {
  const { signatures: [one] } = await verified(`${await signed(message(), { length: 20 })}Buy here\r\n`);
  expect(one?.unsignedOctets).toBeGreaterThan(30);
});

test("a body in another charset than UTF-8 is verified by its octets, from a file and from its text", async () => {
  const header = message(HEADER, ["caf\u00e9 cr\u00e8me", ""]);
  const octets = Buffer.from(header, "latin1");
  const signatures = await signatureFor(octets);
  expect((await verified(Buffer.concat([Buffer.from(signatures), octets]))).signatures[0]?.result).toBe("pass");
  expect((await verified(signatures + header)).signatures[0]?.result).toBe("pass");
});

test("windows-1252, as a browser decodes it", async () => {
  const octets = Buffer.concat([Buffer.from(message(HEADER, ["It", ""])), Buffer.from([0x92, 0x73, 0x20, 0x80, 0x35, 0x0d, 0x0a])]);
  const text = new TextDecoder("windows-1252").decode(octets);
  expect((await verified((await signatureFor(octets)) + text)).signatures[0]?.result).toBe("pass");
});

test("a body in Shift_JIS, decoded: its octets are gone, and nobody is accused", async () => {
  const header = HEADER.map((line) => line.replace("utf-8", "Shift_JIS"));
  const octets = Buffer.concat([Buffer.from(message(header, [""])), Buffer.from([0x93, 0xfa, 0x96, 0x7b, 0x0d, 0x0a])]);
  const signature = await signatureFor(octets);
  expect((await verified(Buffer.concat([Buffer.from(signature), octets]))).signatures[0]?.result).toBe("pass");
  expect((await verified(signature + new TextDecoder("shift_jis").decode(octets))).signatures[0]).toMatchObject({ result: "body-not-seen", headerHolds: true });
});

test("each signature is told by itself, the newest first", async () => {
  const both = await signed(await signed(message()), { key: ED25519, selector: "ed" });
  const { signatures, left } = await verified(field("Subject", () => "Subject: Another")(both));
  expect(signatures.map(({ selector, result }) => [selector, result])).toEqual([["ed", "not-matching"], ["s1", "header-changed"]]);
  expect(left).toBe(0);
});

test("of many signatures ten are looked at", async () => {
  const one = (await signed(message())).slice(0, -message().length);
  const { signatures, left } = await verified(one.repeat(30) + message());
  expect(signatures.map(({ result }) => result)).toEqual(Array.from({ length: 10 }, () => "pass"));
  expect(left).toBe(20);
});

test("no signature, no result", async () => {
  expect(await verified(message())).toMatchObject({ signatures: [], incomplete: false, arc: { result: "none" } });
  expect((await verified("")).signatures).toEqual([]);
});

test("256 KiB that fit nothing are done in a second", async () => {
  const lines = Array.from({ length: 4000 }, (_, line) => (line % 50 === 0 ? "--b1" : "x".repeat(60)));
  const text = await signed(message(HEADER, lines));
  const started = performance.now();
  const { signatures } = await verified(text.replace("Subject: Your", "Subject: Mine").replace("xxxx\r\n", "xyxx\r\n"));
  expect(signatures[0]).toMatchObject({ result: "body-changed", bodyChange: null });
  expect(performance.now() - started).toBeLessThan(1000);
});

test("anything is read without an exception", async () => {
  const text = await signed(message());
  for (let at = 0; at < text.length; at += 37) {
    const cut = await verified(text.slice(0, at));
    expect(cut.signatures.every(({ result }) => result !== "pass")).toBe(true);
    await verified(text.slice(at));
    await verified(text.slice(0, at) + "\0;=\r\n" + text.slice(at));
  }
});

describe("the RFCs' own examples", () => {
  const header = ["From: Joe SixPack <joe@football.example.com>", "To: Suzie Q <suzie@shopping.example.net>", "Subject: Is dinner ready?", "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)", "Message-ID: <20030712040037.46341.5F8J@football.example.com>"];
  const body = ["Hi.", "", "We lost the game.  Are you hungry yet?", "", "Joe.", ""];

  test("RFC 8463 appendix A.3: Ed25519 and RSA", async () => {
    const text = message([
      "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;", " d=football.example.com; i=@football.example.com;", " q=dns/txt; s=brisbane; t=1528637909; h=from : to :", " subject : date : message-id : from : subject : date;",
      " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;", " b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus", " Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==",
      "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;", " d=football.example.com; i=@football.example.com;", " q=dns/txt; s=test; t=1528637909; h=from : to : subject :", " date : message-id : from : subject : date;",
      " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;", " b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3", " DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz", " dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=",
      ...header,
    ], body);
    const keys: Zone = {
      "brisbane._domainkey.football.example.com": { TXT: ["v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="] },
      "test._domainkey.football.example.com": { TXT: ["v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB"] },
    };
    expect((await verified(text, keys)).signatures.map(({ algorithm, result }) => [algorithm, result])).toEqual([["ed25519-sha256", "pass"], ["rsa-sha256", "pass"]]);
  });

  test("RFC 6376 appendix A.2: simple/simple", async () => {
    const text = message([
      "DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;", "      c=simple/simple; q=dns/txt; i=joe@football.example.com;", "      h=Received : From : To : Subject : Date : Message-ID;", "      bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;",
      "      b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB", "      4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut", "      KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV", "      4bmp/YzhwvcubU4=;",
      "Received: from client1.football.example.com  [192.0.2.1]", "      by submitserver.example.com with SUBMISSION;", "      Fri, 11 Jul 2003 21:01:54 -0700 (PDT)", ...header,
      // The RFC's text has two blanks after "game."; what was signed has one (its errata tell).
    ], body.map((line) => line.replace("  ", " ")));
    const keys: Zone = { "brisbane._domainkey.example.com": { TXT: ["v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB"] } };
    expect((await verified(text, keys)).signatures[0]).toMatchObject({ result: "pass", identityDomain: "football.example.com" });
  });
});

describe("RFC 6376's canonical forms, as it writes them", () => {
  const header = ["A: X ", "B : Y\t", "\tZ  "];
  const body = [" C ", "D \t E", "", "", ""];

  // Section 3.4.5, its examples 1 to 3, with the From field that every signature needs.
  test.each([
    ["relaxed/relaxed", ["a:X", "b:Y Z", "from:kim@shop.test"], " C\r\nD E\r\n"],
    ["simple/simple", [...header.slice(0, 1), "B : Y\t\r\n\tZ  ", "From: kim@shop.test"], " C \r\nD \t E\r\n"],
    ["relaxed/simple", ["a:X", "b:Y Z", "from:kim@shop.test"], " C \r\nD \t E\r\n"],
  ])("%s", async (canonicalization, canonical, hashed) => {
    const unsigned = `DKIM-Signature: v=1; a=rsa-sha256; c=${canonicalization}; d=shop.test; s=s1; h=A:B:From; bh=${createHash("sha256").update(hashed).digest("base64")}; b=`;
    const own = canonicalization.startsWith("relaxed") ? unsigned.replace("DKIM-Signature: ", "dkim-signature:") : unsigned;
    const signature = sign("sha256", Buffer.from([...canonical, own].join("\r\n")), RSA).toString("base64");
    const { signatures } = await verified([unsigned + signature, ...header, "From: kim@shop.test", "", ...body].join("\r\n"));
    expect(signatures.map(({ result }) => result)).toEqual(["pass"]);
  });

  // Sections 3.4.3 and 3.4.4: SHA-256 of an empty body.
  test.each([["simple/simple", "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY="], ["relaxed/relaxed", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="]])("an empty body, %s", async (canonicalization, hash) => {
    const text = await signed(message(HEADER, [""]), { canonicalization });
    expect(text).toContain(`bh=${hash}`);
    expect((await verified(`${text}\r\n\r\n`)).signatures.map(({ result }) => result)).toEqual(["pass"]);
  });
});

describe("ARC", () => {
  const ARC_KEYS: Zone = { ...KEYS, "k2._domainkey.mx.test": { TXT: [keyRecord(RSA)] } };
  const second = { domain: "mx.test", selector: "k2", key: RSA, cv: "pass", saw: "mx.test; arc=pass" } as const;

  test("one seal over a list's own message", async () => {
    const { arc, signatures } = await verified(await sealed(atEnd(FOOTER)(await signed(message()))), ARC_KEYS);
    expect(arc).toEqual({ result: "pass", sets: 1, sealers: ["list.test"], cv: "none", firstSaw: ["dkim=pass", "spf=pass", "dmarc=pass"] });
    expect(signatures[0]?.result).toBe("body-changed");
  });
  test("two seals", async () => {
    const { arc } = await verified(await sealed(await sealed(await signed(message())), second), ARC_KEYS);
    expect(arc).toMatchObject({ result: "pass", sets: 2, sealers: ["list.test", "mx.test"], cv: "pass" });
  });
  const BROKEN: readonly (readonly [string, (text: string) => string, Zone, string])[] = [
    ["changed after the seal", atEnd(["a footer"]), ARC_KEYS, "fail"],
    ["a seal changed", (text) => text.replace("dkim=pass", "dkim=fail"), ARC_KEYS, "fail"],
    ["a set is missing", (text) => text.replace(/^ARC-Seal: i=1(?:.|\r\n[ \t])*\r\n/m, ""), ARC_KEYS, "fail"],
    ["the sealer's key is gone", (text) => text, KEYS, "fail"],
    ["the sealer's key is not answered for", (text) => text, { ...KEYS, "k2._domainkey.mx.test": { fail: "timeout" } }, "unanswered"],
  ];
  test.each(BROKEN)("%s", async (_, change, keys, expected) => {
    const text = await sealed(await sealed(await signed(message())), second);
    expect((await verified(change(text), keys)).arc.result).toBe(expected);
  });
  test("a chain that says itself that it is broken", async () => {
    const { arc } = await verified(await sealed(await sealed(await signed(message())), { ...second, cv: "fail" }), ARC_KEYS);
    expect(arc).toMatchObject({ result: "fail", cv: "fail" });
  });
});

test("keys are made anew for each run: none of them is a fixture", () => {
  expect(generateKeyPairSync("ed25519").privateKey.equals(ED25519)).toBe(false);
  expect(BODY.length).toBeGreaterThan(0);
});
