/** The listener over a real socket: whom it takes mail from and for, and what it does with those who try something else. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startDnsServer, type DnsServer } from "../../e2e/dns-server.ts";
import { readEnvironment } from "../../lib/environment/index.ts";
import { newTestId, testAddress, tokenHash, tokenOf } from "../../lib/mail-test/index.ts";
import { deleteTokenHash, newReportId, reportStore } from "../../lib/store/index.ts";
import { freePort } from "../../scripts/app-server.ts";
import { SMTP_LIMITS, type SmtpLimits } from "./limits.ts";
import { listenForMail, type SmtpListener } from "./listener.ts";
import { type SmtpClient, smtpClient } from "../../e2e/smtp-client.ts";

const DOMAIN = "check.rebound.example";
let folder = "";
let dns: DnsServer;
let listener: SmtpListener;
let port = 0;
const open: SmtpClient[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rebound-smtp-"));
  dns = await startDnsServer({ zones: [{ "shop.test": { TXT: ["v=spf1 ip4:203.0.113.7 -all"] } }] });
  port = await freePort();
  Object.assign(process.env, { REBOUND_DNS_SERVERS: `127.0.0.1:${dns.port}`, DATABASE_URL: `file:${join(folder, "rebound.db")}`, REBOUND_MAIL_DOMAIN: DOMAIN, REBOUND_SMTP_PORT: String(port), REBOUND_SMTP_TRUST_PROXY: "127.0.0.1" });
  const read = readEnvironment(process.env);
  if (!read.ok || read.config.mail === null) throw new Error("settings");
  listener = await listenForMail(read.config.mail);
});
afterEach(() => {
  for (const client of open.splice(0)) client.close();
});
afterAll(async () => {
  await listener.close();
  await dns.close();
  rmSync(folder, { recursive: true, force: true });
});

let visitor = 0;
/** Each from an address of its own, as a balancer tells it; greeted already. */
async function client(from = `203.0.113.${(visitor = (visitor % 200) + 8)}`): Promise<SmtpClient> {
  const { client: made, greeting } = await smtpClient(port, `PROXY TCP4 ${from} 192.0.2.1 40000 25\r\n`);
  open.push(made);
  expect(greeting).toMatch(/^220 /);
  const offered = (await made.say("EHLO mail.shop.test")).split("\r\n").map((line) => line.slice(4));
  expect(offered).toEqual([expect.stringMatching(/^check\.rebound\.example /), "PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "SIZE 26214400"]);
  return made;
}

interface Address {
  readonly address: string;
  readonly hash: string;
  readonly reportId: string;
}

async function testMail(minutes = 60): Promise<Address> {
  const token = tokenOf(newTestId());
  const [hash, reportId, now] = [tokenHash(token), newReportId(), Date.now()];
  const opened = await store().mailTests.open({ tokenHash: hash, reportId, deleteTokenHash: deleteTokenHash("x"), origin: "https://rebound.example.com", createdAt: new Date(now), expiresAt: new Date(now + minutes * 60_000) });
  expect(opened.status).toBe("opened");
  return { address: testAddress(token, DOMAIN), hash, reportId };
}

function store() {
  const read = readEnvironment(process.env);
  if (!read.ok) throw new Error(read.line);
  return reportStore(read.config);
}

async function isWaiting({ hash }: Address): Promise<boolean> {
  const found = await store().mailTests.find(hash);
  return found.status === "found" && found.test.takenAt === null;
}

const MAIL = "From: kim@shop.test\r\nDate: Tue, 24 Nov 2026 09:41:04 +0000\r\nMessage-ID: <1@shop.test>\r\n\r\nHello\r\n";

async function sendTo(to: Address, text = MAIL, via?: SmtpClient): Promise<string> {
  const one = via ?? (await client("203.0.113.7"));
  expect(await one.say("MAIL FROM:<kim@shop.test>")).toMatch(/^250 2\.1\.0/);
  expect(await one.say(`RCPT TO:<${to.address}>`)).toMatch(/^250 2\.1\.5/);
  expect(await one.say("DATA")).toMatch(/^354/);
  return one.say(`${text}.\r\n`);
}

async function reportOf({ reportId }: Address) {
  const loaded = await store().load(reportId);
  if (loaded.status !== "found") throw new Error(loaded.status);
  return loaded.report;
}

describe("a mail to an address that waits", () => {
  test("is judged while its sender waits, once", async () => {
    const to = await testMail();
    const one = await client("203.0.113.7");
    expect(await sendTo(to, MAIL, one)).toMatch(/^250 2\.6\.0 Judged/);
    const report = await reportOf(to);
    expect(report).toMatchObject({ url: `https://rebound.example.com/r/${to.reportId}`, subject: { sendingIp: "203.0.113.7", mailFrom: "shop.test", helo: "mail.shop.test" }, spf: { result: "pass" }, testMail: { ip: "203.0.113.7", tls: null, tlsOffered: false, octets: MAIL.length } });
    expect(await one.say("MAIL FROM:<kim@shop.test>")).toMatch(/^250/);
    expect(await one.say(`RCPT TO:<${to.address}>`)).toMatch(/^550 5\.1\.1/);
  });

  test("may come from the null sender, in one breath, with the mailbox in capitals", async () => {
    const to = await testMail();
    const one = await client("203.0.113.7");
    one.write(`MAIL FROM:<> BODY=8BITMIME SMTPUTF8\r\nRCPT TO:<${to.address.toUpperCase()}>\r\nDATA\r\n`);
    expect([await one.heard(), await one.heard(), await one.heard()].map((reply) => reply.slice(0, 3))).toEqual(["250", "250", "354"]);
    expect(await one.say(`${MAIL.replace("Hello", "日本")}.\r\n`)).toMatch(/^250/);
    expect((await reportOf(to)).testMail?.nullSender).toBe(true);
  });

  test("of two senders at once, one is judged", async () => {
    const to = await testMail();
    const answers = await Promise.all([sendTo(to), sendTo(to)]);
    expect(answers.map((answer) => answer.slice(0, 3)).sort()).toEqual(["250", "550"]);
  });

  test("that breaks off leaves the address as it was", async () => {
    const to = await testMail();
    const one = await client();
    await one.say("MAIL FROM:<kim@shop.test>");
    await one.say(`RCPT TO:<${to.address}>`);
    await one.say("DATA");
    one.write("From: kim@shop.test\r\n\r\nHel");
    one.close();
    expect(await isWaiting(to)).toBe(true);
    expect(await sendTo(to)).toMatch(/^250/);
  });

  test("that names nobody's domain is refused, and the address still waits", async () => {
    const to = await testMail();
    const one = await client();
    await one.say("EHLO laptop");
    await one.say("MAIL FROM:<>");
    await one.say(`RCPT TO:<${to.address}>`);
    await one.say("DATA");
    expect(await one.say("Subject: hello\r\n\r\nHello\r\n.\r\n")).toMatch(/^554 5\.6\.0/);
    expect(await isWaiting(to)).toBe(true);
  });
});

describe("nothing is relayed, whatever it is called", () => {
  const tricks = (address: string): readonly string[] => {
    const [local = ""] = address.split("@");
    return [
      "victim@elsewhere.test",
      `victim%elsewhere.test@${DOMAIN}`,
      `${local}%elsewhere.test@${DOMAIN}`,
      `elsewhere.test!victim@${DOMAIN}`,
      `elsewhere.test!${local}@${DOMAIN}`,
      `victim@elsewhere.test@${DOMAIN}`,
      `@${DOMAIN}:victim@elsewhere.test`,
      `@${DOMAIN},@other.test:victim@elsewhere.test`,
      `"victim@elsewhere.test"@${DOMAIN}`,
      `"${local}"@${DOMAIN}`,
      `"victim@elsewhere.test"`,
      "victim@[192.0.2.1]",
      "victim@[IPv6:2001:db8::1]",
      `${local}@[127.0.0.1]`,
      `${local}@${DOMAIN}.`,
      `${local}@sub.${DOMAIN}`,
      `${local}@elsewhere.test`,
      `${local}+victim@${DOMAIN}`,
      `${local}\u0000@${DOMAIN}`,
      `${local}@${DOMAIN}\u0000.elsewhere.test`,
      `victim@elsewhere.test,${address}`,
      `<victim@elsewhere.test>`,
      "postmaster",
      `postmaster@${DOMAIN}`,
      local,
      "",
    ];
  };

  test("by no syntax", async () => {
    const to = await testMail();
    for (const trick of tricks(to.address)) {
      const one = await client();
      expect(await one.say(`MAIL FROM:<kim@${DOMAIN}>`), trick).toMatch(/^250/);
      expect(await one.say(`RCPT TO:<${trick}>`), trick).toMatch(/^(?:550 5\.1\.1|50[01] 5\.\d)/);
      expect(await one.say("DATA"), trick).toMatch(/^503/);
      one.close();
    }
    expect(await isWaiting(to)).toBe(true);
  });

  test("a source route is no way round either: what it leads to is looked at", async () => {
    const to = await testMail();
    const one = await client();
    await one.say("MAIL FROM:<kim@shop.test>");
    expect(await one.say(`RCPT TO:<@elsewhere.test:${to.address}>`)).toMatch(/^250/);
  });

  test("unknown and expired addresses are refused", async () => {
    const one = await client();
    await one.say("MAIL FROM:<kim@shop.test>");
    for (const address of [testAddress(tokenOf(newTestId()), DOMAIN), (await testMail(0)).address]) expect(await one.say(`RCPT TO:<${address}>`)).toMatch(/^550 5\.1\.1/);
  });

  test("one recipient each", async () => {
    const [to, other] = [await testMail(), await testMail()];
    const one = await client();
    await one.say("MAIL FROM:<kim@shop.test>");
    expect(await one.say(`RCPT TO:<${to.address}>`)).toMatch(/^250/);
    expect(await one.say(`RCPT TO:<${other.address}>`)).toMatch(/^452 4\.5\.3/);
  });

  test("no logging in, no asking who is there", async () => {
    const one = await client();
    for (const command of ["AUTH PLAIN AGtpbQBraW0=", "VRFY postmaster", "EXPN list", "ETRN elsewhere.test", "TURN", "XCLIENT ADDR=192.0.2.9", "XFORWARD ADDR=192.0.2.9", "BDAT 5 LAST"]) expect(await one.say(command), command).toMatch(/^50[0-4]/);
  });
});

describe("smuggling: a message ends at one place alone", () => {
  test.each([
    ["LF . LF", "\n.\n"],
    ["LF . CRLF", "\n.\r\n"],
    ["CRLF . LF", "\r\n.\n"],
    ["CR . CRLF", "\r.\r\n"],
    ["CRLF . CR", "\r\n.\r"],
    ["LF . CR LF in two packets", "\n.\r|\n"],
    ["CRLF NUL . CRLF", "\r\n\u0000.\r\n"],
  ])("%s", async (_, ending) => {
    const [to, smuggled] = [await testMail(), await testMail()];
    const one = await client("203.0.113.7");
    await one.say("MAIL FROM:<kim@shop.test>");
    await one.say(`RCPT TO:<${to.address}>`);
    await one.say("DATA");
    const hidden = `MAIL FROM:<admin@elsewhere.test>\r\nRCPT TO:<${smuggled.address}>\r\nDATA\r\nFrom: admin@elsewhere.test\r\n\r\nsmuggled\r\n`;
    const [before = "", after = ""] = `${MAIL.trimEnd()}${ending}${hidden}`.split("|");
    one.write(before);
    if (after !== "") await new Promise((resolve) => setTimeout(resolve, 30));
    expect(await one.say(`${after}\r\n.\r\n`)).toMatch(/^250 2\.6\.0/);
    expect(await one.say("NOOP")).toMatch(/^250/);
    expect(await isWaiting(smuggled)).toBe(true);
    expect((await reportOf(to)).subject.headerFrom).toBe("shop.test");
  });
});

describe("what takes too much is cut off", () => {
  test("a size that is announced, and one that is not", async () => {
    const one = await client();
    expect(await one.say(`MAIL FROM:<kim@shop.test> SIZE=${SMTP_LIMITS.messageOctets + 1}`)).toMatch(/^552 5\.3\.4/);
    const to = await testMail();
    await one.say("MAIL FROM:<kim@shop.test>");
    await one.say(`RCPT TO:<${to.address}>`);
    await one.say("DATA");
    const chunk = `${"x".repeat(1022)}\r\n`.repeat(1024);
    one.write("From: kim@shop.test\r\n\r\n");
    for (let mebibytes = 0; mebibytes < 26; mebibytes += 1) one.write(chunk);
    expect(await one.say(".\r\n")).toMatch(/^552 5\.3\.4/);
    expect(await isWaiting(to)).toBe(true);
  });

  test("connections of one address, counted by it", async () => {
    const address = "198.51.100.9";
    for (let count = 0; count < SMTP_LIMITS.connectionsOfOne; count += 1) await client(address);
    const { client: refused, greeting } = await smtpClient(port, `PROXY TCP4 ${address} 192.0.2.1 40000 25\r\n`);
    open.push(refused);
    expect(greeting).toMatch(/^421/);
    await client("198.51.100.10");
    for (const one of open.splice(0)) one.close();
    await expect.poll(async () => (await smtpClient(port, `PROXY TCP4 ${address} 192.0.2.1 40000 25\r\n`)).greeting.slice(0, 3)).toBe("220");
  });

  test("guessing at addresses, and nonsense", async () => {
    const guessing = await client();
    const replies: string[] = [];
    await guessing.say("MAIL FROM:<kim@shop.test>");
    for (let count = 0; count < SMTP_LIMITS.envelopes && !replies.at(-1)?.startsWith("421"); count += 1) replies.push(await guessing.say(`RCPT TO:<${testAddress(tokenOf(newTestId()), DOMAIN)}>`));
    expect(replies.at(-1)).toMatch(/^421/);
    const babbling = await client();
    const answers: string[] = [];
    for (let count = 0; count < 12 && !answers.at(-1)?.startsWith("421"); count += 1) answers.push(await babbling.say("GARBAGE"));
    expect(answers.at(-1)).toMatch(/^421/);
    const endless = await client();
    expect(await endless.say("x".repeat(SMTP_LIMITS.commandOctets + 100))).toMatch(/^421/);
    const web = await client();
    expect(await web.say("GET / HTTP/1.1")).toMatch(/^421/);
  });

  test("who says nothing, who goes on for ever, and all who come at once", async () => {
    const read = readEnvironment(process.env);
    if (!read.ok || read.config.mail === null) throw new Error("settings");
    const listening = async (limits: Partial<SmtpLimits>) => {
      const own = await freePort();
      const strict = await listenForMail({ ...read.config.mail!, port: own }, { ...SMTP_LIMITS, ...limits });
      const enter = async () => {
        const { client: one, greeting } = await smtpClient(own, `PROXY TCP4 198.51.100.${(visitor = (visitor % 200) + 20)} 192.0.2.1 40000 25\r\n`);
        open.push(one);
        return { one, greeting };
      };
      return { strict, enter };
    };

    const idle = await listening({ idleMs: 300 });
    const silent = await idle.enter();
    expect(await silent.one.heard()).toMatch(/^421 4\.4\.2 Timeout/);

    const short = await listening({ sessionMs: 500 });
    const chatty = await short.enter();
    let last = "";
    for (let count = 0; count < 100 && !last.startsWith("421"); count += 1) {
      last = await chatty.one.say("NOOP");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(last).toMatch(/^421 .*took too long/);

    const small = await listening({ connections: 2, heldOctets: 10_000 });
    const [first, , third] = [await small.enter(), await small.enter(), await small.enter()];
    expect(third.greeting).toMatch(/^421/);
    // No room for the message now: it may come again.
    const to = await testMail();
    for (const line of ["EHLO mail.shop.test", "MAIL FROM:<kim@shop.test>", `RCPT TO:<${to.address}>`]) expect(await first.one.say(line)).toMatch(/^250/);
    await first.one.say("DATA");
    expect(await first.one.say(`${MAIL}${"x".repeat(70)}\r\n`.repeat(300) + ".\r\n")).toMatch(/^451 4\.3\.0/);
    expect(await isWaiting(to)).toBe(true);
    expect(await sendTo(to, MAIL, first.one)).toMatch(/^250/);
    await Promise.all([idle, short, small].map(({ strict }) => strict.close()));
  });

  test("a balancer that does not say whom it speaks for is not heard", async () => {
    const { client: one, greeting } = await smtpClient(port, "EHLO mail.shop.test\r\n");
    open.push(one);
    expect(greeting).not.toMatch(/^220/);
  });
});
