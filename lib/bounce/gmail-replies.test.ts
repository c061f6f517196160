import { describe, expect, test } from "vitest";
import { GMAIL_REPLIES } from "./gmail-replies.ts";
import { BOUNCE_RULES } from "./reading.ts";
import { ruleByCode, ruleByWords, squash } from "./rule-of-reply.ts";

const words = (text: string) => ruleByWords({ code: null, enhancedCode: null, letters: squash(text), recipientsRule: false });

test("every rule has one entry, and only they have", () => {
  expect(GMAIL_REPLIES.map(({ rule }) => rule).sort()).toEqual(BOUNCE_RULES.filter((rule) => rule !== "unknown").sort());
});

describe.each(GMAIL_REPLIES.map((reply) => [reply.rule, reply] as const))("%s", (rule, reply) => {
  test("its own words are read as its own", () => {
    for (const wording of reply.wordings) expect(words(wording), wording).toBe(rule);
    for (const phrase of reply.phrases) expect([phrase, words(phrase), phrase]).toEqual([phrase, rule, squash(phrase)]);
  });

  test("its own codes are read as its own, with 4 as with 5", () => {
    for (const known of reply.codes) {
      const [code, twin] = known.includes("/") ? known.split("/") : [undefined, known];
      for (const status of ["4", "5"]) expect(ruleByCode({ code: code === undefined ? null : Number(code), enhancedCode: `${status}.${twin}` }), `${status}.${twin}`).toBe(rule);
    }
  });

  test("every code that means it alone is one that it comes with", () => {
    const twins = reply.enhanced.map((known) => known.slice(2));
    for (const known of reply.codes) expect(twins).toContain(known.replace(/^\d{3}\//, ""));
    expect(new Set(reply.enhanced).size).toBe(reply.enhanced.length);
    for (const known of reply.enhanced) expect(known).toMatch(/^[45]\.[0-7]\.\d{1,3}$/);
  });

  test("tells what to look at, who can mend it, and Google's own page", () => {
    expect(reply.checks.length).toBeGreaterThan(0);
    expect(reply.actors.length).toBeGreaterThan(0);
    expect(new Set(reply.checks).size).toBe(reply.checks.length);
    expect(new Set(reply.actors).size).toBe(reply.actors.length);
    const { protocol, host } = new URL(reply.help);
    expect([protocol, host]).toEqual(["https:", "support.google.com"]);
  });

  test("DNS is looked at only where it can have a part", () => {
    const isAsked = reply.checks.some((check) => ["spf", "dkim", "dmarc", "alignment", "ptr"].includes(check));
    expect(isAsked).toBe(reply.dns !== "no");
  });
});

test("a code without its reply code means one rule", () => {
  const all = GMAIL_REPLIES.flatMap(({ codes }) => codes);
  expect(all.filter((code, at) => all.indexOf(code) !== at)).toEqual([]);
});

/** Line by line from the notes on Google's lists: reply code, enhanced code, words. */
const SAID: readonly (readonly [code: number, enhanced: string, words: string, rule: string])[] = [
  [451, "4.7.26", "Unauthenticated email from shop.example is not accepted due to domain's DMARC policy, but temporary DNS failures prevent authentication.", "dmarc-policy"],
  [421, "4.7.26", "This mail has been rate limited because it is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM.", "unauthenticated"],
  [550, "5.7.26", "This message fails to pass SPF checks for an SPF record with a hard fail policy (-all).", "spf-hard-fail"],
  [550, "5.7.30", "This mail has been blocked because DKIM does not pass. Gmail requires all large senders to authenticate with DKIM.", "dkim-required"],
  [421, "4.7.23", "The sending IP address for this message doesn't have a PTR record, or the PTR record's forward DNS entry doesn't match the sending IP address.", "missing-ptr"],
  [550, "5.7.25", "The sending IP does not match the IP address of the hostname specified in the pointer (PTR) record.", "missing-ptr"],
  [421, "4.7.28", "Gmail has detected an unusual rate of mail originating from your DKIM domain shop.example.", "unsolicited-rate"],
  [421, "4.7.0", "This message is suspicious due to the very low reputation of the sending IP address.", "likely-unsolicited"],
  [552, "5.3.4", "The number of attachments (600) exceeds Google's limit of 500 attachments.", "too-large"],
  [552, "5.3.4", "The size of your message (60000000 bytes) exceeded Google's message size limits of 52428800 bytes.", "too-large"],
  [552, "5.7.0", "Our system detected an illegal attachment on your message.", "blocked-content"],
  [550, "5.7.1", "Messages missing a valid address in the From: header, or having no From: header, are not accepted.", "rfc5322"],
  [550, "5.7.1", "Encoded-word syntax is not permitted in message header Message-ID.", "rfc5322"],
  [421, "4.7.0", "Connection expired, try reconnecting.", "try-later"],
  [451, "4.3.0", "Mail server has temporarily rejected this message.", "try-later"],
  [454, "4.7.0", "Too many login attempts, please try again later.", "login"],
  [454, "4.7.0", "Cannot authenticate due to temporary system problem. Try again later.", "login"],
  [534, "5.7.14", "Please log in through your web browser and then try again.", "login"],
  [554, "5.4.6", "Message exceeded 50 hops, this may indicate a mail loop.", "mail-loop"],
  [554, "5.6.0", "Message exceeded 50 hops, this may indicate a mail loop.", "mail-loop"],
  [550, "5.7.29", "Gmail requires all bulk email senders to use TLS/SSL for SMTP connections.", "tls-required"],
  [454, "4.5.0", "SMTP protocol violation, no commands allowed to pipeline after STARTTLS.", "protocol"],
  [450, "4.2.1", "Peak SMTP relay limit exceeded for this customer.", "sending-limit"],
  [550, "5.7.1", "Daily SMTP relay sending limit exceeded for user.", "sending-limit"],
];
test.each(SAID)("%d %s %s", (_code, _enhanced, said, rule) => {
  expect(words(said)).toBe(rule);
});
