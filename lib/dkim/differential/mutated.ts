/** Random signed messages, and what is done to them, their signature or their key: for the comparison with other verifiers. */

import fc from "fast-check";
import { ED25519, keyRecord, message, OTHER_RSA, RSA, signatureFor, type Signing, signedOver, WEAK_RSA } from "../signed-messages.ts";

/** libopendkim judges `t=` and `x=` by the machine's clock, so the others must: hours lie between the times below. */
export const NOW = Math.floor(Date.now() / 1000);
const RECEIVED = `Received: from a.test by b.test; ${new Date(NOW * 1000).toUTCString().replace("GMT", "+0000")}`;
const at = (hours: number): string => new Date((NOW + hours * 3600) * 1000).toISOString();

export interface Mutated {
  readonly signing: Signing;
  /** Signed by our own signer, over these fields; null: by mailauth's. */
  readonly over: readonly string[] | null;
  readonly header: readonly string[];
  readonly body: readonly string[];
  readonly mutations: readonly string[];
}

export interface Made {
  /** One character for each octet. */
  readonly message: string;
  /** The TXT record at each name. */
  readonly keys: Readonly<Record<string, string>>;
}

const line = fc.constantFrom("Hello Lee,", "", "your order  is on its way", "ends with blanks  ", "\tbegins with a tab", ".", "From me", "caf\u00c3\u00a9", " ", "--b1");
const extra = fc.constantFrom("Cc: all@shop.test", "Reply-To: kim@shop.test", "Subject : spaced", "X-Folded: one\r\n two\r\n\tthree", RECEIVED, "To: twice@gmail.test", "List-Unsubscribe:<https://shop.test/u>", "X-Empty:", "Cc:\ttabbed  twice ");
const HEADER = ["From: Kim Shop <kim@shop.test>", "To: Lee <lee@gmail.test>", "Subject: Your order 1234", "Date: Tue, 24 Nov 2026 09:41:04 +0000", "Message-ID: <a1b2@shop.test>"];
const OPTIONAL = ["To", "Cc", "Subject", "Date", "Message-ID", "Reply-To", "Received", "List-Unsubscribe", "X-Folded", "X-Empty", "X-Absent"];

export const mutatedMessage = (): fc.Arbitrary<Mutated> =>
  fc.record({
    signing: fc.record({
      key: fc.constantFrom(RSA, RSA, ED25519, OTHER_RSA, WEAK_RSA),
      canonicalization: fc.constantFrom("relaxed/relaxed", "simple/simple", "relaxed/simple", "simple/relaxed"),
      fields: fc.subarray(OPTIONAL).map((names) => ["From", ...names]),
      signed: fc.constantFrom(at(-26), at(-26), at(-26), at(2)),
      expires: fc.constantFrom(undefined, undefined, undefined, at(24), at(-1)),
      length: fc.constantFrom(undefined, undefined, undefined, undefined, 0, 10, 10_000),
    }, { requiredKeys: ["key", "canonicalization", "fields", "signed"] }),
    over: fc.option(fc.tuple(fc.subarray(OPTIONAL), fc.subarray(["from", "from", "to", "subject", "cc"])).map(([fields, again]) => ["from", ...fields, ...again]), { freq: 4 }),
    header: fc.array(extra, { maxLength: 3 }).map((more) => [...HEADER.slice(0, 2), ...more, ...HEADER.slice(2)]),
    body: fc.array(line, { maxLength: 7 }).map((lines) => [...lines, ""]),
    mutations: fc.array(fc.constantFrom(...Object.keys(MUTATIONS)), { maxLength: 2 }),
  });

export async function make({ signing = {}, over, header, body, mutations }: Mutated): Promise<Made> {
  const { length, expires, key = RSA, ...others } = signing;
  const text = message(header, body);
  const given = { ...others, key, ...(length === undefined ? {} : { length }), ...(expires === undefined ? {} : { expires }) };
  // An RSA key that is none of ours is signed with, and not published.
  const published = key === OTHER_RSA ? RSA : key;
  const octets = over === null ? (await signatureFor(Buffer.from(text, "latin1"), given)) + text : latin1Of(signedOver(utf8Of(text), over, { key }));
  const made: Made = { message: octets, keys: { "s1._domainkey.shop.test": keyRecord(published) } };
  return mutations.reduce((so, name) => MUTATIONS[name]?.(so) ?? so, made);
}

const utf8Of = (octets: string): string => Buffer.from(octets, "latin1").toString("utf8");
const latin1Of = (written: string): string => Buffer.from(written, "utf8").toString("latin1");

const text = (change: (text: string) => string) => ({ message: whole, keys }: Made): Made => ({ message: change(whole), keys });
const replaced = (from: RegExp | string, to: string) => text((whole) => whole.replace(from, to));
const key = (change: (record: string) => string) => ({ message: whole, keys }: Made): Made => ({ message: whole, keys: Object.fromEntries(Object.entries(keys).map(([name, record]) => [name, change(record)])) });
/** Inside the signature field. */
const tag = (from: RegExp | string, to: string) => text((whole) => whole.replace(/^DKIM-Signature:(?:[^\r]|\r\n[ \t])*/, (field) => field.replace(from, to)));

