import { describe, expect, test } from "vitest";
import { CASES } from "../../e2e/cases.ts";
import { LOGS } from "../bounce/fixtures/logs.ts";
import { MANGLERS } from "../bounce/fixtures/manglers.ts";
import { MANGLED } from "../bounce/fixtures/mangled.ts";
import { OTHERS } from "../bounce/fixtures/others.ts";
import { REPLIES } from "../bounce/fixtures/replies.ts";
import { REPORTS } from "../bounce/fixtures/reports.ts";
import { SHAPED } from "../bounce/fixtures/shapes/index.ts";
import { recording } from "../dns/recording.ts";
import { zone } from "../dns/zone.ts";
import { diagnose, rediagnose } from "./diagnose.ts";
import { reportSchema } from "./report.ts";

/** Of the forms with every refusal, each form with one. */
const INPUTS: readonly string[] = [...LOGS, ...MANGLED, ...OTHERS, ...REPLIES, ...REPORTS, ...SHAPED.filter((_, index) => index % 9 === 0), ...CASES].map(({ input }) => input);

/** What is stored: the report as JSON; "" where the text could not be read. */
async function stored(input: string, keepAddresses = false): Promise<string> {
  const outcome = await diagnose(
    { input, keepAddresses },
    { dns: (hooks) => ({ ...recording(zone({}), hooks), servers: [], close: () => undefined }), id: "AAAAAAAAAAAAAAAAAAAAAA", url: "http://localhost/r/AAAAAAAAAAAAAAAAAAAAAA", now: new Date(0), expiresAt: null },
  );
  return outcome.ok ? JSON.stringify(reportSchema.parse(outcome.report)) : "";
}

/** Nobody's words but ours begin so. */
const SECRET = "zqv";
const PRIVATE_LINES = [
  `Subject: ${SECRET}invoice for ${SECRET}miller`,
  `Dear ${SECRET}kim, the ${SECRET}contract is attached, call ${SECRET}office.`,
  `AUTH PLAIN ${SECRET}AHVzZXIAcGFzc3dvcmQ=`,
  `AUTH LOGIN`,
  `Authorization: Bearer ${SECRET}token.abc.def`,
  `password: ${SECRET}swordfish`,
  `https://${SECRET}user:${SECRET}pass@${SECRET}intranet.internal/in?token=${SECRET}key`,
  `EHLO ${SECRET}desktop`,
  `Received: from ${SECRET}laptop (${SECRET}laptop.local [192.168.77.12]) by ${SECRET}mx.corp.lan (Postfix) with ESMTPSA id ${SECRET}id`,
  `X-Authenticated-User: ${SECRET}user`,
  `X-Originating-IP: [10.77.12.9]`,
  `Message-ID: <${SECRET}id@${SECRET}host.lan>`,
];

function planted(input: string, lines: readonly string[], whole: boolean): string {
  let count = 0;
  const renamed = input.replace(/(?<![\w.+=%-])(?!(?:mailer-daemon|postmaster|MAILER-DAEMON)@)[A-Za-z][\w.+-]{1,40}(?=@[\w-]{1,40}\.)/g, () => `${SECRET}${(count += 1)}.${SECRET}lee`);
  const block = lines.join("\n");
  if (!whole) return `${block}\n\n${renamed}\n\n${block}`;
  const blocks = renamed.split("\n\n");
  return [...blocks, block].join("\n\n");
}

const PRIVATE = /.{0,60}(?:zqv|192\.168\.77\.12|10\.77\.12\.9).{0,60}/gi;

describe("nothing private is kept", () => {
  test.each(INPUTS.map((input, index) => [index, input] as const))("fixture %i", async (_index, input) => {
    for (const whole of [true, false]) {
      const text = planted(input, PRIVATE_LINES, whole);
      expect([...(await stored(text)).matchAll(PRIVATE)].map(([found]) => found), text.slice(0, 3000)).toEqual([]);
    }
  });

  /** As screens, clients and editors leave it. */
  const SOME = INPUTS.filter((_, index) => index % 23 === 0);
  test.each(MANGLERS.map(({ name, mangle }) => [name, mangle] as const))("mangled: %s", async (_name, mangle) => {
    for (const input of SOME) {
      const text = mangle(planted(input, PRIVATE_LINES, true));
      expect([...(await stored(text)).matchAll(PRIVATE)].map(([found]) => found), text.slice(0, 3000)).toEqual([]);
    }
  });

  test("most of those texts are read all the same, and so prove something", async () => {
    const reports = await Promise.all(INPUTS.map((input) => stored(planted(input, PRIVATE_LINES, true))));
    expect(reports.filter((report) => report.includes('"kind":"bounce"')).length).toBeGreaterThan(INPUTS.length / 2);
    expect(reports.filter((report) => report.includes('"marks":[{')).length).toBeGreaterThan(INPUTS.length / 2);
  });
});

