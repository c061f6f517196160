/**
 * Whatever is sent to the API: an answer in the contract's shape, and never a 500. The handlers themselves, over a DNS server on loopback
 * and a database of their own.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { CASES } from "../../e2e/cases.ts";
import { type DnsServer, startDnsServer } from "../../e2e/dns-server.ts";
import { apiErrorSchema, diagnosisEventSchema, reportSchema } from "../../lib/diagnosis/report.ts";
import { POST as diagnoses } from "../api/diagnoses/route.ts";
import { DELETE as remove, GET as open } from "../api/diagnoses/[id]/route.ts";
import { POST as spf } from "../api/spf/route.ts";
import { POST as form } from "../submit/route.ts";
import { spfAnswerSchema } from "./spf-answer.ts";

let dns: DnsServer;
const folder = mkdtempSync(join(tmpdir(), "rebound-bodies-"));
beforeAll(async () => {
  dns = await startDnsServer({ zones: [join(import.meta.dirname, "..", "..", "e2e", "zones")] });
  for (const [name, value] of Object.entries({ REBOUND_DNS_SERVERS: `127.0.0.1:${dns.port}`, DATABASE_URL: `file:${join(folder, "rebound.db")}`, REBOUND_RATE_LIMIT: "0", REBOUND_LOG_LEVEL: "silent" })) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await dns.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A case over a server that does not answer takes seconds. */
const QUICK = CASES.filter(({ id }) => !/timeout|unanswered/.test(id));
const BODIES: readonly unknown[] = [
  ...QUICK.map(({ input, sendingIp, selectors }) => ({ input, sendingIp, selectors, keepAddresses: true })),
  ...QUICK.map(({ domain }) => ({ input: domain, domain })),
  { ip: "192.0.2.10", mailFrom: "kim@linden-clinic.test", helo: "mail.linden-clinic.test" },
  { ip: "2001:db8::1", mailFrom: "", helo: "" },
];
const WORDS = ["", "\u0000", "\u202e", "\ud800", "__proto__", "550-5.7.26", "linden-clinic.test", "192.0.2.300", "a".repeat(3000), "@", "xn--", "%00", "<script>", "From: a@b\n\n", "..", "v=spf1 include:%{i}._spf.test -all", "{", "}", '"', ":", "null", "1e999"];

const odd = fc.oneof(fc.constantFrom<unknown>(...WORDS, null, true, 0, -1, 1e308, [], {}, [[]], { __proto__: [] }), fc.jsonValue({ maxDepth: 2 }), fc.string({ unit: "binary", maxLength: 60 }));
const FIELDS = ["input", "sendingIp", "selectors", "keepAddresses", "domain", "ip", "mailFrom", "helo", "extra"];

/** A body of the right form with some of its values replaced. */
const replaced = fc.tuple(fc.constantFrom(...BODIES), fc.dictionary(fc.constantFrom(...FIELDS), odd, { maxKeys: 3 })).map(([body, values]) => JSON.stringify({ ...(body as object), ...values }));
/** The text of one, cut, doubled or with something put in. */
const spoilt = fc
  .tuple(fc.constantFrom(...BODIES), fc.array(fc.record({ at: fc.nat(), kind: fc.constantFrom("cut", "double", "insert"), length: fc.nat(300), word: fc.constantFrom(...WORDS) }), { minLength: 1, maxLength: 4 }))
  .map(([body, changes]) => changes.reduce((text, { at, kind, length, word }) => {
    const from = at % (text.length + 1);
    if (kind === "cut") return text.slice(0, from) + text.slice(from + length);
    return kind === "double" ? text.slice(0, from + length) + text.slice(from) : text.slice(0, from) + word + text.slice(from);
  }, JSON.stringify(body)));
