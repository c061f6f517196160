import fc from "fast-check";
import { expect, test } from "vitest";
import { deliveryReport, GMAIL, oneLine, postfixLog, smtpReply } from "../../e2e/bounce-texts.ts";
import { gmailSays, UNAUTHENTICATED } from "./fixtures/fixture.ts";
import { LOGS } from "./fixtures/logs.ts";
import { MANGLED } from "./fixtures/mangled.ts";
import { REPORTS } from "./fixtures/reports.ts";
import { read } from "./read.ts";
import { redacted } from "./redact.ts";

const label = fc.stringMatching(/^[a-z][a-z0-9]{1,14}(?:-[a-z0-9]{1,6})?$/);
const domain = fc.tuple(label, label).map(([host, name]) => `${host}.${name}.test`);
const ip = fc.oneof(fc.nat(255).map((last) => `192.0.2.${last}`), fc.tuple(fc.nat(0xffff), fc.nat(0xffff)).map(([a, b]) => `2001:db8:${a.toString(16)}::${b.toString(16)}`));
const refusal = fc.tuple(fc.constantFrom("unauthenticated" as const, "hardFail" as const, "dkimRequired" as const), domain, ip).map(([rule, name, address]) => GMAIL[rule](name, address));

async function facts(input: string): Promise<unknown> {
  const reading = await read({ input });
  return reading.ok ? { domain: reading.subject.domain, ip: reading.subject.sendingIp, rule: reading.bounce?.rule, code: reading.bounce?.enhancedCode } : reading.error;
}

