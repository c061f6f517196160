import { describe, expect, test } from "vitest";
import { CASES } from "../../e2e/cases.ts";
import type { Fixture, Seen } from "./fixtures/fixture.ts";
import { LOGS } from "./fixtures/logs.ts";
import { MANGLED } from "./fixtures/mangled.ts";
import { OTHERS } from "./fixtures/others.ts";
import { REPLIES } from "./fixtures/replies.ts";
import { REPORTS } from "./fixtures/reports.ts";
import { TYPED } from "./fixtures/typed.ts";
import { read } from "./read.ts";

async function seen({ input, sendingIp, selectors, given }: Fixture): Promise<Record<keyof Seen, unknown>> {
  const reading = await read({ input, sendingIp, selectors, domain: given });
  const subject = reading.ok ? reading.subject : null;
  const bounce = reading.ok ? reading.bounce : null;
  return {
    kind: subject?.kind, domain: subject?.domain, ip: subject?.sendingIp, mailFrom: subject?.mailFrom, headerFrom: subject?.headerFrom, helo: subject?.helo, headersSeen: subject?.headersSeen,
    dkim: subject?.dkim.map(({ domain, selector }) => `${selector}@${domain}`),
    reporter: bounce?.reporter, format: bounce?.format, code: bounce?.code, enhancedCode: bounce?.enhancedCode, rule: bounce?.rule, permanent: bounce?.permanent,
    spf: bounce?.claims.spf?.result ?? null, dkimResult: bounce?.claims.dkim?.result ?? null,
    notes: reading.ok ? reading.notes.map(({ code }) => code) : undefined,
    error: reading.ok ? undefined : reading.error.code, ask: reading.ok ? undefined : reading.error.ask,
  };
}

describe.each([["typed", TYPED], ["replies", REPLIES], ["logs", LOGS], ["reports", REPORTS], ["mangled", MANGLED], ["other receivers", OTHERS]] as const)("%s", (_group, fixtures) => {
  test.each(fixtures.map((fixture) => [fixture.name, fixture] as const))("%s", async (_name, fixture) => {
    const got = await seen(fixture);
    const told = Object.fromEntries(Object.keys(fixture.expect).map((key) => [key, Object.entries(got).find(([name]) => name === key)?.[1]]));
    expect(fixture.expect.error === undefined ? { error: got.error, ...told } : told).toEqual(fixture.expect.error === undefined ? { error: undefined, ...fixture.expect } : fixture.expect);
  });
});

describe("the cases of the end-to-end tests", () => {
  test.each(CASES.map((one) => [one.id, one] as const))("%s", async (_id, one) => {
    const reading = await read(one);
    expect(reading.ok && { domain: reading.subject.domain, rule: reading.bounce?.rule ?? null }).toEqual({ domain: one.domain, rule: one.expect.rule });
  });
});
