/**
 * Whatever becomes of a question, the report of a domain that does everything right never calls something missing that is there: it says
 * what could not be seen. Over real packets, each run with a DNS server of its own, many at once: a question that gets no answer takes
 * four seconds.
 */

import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { diagnose } from "../lib/diagnosis/diagnose.ts";
import { type Report, reportSchema } from "../lib/diagnosis/report.ts";
import { DIAGNOSIS_DEADLINE_MS, diagnosisResolver } from "../lib/dns/servers.ts";
import { GMAIL, smtpReply } from "./bounce-texts.ts";
import { type DnsServer, startDnsServer } from "./dns-server.ts";
import type { Fault, FaultKind } from "./served.ts";

const KEY = "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC7x4DWFfIWoW41vV9VyT0id4Q+HXQusYNL3ouHqx92uIRHy2YPvehRgs8R1hi8uaSuayKy+2WjEPdEqy/VEkBLcErbvh2OcB1Bcc/XH62t5Y/TdEP0R4VwbW/c5qskGzISkqZ+YbrXyZgHc64CRVC7KCfTsC2lbQAtQGVSmmimywIDAQAB";
const DOMAIN = "alder-books.test";
const IP = "192.0.2.25";
const MASTER = `
$TTL 300
$ORIGIN ${DOMAIN}.
@ SOA ns1 hostmaster 7 7200 3600 1209600 300
  NS  ns1
  NS  ns2
  A   192.0.2.80
  MX  10 mx1
  MX  20 mx2
  TXT "site-verification=abc"
  TXT "v=spf1 a:www.${DOMAIN} mx:${DOMAIN} include:_spf.post-office.test exists:%{i}.allow.${DOMAIN} redirect=_spf.${DOMAIN}"
ns1 A 192.0.2.53
ns2 A 192.0.2.54
mx1 A 192.0.2.21
mx1 AAAA 2001:db8::21
mx1 TXT "v=spf1 a -all"
mx2 A 192.0.2.22
mx2 TXT "v=spf1 a -all"
www A 192.0.2.80
_spf TXT "v=spf1 ip4:192.0.2.25 -all"
_dmarc TXT "v=DMARC1; p=reject; rua=mailto:reports@collector.test"
s1._domainkey TXT "${KEY}"
s2._domainkey CNAME s2.dkim.post-office.test.
_mta-sts TXT "v=STSv1; id=20260101"
mta-sts A 192.0.2.80
_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@${DOMAIN}"
out A ${IP}
out TXT "v=spf1 a -all"
$ORIGIN post-office.test.
@ SOA ns1 hostmaster 7 7200 3600 1209600 300
_spf TXT "v=spf1 ip4:198.51.100.0/24 include:_more.post-office.test -all"
_more TXT "v=spf1 ip4:203.0.113.0/24 -all"
s2.dkim TXT "${KEY}"
$ORIGIN collector.test.
@ SOA ns1 hostmaster 7 7200 3600 1209600 300
${DOMAIN}._report._dmarc TXT "v=DMARC1"
25.2.0.192.in-addr.arpa. PTR out.${DOMAIN}.
2.0.192.in-addr.arpa. SOA ns1.${DOMAIN}. hostmaster.${DOMAIN}. 7 7200 3600 1209600 300
`;
const INPUT = smtpReply(GMAIL.unauthenticated(DOMAIN, IP));
const ID = "AAAAAAAAAAAAAAAAAAAAAA";
/** Time for what comes after the last answer, on a busy machine. */
const GRACE_MS = 4000;

interface Run {
  readonly servers?: (own: string) => readonly string[];
  /** Where the zone's own servers are asked. */
  readonly nameServerAt?: (address: string, own: string) => string | null;
  readonly onAnswer?: () => void;
}

async function reportOver(dns: DnsServer, { servers = (own) => [own], nameServerAt = (_, own) => own, onAnswer }: Run = {}): Promise<Report> {
  const own = `127.0.0.1:${dns.port}`;
  const started = performance.now();
  const outcome = await diagnose(
    { input: INPUT, selectors: ["s1", "s2"] },
    {
      dns: (hooks) => diagnosisResolver({ ...hooks, ...(onAnswer === undefined ? {} : { onAnswer }), servers: servers(own), nameServerAt: (address) => nameServerAt(address, own) }),
      id: ID,
      url: `http://localhost/r/${ID}`,
      now: new Date("2026-11-25T09:00:00Z"),
      expiresAt: null,
    },
  );
  expect(performance.now() - started).toBeLessThan(DIAGNOSIS_DEADLINE_MS + GRACE_MS);
  if (!outcome.ok) throw new Error(outcome.error.code);
  return reportSchema.parse(outcome.report);
}