const KEPT = "MAIL FROM:<zqvkim.lee@oak-barn.test>\n550 5.1.1 The email account <zqvsam.holt@gmail.com> that you tried to reach does not exist. d2e1a72fcca58 - gsmtp";

test.each([[false, "…@gmail.com"], [true, "zqvsam.holt@gmail.com"]])("with keepAddresses %s the reply holds %s", async (keep, expected) => {
  const report = reportSchema.parse(JSON.parse(await stored(KEPT, keep)));
  expect(report.bounce?.text).toContain(expected);
  expect(report.bounce?.excerpt?.text).toContain(expected);
  expect(report.bounce?.addressesKept).toBe(keep);
  expect(JSON.stringify(report)).not.toContain("zqvkim");
});

test("others of a log are kept as replies that can be diagnosed, and say the same", async () => {
  const said = (domain: string, ip: string, id: string) => `550-5.7.26 Your email has been blocked because the sender is unauthenticated. 550-5.7.26 Authentication results: 550-5.7.26  DKIM = did not pass 550-5.7.26  SPF [${domain}] with ip: [${ip}] = did not pass 550 5.7.26  https://support.google.com/mail/answer/81126#authentication ${id}-1eac1d2f3a4si12345ab.101 - gsmtp`;
  const line = (domain: string, ip: string, id: string) => `Nov 24 09:41:07 mail postfix/smtp[1]: ${id}: to=<zqvsam@gmail.com>, relay=gmail-smtp-in.l.google.com[142.250.27.27]:25, dsn=5.7.26, status=bounced (host gmail-smtp-in.l.google.com[142.250.27.27] said: ${said(domain, ip, id)} (in reply to end of DATA command))`;
  const log = [line("oak-barn.test", "192.0.2.7", "4A5B6C7D81"), line("elm-hall.test", "192.0.2.8", "4A5B6C7D82"), line("oak-barn.test", "192.0.2.7", "4A5B6C7D83"), ...Array.from({ length: 30 }, (_, index) => line(`ash${index}.test`, "192.0.2.9", `4A5B6C7E${index + 10}`))].join("\n");
  const report = reportSchema.parse(JSON.parse(await stored(log)));
  expect(report.subject.domain).toBe("oak-barn.test");
  expect(report.bounce?.others).toHaveLength(20);
  for (const { domain, sendingIp, rule, enhancedCode, text } of report.bounce?.others ?? []) {
    const again = reportSchema.parse(JSON.parse(await stored(text)));
    expect({ domain: again.subject.domain, sendingIp: again.subject.sendingIp, rule: again.bounce?.rule, enhancedCode: again.bounce?.enhancedCode }).toEqual({ domain, sendingIp, rule, enhancedCode });
  }
});

test("a re-check keeps what was read, though the paste is gone", async () => {
  const first = reportSchema.parse(JSON.parse(await stored(KEPT)));
  const again = await rediagnose(first, { dns: (hooks) => ({ ...recording(zone({}), hooks), servers: [], close: () => undefined }), id: "BBBBBBBBBBBBBBBBBBBBBB", url: "http://localhost/r/BBBBBBBBBBBBBBBBBBBBBB", now: new Date(1), expiresAt: null });
  expect(again.bounce).toEqual(first.bounce);
});

test("a report that was stored before bounces had details is still one", async () => {
  const { bounce, ...report } = reportSchema.parse(JSON.parse(await stored(KEPT)));
  const { details: _details, excerpt: _excerpt, others: _others, addressesKept: _kept, ...older } = bounce ?? { details: null, excerpt: null, others: [], addressesKept: false };
  expect(reportSchema.parse({ ...report, bounce: older }).bounce).toMatchObject({ details: null, excerpt: null, others: [], addressesKept: false });
});