/** Each by its name, so that a failure says what was done. */
export const MUTATIONS: Readonly<Record<string, (made: Made) => Made>> = {
  "footer": text((whole) => `${whole}-- \r\nlist\r\n`),
  "blank lines at the end": text((whole) => `${whole}\r\n\r\n`),
  "last line end lost": text((whole) => whole.replace(/\r\n$/, "")),
  "body lost": text((whole) => whole.slice(0, whole.indexOf("\r\n\r\n") + 4)),
  "blank in the body": replaced(/\r\n\r\n(.*) /, "\r\n\r\n$1  "),
  "blank at a line's end": replaced("Lee,\r\n", "Lee, \r\n"),
  "letter of the body": replaced("order  is", "order was"),
  "capital in the body": replaced("Hello", "hello"),
  "subject tagged": replaced(/^Subject: /m, "Subject: [list] "),
  "subject folded": replaced("Your order", "Your\r\n order"),
  "subject's blanks": replaced("Subject: Your", "Subject:   Your"),
  "field name in capitals": replaced(/^Subject:/m, "SUBJECT:"),
  "From changed": replaced("Kim Shop", "Kim"),
  "second From on top": text((whole) => `From: eve@evil.test\r\n${whole}`),
  "second From below": replaced(/^To: Lee/m, "From: eve@evil.test\r\nTo: Lee"),
  "Cc added": replaced(/^To: Lee/m, "Cc: eve@evil.test\r\nTo: Lee"),
  "Date removed": replaced(/^Date:.*\r\n/m, ""),
  "Received on top": text((whole) => `${RECEIVED}\r\n${whole}`),
  "signature below the others": text((whole) => whole.replace(/^(DKIM-Signature:(?:[^\r]|\r\n[ \t])*\r\n)((?:[^\r]|\r\n(?!\r\n))*\r\n)/, "$2$1")),
  "signature twice": text((whole) => whole.replace(/^DKIM-Signature:(?:[^\r]|\r\n[ \t])*\r\n/, "$&$&")),
  "v=2": tag("v=1", "v=2"),
  "no v=": tag(/v=1;\s*/, ""),
  "a= unknown": tag(/a=[\w-]+/, "a=rsa-sha512"),
  "a= of the other kind": tag(/a=[\w-]+/, "a=ed25519-sha256"),
  "c= absent": tag(/\bc=[\w/]+;\s*/, ""),
  "c= of one word": tag(/\bc=(\w+)\/\w+/, "c=$1"),
  "c= unknown": tag(/\bc=[\w/]+/, "c=nowsp"),
  "q= dns/txt": tag(/\bs=s1/, "q=dns/txt; s=s1"),
  "q= unknown": tag(/\bs=s1/, "q=http; s=s1"),
  "unknown tag": tag(/\bs=s1/, "zz=1; s=s1"),
  "s= elsewhere": tag(/\bs=s1/, "s=s2"),
  "d= elsewhere": tag(/\bd=shop\.test/, "d=other.test"),
  "d= in capitals": tag(/\bd=shop\.test/, "d=Shop.TEST"),
  "i= of d=": tag(/\bs=s1/, "i=@shop.test; s=s1"),
  "i= below d=": tag(/\bs=s1/, "i=kim@mail.shop.test; s=s1"),
  "i= outside d=": tag(/\bs=s1/, "i=@evil.test; s=s1"),
  "no d=": tag(/\bd=shop\.test;\s*/, ""),
  "no s=": tag(/\bs=s1;\s*/, ""),
  "no bh=": tag(/\bbh=[^;]+;\s*/, ""),
  "no h=": tag(/\bh=[^;]+;\s*/, ""),
  "h= without From": tag(/\bh=from\s*:?/i, "h=to:"),
  "h= empty": tag(/\bh=[^;]+;/, "h=;"),
  "s= twice": tag(/\bs=s1/, "s=s1; s=s1"),
  "t= no number": tag(/\bt=\d+/, "t=soon"),
  "x= before t=": tag(/\bs=s1/, "x=1; s=s1"),
  "x= no number": tag(/\bs=s1/, "x=never; s=s1"),
  "b= of another": tag(/\bb=\s*./, "b=Z"),
  "b= empty": tag(/\bb=[^;]*$/, "b="),
  "bh= of another": tag(/\bbh=./, "bh=Z"),
  "bh= no base64": tag(/\bbh=./, "bh=*"),
  "final semicolon": tag(/$/, ";"),
  "blanks around tags": tag(/;[ \t]*(s=s1)/, " ; \t$1 "),
  "key missing": ({ message: whole }) => ({ message: whole, keys: {} }),
  "key revoked": key(() => "v=DKIM1; p="),
  "key of another": key(() => keyRecord(OTHER_RSA)),
  "key cut off": key((record) => record.slice(0, 200)),
  "key in test": key((record) => record.replace("p=", "t=y; p=")),
  "key for d= alone": key((record) => record.replace("p=", "t=s; p=")),
  "key for another service": key((record) => record.replace("p=", "s=tlsrpt; p=")),
  "key for mail": key((record) => record.replace("p=", "s=tlsrpt:email; p=")),
  "key for sha1": key((record) => record.replace("p=", "h=sha1; p=")),
  "key for sha256": key((record) => record.replace("p=", "h=sha1:sha256; p=")),
  "key without v=": key((record) => record.replace(/^v=DKIM1; /, "")),
  "key without k=": key((record) => record.replace(/k=\w+; /, "")),
  "key of DKIM2": key((record) => record.replace("DKIM1", "DKIM2")),
  "key with v= behind": key((record) => `${record.replace(/^v=DKIM1; /, "")}; v=DKIM1`),
  "key of an unknown kind": key((record) => record.replace(/k=\w+/, "k=ecdsa")),
  "key with blanks": key((record) => record.replace(/p=(.{20})/, "p=$1 ")),
  "key with notes": key((record) => record.replace("p=", "n=ours=20; zz=1; p=")),
  "key with g=": key((record) => record.replace("p=", "g=; p=")),
  "key in quotes": key((record) => `"${record}"`),
  "key without p=": key((record) => record.replace(/p=.*/, "")),
  "key p= twice": key((record) => record.replace(/p=(.*)/, "p=$1; p=$1")),
  "key is SPF": key(() => "v=spf1 -all"),
};
