/** Every form of a bounce with every kind of refusal; then the same after what mail clients and web pages do to a text. */

import { describe, expect, test } from "vitest";
import type { Fixture } from "./fixtures/fixture.ts";
import { MANGLERS } from "./fixtures/manglers.ts";
import { SHAPED, SHAPES } from "./fixtures/shapes/index.ts";
import type { PlaceField } from "./reading.ts";
import { read } from "./read.ts";

async function told(input: string): Promise<Readonly<Record<string, unknown>>> {
  const reading = await read({ input });
  if (!reading.ok) return { error: reading.error.code, ask: reading.error.ask };
  const { subject, bounce } = reading;
  return {
    kind: subject.kind, domain: subject.domain, ip: subject.sendingIp, mailFrom: subject.mailFrom, headerFrom: subject.headerFrom, helo: subject.helo, headersSeen: subject.headersSeen, dkim: subject.dkim.map(({ domain, selector }) => `${selector}@${domain}`),
    reporter: bounce?.reporter, format: bounce?.format, code: bounce?.code, enhancedCode: bounce?.enhancedCode, rule: bounce?.rule,
  };
}

const expected = ({ expect: seen }: Fixture): readonly [string, unknown][] => Object.entries(seen).filter(([, value]) => value !== undefined);

test("a form is a fixture with each refusal", () => expect(SHAPED.length).toBeGreaterThan(700));

describe.each(SHAPES.map(({ name }) => name))("%s", (shape) => {
  test.each(SHAPED.filter(({ name }) => name.startsWith(`${shape}: `)).map((fixture) => [fixture.name.slice(shape.length + 2), fixture] as const))("%s", async (_name, fixture) => {
    const got = await told(fixture.input);
    expect(Object.fromEntries(expected(fixture).map(([key]) => [key, got[key]])), fixture.input).toEqual(Object.fromEntries(expected(fixture)));
  });
});

/** What a mangled text must still tell; its format may be told by less. */
const KEPT = ["error", "domain", "rule", "enhancedCode", "ip"];
/** Forms that are told apart by their columns or by blanks that a wrap takes away. */
const FRAGILE = /^(?:PowerMTA|qmail's log|OpenSMTPD|Exchange's send log|Gmail's report of a remote server): /;
/** Each way of mangling meets a third of the fixtures, each fixture a third of the ways. `BOUNCE_FUZZ_RUNS` makes it all of both. */
const THIRD = process.env["BOUNCE_FUZZ_RUNS"] === undefined ? 3 : 1;

describe.each(MANGLERS.map((mangler, index) => ({ ...mangler, fixtures: SHAPED.filter((_fixture, at) => (at + index) % THIRD === 0) })))("$name", ({ keepsLabels, mangle, fixtures }) => {
  test("changes nothing of what is read, and never leads to a wrong domain", async () => {
    const wrong: unknown[] = [];
    for (const fixture of fixtures) {
      const got = await told(mangle(fixture.input));
      if (got["domain"] !== undefined) expect(got["domain"], fixture.name).toBe(fixture.expect.domain);
      if (!keepsLabels && FRAGILE.test(fixture.name)) continue;
      const differs = expected(fixture).filter(([key, value]) => KEPT.includes(key) && got[key] !== value);
      if (differs.length > 0) wrong.push([fixture.name, differs, got]);
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});

/** The fields whose place holds the value itself, whatever marks a client put between its characters. */
const VERBATIM: readonly PlaceField[] = ["code", "enhanced-code", "sending-ip", "domain", "mail-from", "header-from", "helo", "recipient", "queue-id", "message-id-host", "dkim-domain", "dkim-selector"];

describe("places", () => {
  test.each([{ name: "as pasted", mangle: (text: string) => text }, ...MANGLERS].map((mangler, index) => ({ ...mangler, fixtures: SHAPED.filter((_fixture, at) => index === 0 || (at + index) % (2 * THIRD) === 0) })))("$name: each holds what was read there", async ({ mangle, fixtures }) => {
    for (const fixture of fixtures) {
      const input = mangle(fixture.input);
      const reading = await read({ input });
      if (!reading.ok || reading.details === null) continue;
      for (const { field, value, offset, length } of reading.details.places) {
        expect(offset >= 0 && length > 0 && offset + length <= input.length, `${fixture.name} ${field}`).toBe(true);
        if (!VERBATIM.includes(field)) continue;
        const there = input.slice(offset, offset + length).normalize("NFKC").replace(/\u200B|=\n|\r?\n>? ?|[45]\d\d[- ][45]\.\d\.\d+ (?=\S)/g, "").trim().toLowerCase();
        expect(there, `${fixture.name} ${field}\n${input}`).toBe(value.toLowerCase());
      }
    }
  }, 60_000);

  test("every fact of a reply that names all has one", async () => {
    for (const fixture of SHAPED.filter(({ name, expect: { domain, ip } }) => !/^(?:qmail's log|JSON cut off)/.test(name) && domain !== undefined && ip !== undefined && ip !== null)) {
      const reading = await read({ input: fixture.input });
      const fields = reading.ok ? reading.details?.places.map(({ field }) => field) : [];
      expect(fields, fixture.name).toEqual(expect.arrayContaining(["domain", "sending-ip", "rule", "reporter"]));
    }
  }, 60_000);
});