let good: Report;
let questions: readonly { readonly name: string; readonly type: string }[];
let dns: DnsServer;
beforeAll(async () => {
  dns = await startDnsServer({ zones: [{ master: MASTER }] });
  good = await reportOver(dns);
  questions = good.dns.answers.map(({ name, type }) => ({ name, type }));
});
afterAll(() => dns.close());

const codesOf = ({ findings }: Report) => new Set(findings.map(({ code }) => code));

/** What may not be said about a domain that does everything right, whatever could not be looked at. */
function wrongIn(report: Report): readonly string[] {
  const known = codesOf(good);
  const wrong: string[] = report.findings.filter(({ code, severity }) => !known.has(code) && severity !== "unknown" && severity !== "pass" && !code.startsWith("dns.")).map(({ code }) => code);
  if (report.verdict.outcome !== good.verdict.outcome && report.verdict.outcome !== "unknown") wrong.push(`verdict ${report.verdict.outcome}`);
  const proposed = new Set(good.fixes.map(({ name, value }) => `${name} ${value}`));
  return [...wrong, ...report.fixes.filter(({ name, value }) => !proposed.has(`${name} ${value}`)).map(({ finding, name, value }) => `fix ${finding} ${name} ${value}`)];
}

type Asked = Pick<Report["dns"]["answers"][number], "name" | "type">;

const keyOf = ({ name, type }: Asked) => `${type} ${name}`;

/** What was asked for and not seen, and stands in no finding that says so. */
function untoldIn({ findings, dns: { answers } }: Report): readonly string[] {
  const told = new Set(findings.flatMap(({ severity, params, evidence }) => (severity === "unknown" ? [`${params["type"]} ${params["name"]}`, ...evidence.flatMap((at) => answers.slice(at, at + 1).map(keyOf))] : [])));
  return answers.filter((answer) => !["ok", "no-name", "no-data"].includes(answer.status) && !told.has(keyOf(answer))).map((answer) => `${keyOf(answer)} ${answer.status}`);
}

/** What a verdict does not hang on: that it was not seen stands in the report's list of DNS answers alone. */
const BESIDE: readonly RegExp[] = [
  // Whether a name is an alias, or its zone has a wildcard.
  /^CNAME /,
  /^TXT no-such-name-/,
  // Policies and hosts beside the way of the mail.
  /^TXT _(?:mta-sts|smtp\._tls)\./,
  /^(?:A|AAAA) mta-sts\./,
  /^TXT (?:out|mx\d)\./,
  // Who serves the zone, and the registry above it.
  /^NS |^A ns\d\./,
  /^TXT _dmarc\.test /,
  // One of several mail servers, and addresses of the other family.
  /^A mx\d\.|^AAAA /,
];
/** Evaluation ends at the first term that could not be seen, and that one is told. */
const IN_SPF = /^TXT _(?:spf|more)\.|^A (?:www|192\.0\.2\.25\.allow)\./;

/** What is neither told nor beside the matter. */
function concealedIn(report: Report): readonly string[] {
  const spfIsUnknown = report.findings.some(({ area, severity }) => area === "spf" && severity === "unknown");
  return untoldIn(report).filter((question) => !BESIDE.some((pattern) => pattern.test(question)) && !(spfIsUnknown && IN_SPF.test(question)));
}

/** Waiting for answers that never come costs nothing. */
const AT_ONCE = 48;
const FEW_AT_ONCE = 12;

async function eachOf<T, R>(items: readonly T[], work: (item: T, server: DnsServer) => Promise<R>, atOnce = AT_ONCE): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.map((item, at) => ({ item, at }));
  await Promise.all(
    Array.from({ length: Math.min(atOnce, items.length) }, async () => {
      const server = await startDnsServer({ zones: [{ master: MASTER }] });
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results[next.at] = await work(next.item, server);
      await server.close();
    }),
  );
  return results;
}

/** The answer arrives after all. */
const HARMLESS = ["delay", "truncate", "shuffle"] as const satisfies readonly FaultKind[];
const HARMFUL = ["timeout", "servfail", "refused", "cut-off", "malformed", "wrong-id"] as const satisfies readonly FaultKind[];
const LATE_MS = 250;

/** Mostly waiting: they run side by side. */
const PATIENCE_MS = 60_000;

test("the domain does everything right, and much is looked at", () => {
  expect(good.verdict).toEqual({ outcome: "accepted", cause: "bounce.mended" });
  expect(good.fixes).toEqual([]);
  expect(untoldIn(good)).toEqual([]);
  expect(questions.length).toBeGreaterThanOrEqual(30);
  expect([...codesOf(good)]).toEqual(expect.arrayContaining(["spf.pass", "dkim.key-valid", "dmarc.aligned", "transport.ptr-confirmed", "transport.mta-sts"]));
});