test("wrapping at any column, quoting and line ends change nothing", async () => {
  await fc.assert(
    fc.asyncProperty(refusal, fc.integer({ min: 18, max: 120 }), fc.boolean(), async (one, column, perLine) => {
      const reply = smtpReply(one);
      const expected = await facts(reply);
      expect(expected).toMatchObject({ code: one.enhanced });
      const source = perLine ? reply.split("\n") : [oneLine(one)];
      const wrapped = source.flatMap((line) => line.match(new RegExp(`.{1,${column}}`, "g")) ?? [""]).join("\n");
      const folded = oneLine(one).match(new RegExp(`.{1,${column}}(?: |$)|\\S+ ?`, "g"))?.map((line) => line.trimEnd()).join("\n    ") ?? "";
      for (const changed of [oneLine(one), wrapped, folded, reply.replaceAll("\n", "\r\n"), reply.split("\n").map((line) => `> ${line}`).join("\n"), wrapped.split("\n").map((line) => `> ${line}`).join("\r\n")]) expect(await facts(changed), changed).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});

test("never rejects, whatever is pasted", async () => {
  const pieces = [...LOGS, ...REPORTS, ...MANGLED].map(({ input }) => input);
  const splice = fc.tuple(fc.constantFrom(...pieces), fc.constantFrom(...pieces), fc.nat(), fc.nat(), fc.string({ unit: "binary", maxLength: 40 })).map(([a, b, from, to, odd]) => a.slice(0, from % (a.length + 1)) + odd + b.slice(to % (b.length + 1)));
  await fc.assert(fc.asyncProperty(fc.oneof(fc.string({ unit: "binary", maxLength: 400 }), splice), async (input) => { expect(typeof (await read({ input })).ok).toBe("boolean"); }), { numRuns: 600 });
});

const HOSTILE: readonly [string, string][] = [
  ["letters", "a"], ["blanks", " "], ["at signs", "@"], ["brackets", "["], ["angles", "<"], ["quotes", '"'], ["dots", "a."], ["codes", "550-5.7.26 "], ["digits", "5"], ["equals", "=\n"], ["boundaries", "--x\nContent-Type: text/plain\n\n"], ["headers", "From: a@b.test\n"],
  ["folds", "Received: from a\n\tby b\n"], ["tokens", "550-5.7.26 x - gsmtp\n"], ["entities", "&lt;"], ["tags", "<div"], ["styles", "<style"], ["addresses", "a@b.test,"], ["colons", "::"], ["logs", "Nov 24 09:41:07 m postfix/smtp[1]: 4Xy71h3Jt8z7r: to=<a@b.test>, status=bounced (host x[1.2.3.4] said: 550-5.7.1 no)\n"],
  ["queue ids", "Nov 24 09:41:07 m postfix/qmgr[1]: 4Xy71h3Jt8z7r: from=<a@b.test>, size=1\n"], ["exim", "1rA2bC-0004Xy-7h <= "], ["quoting", "> "], ["stat", "stat=550 mailer="], ["Diagnostic-Code", "Final-Recipient: rfc822; a\nDiagnostic-Code: smtp; 550 5.7.1\n\n"], ["escapes", "\\n\\r"], ["wide", "\uFF20"], ["SPF", "SPF[" ], ["MAIL FROM", "MAIL FROM:<"], ["sending domain", "sending domain "], ["JSON", '{"bouncedRecipients":[']
];

test.each(HOSTILE)("256 KiB of %s are read in bounded time", async (_name, unit) => {
  const input = unit.repeat(Math.floor((255 * 1024) / new TextEncoder().encode(unit).length));
  for (const text of [input, `550-5.7.26 This mail is unauthenticated, ${input}`, `From: a@b.test\nTo: c@d.test\nMIME-Version: 1.0\nContent-Type: multipart/report; boundary="x"\n\n--x\n${input}`]) {
    const started = performance.now();
    await read({ input: text.slice(0, 256 * 1024) });
    // The bound is 200 ms on a quiet machine; tests share theirs.
    expect(performance.now() - started).toBeLessThan(1500);
  }
});

const local = fc.oneof(
  fc.stringMatching(/^[a-z]{3,10}[.+_=-][a-z0-9]{4,12}$/),
  fc.stringMatching(/^"[a-z]{3,8} [a-z]{5,9}"$/),
  fc.stringMatching(/^SRS0=[A-Za-z0-9]{4}=[A-Z2-7]{2}=[a-z]{4,8}\.test=[a-z]{5,9}$/),
  fc.stringMatching(/^[\u3041-\u3093]{4,8}$/),
  fc.stringMatching(/^bounce-[0-9]{5,9}-[a-z]{4,8}=gmail\.com$/),
);

test("no local part survives in the text, and all do when asked for", async () => {
  await fc.assert(
    fc.asyncProperty(local, local, async (from, to) => {
      const words = gmailSays(550, "5.1.1", [`The email account <${to}@gmail.com> that you tried to reach does not exist. mailto:${from}@oak-barn.test (${to}@gmail.com)`]);
      for (const input of [`MAIL FROM:<${from}@oak-barn.test>\nRCPT TO:<${to}@gmail.com>\n${words}`, postfixLog({ code: "550", enhanced: "5.1.1", lines: words.split("\n") }, { host: "m.oak-barn.test", from: `${from}@oak-barn.test`, to: `${to}@gmail.com`, queueId: "4Xy71h3Jt8z7r" }), deliveryReport({ host: "m.oak-barn.test", to: `${to}@gmail.com`, refusal: GMAIL.noSuchUser(), returned: [`Return-Path: <${from}@oak-barn.test>`, `From: <${from}@oak-barn.test>`, "Message-ID: <1@oak-barn.test>", "Subject: x"] })]) {
        const reading = await read({ input });
        const written = JSON.stringify(reading);
        expect(reading.ok && reading.subject.domain, input).toBe("oak-barn.test");
        for (const part of [from, to]) expect(written, input).not.toContain(part.replaceAll('"', ""));
      }
      const kept = await read({ input: `MAIL FROM:<x@oak-barn.test>\n${words}`, keepAddresses: true });
      expect(kept.ok && kept.bounce?.text).toContain(`${to}@gmail.com`);
    }),
    { numRuns: 100 },
  );
});

test.each([
  ["a@b.test", "…@b.test"],
  ["<kim.lee@\nb.test>", "<…@\nb.test>"],
  ["<kim\n .lee@b.test>", "<…@b.test>"],
  ["https://x.test/?u=kim%40b.test", "https://x.test/?u=…@b.test"],
  ['"kim lee"@b.test', "…@b.test"],
  ["a @ b", "a @ b"],
  ["x@[192.0.2.1]", "…@[192.0.2.1]"],
])("%j is redacted to %j", (text, expected) => expect(redacted(text)).toBe(expected));

test("what was read with an unauthenticated sender names it once", async () => {
  expect(await facts(gmailSays(550, "5.7.26", UNAUTHENTICATED("oak-barn.test", "192.0.2.7")))).toEqual({ domain: "oak-barn.test", ip: "192.0.2.7", rule: "unauthenticated", code: "5.7.26" });
});
