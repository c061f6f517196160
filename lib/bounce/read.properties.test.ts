import fc from "fast-check";
import { expect, test } from "vitest";
import { BEGINNINGS, HOSTILE_UNITS, hostilePaste } from "../../bench/bounce-worst.ts";
import { deliveryReport, GMAIL, oneLine, postfixLog, smtpReply } from "../../e2e/bounce-texts.ts";
import { gmailSays, UNAUTHENTICATED } from "./fixtures/fixture.ts";
import { LOGS } from "./fixtures/logs.ts";
import { MANGLED } from "./fixtures/mangled.ts";
import { SHAPED } from "./fixtures/shapes/index.ts";
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
    // Once a wrap behind a hexadecimal letter was taken for an address and a number of Gmail's.
    { numRuns: 150, examples: [[GMAIL.unauthenticated("a00aaaaa00a00-0aa.aa00aa-000a0.test", "2001:db8:1000::b300"), 80, true]] },
  );
});

/** How many mutated pastes are read; `npm run fuzz` asks for more. */
const RUNS = Number(process.env["BOUNCE_FUZZ_RUNS"] ?? 10_000);
/** Local parts in the corpus, so that the laws of redaction can be checked on whatever the mutator makes of it. */
const CANARY = "zq7xjv.kk93";
const CORPUS = [...LOGS, ...REPORTS, ...MANGLED, ...SHAPED].map(({ input }) => input.replace(/\b(?:kim|someone|lee|hello)@/g, `${CANARY}@`));

/** Cut, doubled, moved, spliced with another text, a character changed: what pastes and attackers do. */
const mutation = fc.oneof(
  fc.record({ kind: fc.constant("cut" as const), at: fc.nat(), length: fc.nat(400) }),
  fc.record({ kind: fc.constant("double" as const), at: fc.nat(), length: fc.nat(200) }),
  fc.record({ kind: fc.constant("splice" as const), at: fc.nat(), other: fc.nat(CORPUS.length - 1), from: fc.nat(), length: fc.nat(600) }),
  fc.record({ kind: fc.constant("insert" as const), at: fc.nat(), odd: fc.oneof(fc.string({ unit: "binary", maxLength: 12 }), fc.constantFrom("\n", "\r\n", "<", ">", "&lt;", "=\n", "=20", "\\n", "{", '"', "[", "\u200B", "\uFF1A", "550-5.7.26 ", " - gsmtp", "MAIL FROM:<", "From: ", "--x\n", "\0")) }),
  fc.record({ kind: fc.constant("wrap" as const), column: fc.integer({ min: 10, max: 100 }) }),
);

function mutated(text: string, changes: readonly (typeof mutation extends fc.Arbitrary<infer Change> ? Change : never)[]): string {
  return changes.reduce((changed, change) => {
    if (change.kind === "wrap") return (changed.match(new RegExp(`.{1,${change.column}}`, "g")) ?? []).join("\n");
    const at = change.at % (changed.length + 1);
    if (change.kind === "cut") return changed.slice(0, at) + changed.slice(at + change.length);
    if (change.kind === "double") return changed.slice(0, at + change.length) + changed.slice(at);
    if (change.kind === "insert") return changed.slice(0, at) + change.odd + changed.slice(at);
    const other = CORPUS[change.other] ?? "";
    const from = change.from % (other.length + 1);
    return changed.slice(0, at) + other.slice(from, from + change.length) + changed.slice(at);
  }, text);
}

test("whatever becomes of a bounce: no throw, no hang, bounded answers, no local part in them", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...CORPUS), fc.array(mutation, { minLength: 1, maxLength: 5 }), async (text, changes) => {
      const input = mutated(text, changes);
      const started = performance.now();
      const reading = await read({ input });
      expect(performance.now() - started).toBeLessThan(2000);
      if (!reading.ok) return;
      const { details, bounce, subject, notes } = reading;
      expect(JSON.stringify({ subject, bounce, notes }).length).toBeLessThan(30_000);
      expect(bounce?.text.length ?? 0).toBeLessThanOrEqual(1000);
      expect(details?.groups.length ?? 0).toBeLessThanOrEqual(50);
      for (const { offset, length } of details?.places ?? []) expect(offset >= 0 && length > 0 && offset + length <= input.length).toBe(true);
      expect(JSON.stringify(reading)).not.toContain(`${CANARY}@`);
    }),
    { numRuns: RUNS },
  );
}, 60_000 + RUNS * 20);

test("never rejects, whatever is pasted", async () => {
  const pieces = [...LOGS, ...REPORTS, ...MANGLED].map(({ input }) => input);
  const splice = fc.tuple(fc.constantFrom(...pieces), fc.constantFrom(...pieces), fc.nat(), fc.nat(), fc.string({ unit: "binary", maxLength: 40 })).map(([a, b, from, to, odd]) => a.slice(0, from % (a.length + 1)) + odd + b.slice(to % (b.length + 1)));
  await fc.assert(fc.asyncProperty(fc.oneof(fc.string({ unit: "binary", maxLength: 400 }), splice), async (input) => { expect(typeof (await read({ input })).ok).toBe("boolean"); }), { numRuns: 600 });
});

test.each(HOSTILE_UNITS.map(([name, unit], index) => [name, unit, index] as const))("256 KiB of %s are read in bounded time", async (_name, unit, index) => {
  for (const beginning of new Set(["", BEGINNINGS[index % BEGINNINGS.length] ?? ""])) {
    const input = hostilePaste(unit, beginning);
    const started = performance.now();
    await read({ input });
    // 50 ms on a quiet core, as `npm run bench` shows; tests share theirs.
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
  ["https://x.test/?u=kim%40b.test", "https://x.test/?…"],
  ['"kim lee"@b.test', "…@b.test"],
  ["a @ b", "a @ b"],
  ["x@[192.0.2.1]", "…@[192.0.2.1]"],
])("%j is redacted to %j", (text, expected) => expect(redacted(text)).toBe(expected));

test("what was read with an unauthenticated sender names it once", async () => {
  expect(await facts(gmailSays(550, "5.7.26", UNAUTHENTICATED("oak-barn.test", "192.0.2.7")))).toEqual({ domain: "oak-barn.test", ip: "192.0.2.7", rule: "unauthenticated", code: "5.7.26" });
});