test.concurrent("each question in turn is spoilt: nothing is called missing or wrong, and what the verdict hangs on is told", async () => {
  const runs = questions.flatMap(({ name, type }) => HARMFUL.map((kind): Fault => ({ name, kind, types: [type] })));
  const reports = await eachOf(runs, async (fault, server) => {
    server.setFaults([fault]);
    return reportOver(server);
  });
  const told = reports.flatMap((report, at) => {
    const what = `${runs[at]?.kind} ${runs[at]?.types?.join("")} ${runs[at]?.name}`;
    return [...wrongIn(report), ...concealedIn(report).map((question) => `${question} is untold`)].map((line) => `${what}: ${line}`);
  });
  expect(told).toEqual([]);
  // The faults did what they say.
  expect(reports.filter(({ verdict }) => verdict.outcome === "unknown").length).toBeGreaterThan(30);
}, PATIENCE_MS);

test.concurrent("each question in turn is answered late, over TCP alone, or in another order: the report is the same", async () => {
  const runs = questions.flatMap(({ name, type }) => HARMLESS.map((kind): Fault => ({ name, kind, types: [type], ms: LATE_MS })));
  const reports = await eachOf(runs, async (fault, server) => {
    server.setFaults([fault]);
    return reportOver(server);
  }, FEW_AT_ONCE);
  // For how long others may remember an old answer is asked beside, and merely not said where it comes too late.
  const judged = ({ verdict, scores, fixes, findings }: Report) => ({ verdict, scores, fixes, findings: findings.map(({ code, params: { wait: _, unit: __, ...params } }) => ({ code, params })) });
  for (const [at, report] of reports.entries()) expect(judged(report), JSON.stringify(runs[at])).toEqual(judged(good));
}, PATIENCE_MS);

test.concurrent("several at once, by chance", async () => {
  const fault = fc.record({ question: fc.nat(), kind: fc.constantFrom(...HARMFUL, ...HARMLESS) });
  const runs = fc.sample(fc.array(fault, { minLength: 2, maxLength: 12 }), 96);
  const told = await eachOf(runs, async (faults, server) => {
    server.setFaults(faults.map(({ question, kind }): Fault => ({ name: questions[question % questions.length]?.name ?? "", kind, types: [questions[question % questions.length]?.type ?? ""], ms: LATE_MS })));
    const report = await reportOver(server);
    return [...wrongIn(report), ...concealedIn(report)].map((line) => `${JSON.stringify(faults)}: ${line}`);
  });
  expect(told.flat()).toEqual([]);
}, PATIENCE_MS);

test.concurrent("half of the servers are dead: the other half answers for them", async () => {
  const gone = await startDnsServer({ zones: [] });
  await gone.close();
  const mute = await startDnsServer({ zones: [] });
  mute.setFaults([{ name: "test", below: true, kind: "timeout" }, { name: "arpa", below: true, kind: "timeout" }]);
  const dead = [`127.0.0.1:${gone.port}`, `127.0.0.1:${mute.port}`];
  try {
    const runs: readonly Run[] = [
      ...dead.map((at): Run => ({ servers: (own) => [at, own] })),
      ...dead.map((at): Run => ({ servers: (own) => [own, at] })),
      ...dead.map((at): Run => ({ nameServerAt: (address, own) => (address === "192.0.2.53" ? at : own) })),
    ];
    for (const report of await Promise.all(runs.map((run) => reportOver(dns, run)))) {
      expect(wrongIn(report)).toEqual([]);
      expect(report.verdict).toEqual(good.verdict);
    }
    for (const report of await Promise.all(dead.map((at) => reportOver(dns, { servers: () => [at] })))) {
      expect(report.verdict).toEqual({ outcome: "unknown", cause: "dns.unanswered" });
      expect(wrongIn(report)).toEqual([]);
    }
  } finally {
    await mute.close();
  }
}, PATIENCE_MS);

test.each([1, 4, 8, 14, 20, 26])("the resolver is started anew after %i answers", async (after) => {
  let serving = await startDnsServer({ zones: [{ master: MASTER }] });
  let answers = 0;
  const restarts: Promise<void>[] = [];
  const restart = async () => {
    const { port } = serving;
    await serving.close();
    await new Promise((resolve) => setTimeout(resolve, 250));
    serving = await startDnsServer({ zones: [{ master: MASTER }], port });
  };
  const report = await reportOver(serving, {
    onAnswer: () => {
      answers += 1;
      if (answers === after) restarts.push(restart());
    },
  });
  expect(restarts).toHaveLength(1);
  await Promise.all(restarts);
  await serving.close();
  expect(wrongIn(report)).toEqual([]);
  expect(concealedIn(report)).toEqual([]);
});

test.concurrent("every answer takes so long that not all fit before the deadline", async () => {
  const slow = await startDnsServer({ zones: [{ master: MASTER }], delayMs: 2500 });
  const report = await reportOver(slow);
  await slow.close();
  expect(wrongIn(report)).toEqual([]);
}, PATIENCE_MS);