/** An input that holds what nobody pastes. */
const inputs = fc.tuple(fc.constantFrom(...QUICK), fc.array(fc.tuple(fc.nat(), fc.constantFrom(...WORDS)), { minLength: 1, maxLength: 5 })).map(([{ input }, puts]) => JSON.stringify({ input: puts.reduce((text, [at, word]) => text.slice(0, at % (text.length + 1)) + word + text.slice(at % (text.length + 1)), input) }));
const bodies = fc.oneof(replaced, spoilt, inputs, fc.string({ unit: "binary", maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), odd.map((value) => JSON.stringify(value) ?? ""));

const headerValue = fc.string({ unit: "grapheme-ascii", maxLength: 40 });
const headers = fc.record(
  {
    "content-type": fc.oneof({ weight: 8, arbitrary: fc.constantFrom("application/json", "application/json; charset=utf-8", "APPLICATION/JSON;") }, { weight: 1, arbitrary: headerValue }),
    accept: fc.oneof(fc.constantFrom("application/x-ndjson", "*/*", "text/html, application/x-ndjson;q=0.5"), headerValue),
    "accept-language": fc.oneof(fc.constantFrom("ja", "en-GB,ja;q=0.9", "*;q=0", "xx-".repeat(200)), headerValue),
    "content-length": fc.constantFrom("0", "-1", "NaN", "99999999999"),
    "content-encoding": fc.constantFrom("identity", "gzip"),
    host: headerValue,
    "x-forwarded-host": headerValue,
    "x-forwarded-proto": headerValue,
    origin: fc.oneof(fc.constantFrom("null", "http://localhost", "https://elsewhere.test"), headerValue),
    "sec-fetch-site": fc.constantFrom("same-origin", "cross-site", ""),
    cookie: headerValue,
  },
  { requiredKeys: ["content-type"] },
);

function request(path: string, body: string | Uint8Array, given: Record<string, string>): Request {
  return new Request(`http://localhost${path}`, { method: "POST", headers: given, body: typeof body === "string" ? body : new Uint8Array(body) });
}

const STATUSES = [200, 201, 400, 403, 413, 415, 422];

async function expectRight(answer: Response, parsed: (json: unknown) => void): Promise<void> {
  expect(STATUSES).toContain(answer.status);
  const text = await answer.text();
  if (answer.headers.get("content-type")?.includes("ndjson") === true) {
    const events = text.trim().split("\n").map((line) => diagnosisEventSchema.parse(JSON.parse(line)));
    const last = events.at(-1);
    expect(["report", "error"]).toContain(last?.event);
    if (last?.event === "error") expect(last.error.code).not.toBe("internal");
    return;
  }
  const json: unknown = JSON.parse(text);
  if (answer.status < 300) parsed(json);
  else expect(apiErrorSchema.parse(json).error.message).not.toBe("");
}

const RUNS = 250;

test("POST /api/diagnoses", async () => {
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(bodies, headers, async (body, given) => {
      const answer = await diagnoses(request("/api/diagnoses", body, given));
      seen.add(answer.status);
      await expectRight(answer, (json) => reportSchema.parse(json));
    }),
    { numRuns: RUNS },
  );
  expect([...seen]).toEqual(expect.arrayContaining([201, 400, 415, 422]));
}, 60_000);

test("POST /api/spf", async () => {
  const seen = new Set<number>();
  const asked = fc.record({ ip: fc.constantFrom("192.0.2.10", "::1", "::ffff:192.0.2.10", "x", ""), mailFrom: fc.oneof(fc.constantFrom("kim@linden-clinic.test", "", "@", "a@b@c.test"), fc.string({ unit: "binary", maxLength: 80 })), helo: fc.oneof(fc.constantFrom("linden-clinic.test", "[192.0.2.1]"), fc.string({ unit: "binary", maxLength: 80 })) }).map((value) => JSON.stringify(value));
  await fc.assert(
    fc.asyncProperty(fc.oneof(asked, bodies), headers, async (body, given) => {
      const answer = await spf(request("/api/spf", body, given));
      seen.add(answer.status);
      await expectRight(answer, (json) => spfAnswerSchema.parse(json));
    }),
    { numRuns: RUNS },
  );
  expect([...seen]).toEqual(expect.arrayContaining([200, 400, 415]));
}, 60_000);

test("the form: back to the form or on to the report, or an error in the same shape", async () => {
  const fields = fc.dictionary(fc.constantFrom(...FIELDS, "locale", "file"), fc.oneof(fc.constantFrom(...WORDS, ...QUICK.map(({ input }) => input)), fc.string({ unit: "binary", maxLength: 60 })), { maxKeys: 4 });
  const encoded = fields.map((values) => new URLSearchParams(values).toString());
  await fc.assert(
    fc.asyncProperty(fc.oneof(encoded, fc.string({ unit: "binary", maxLength: 200 })), headers, async (body, given) => {
      const answer = await form(request("/submit", body, { ...given, "content-type": "application/x-www-form-urlencoded" }));
      if (answer.status === 303) expect(answer.headers.get("location")).toMatch(/^\/(?:(?:en|ja)\/?)?(?:r\/[\w-]{22}|\?draft=[\w-]{22})$/);
      else await expectRight(answer, () => undefined);
    }),
    { numRuns: 150 },
  );
}, 60_000);

test("ids and tokens", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.constantFrom("AAAAAAAAAAAAAAAAAAAAAA", "..", "%2e%2e", "' OR 1=1 --"), fc.string({ unit: "binary", maxLength: 40 })), headerValue, async (id, token) => {
      const params = Promise.resolve({ id });
      expect((await open(new Request("http://localhost/api/diagnoses/x"), { params })).status).toBe(404);
      const removed = await remove(new Request("http://localhost/api/diagnoses/x", { method: "DELETE", headers: { authorization: `Bearer ${token}` } }), { params });
      expect([401, 404]).toContain(removed.status);
      apiErrorSchema.parse(await removed.json());
    }),
    { numRuns: RUNS },
  );
});
