import { describe, expect, test } from "vitest";
import { GMAIL_REPLIES, REPLY_CHECKS } from "../../lib/bounce/gmail-replies.ts";
import { LOCALES, translator } from "../../lib/messages/translate.ts";
import { hintWithReplies, repliesBeside } from "./about-replies.ts";
import { commandsFor } from "./commands.ts";
import { relatedPages, sameCode } from "./related.ts";
import { searchReplies } from "./reply-search.ts";
import { stepsOf } from "./reply-steps.tsx";

describe.each(LOCALES)("the pages in %s", (locale) => {
  const t = translator(locale);

  test.each(GMAIL_REPLIES.map(({ rule }) => rule))("%s has its own reason and its own steps", (rule) => {
    expect(t.has(`docs.why.${rule}`)).toBe(true);
    expect(stepsOf(t, rule).length).toBeGreaterThanOrEqual(2);
  });

  test("no two replies have one reason, and no page says a step twice", () => {
    const reasons = GMAIL_REPLIES.map(({ rule }) => t(`docs.why.${rule}`));
    expect(new Set(reasons).size).toBe(reasons.length);
    for (const { rule } of GMAIL_REPLIES) {
      const steps = stepsOf(t, rule).map((key) => t(key));
      expect(new Set(steps).size).toBe(steps.length);
    }
  });

  test("steps are numbered without a gap", () => {
    for (const { rule } of GMAIL_REPLIES) {
      const numbers = ["one", "two", "three", "four", "five", "six"].filter((number) => t.has(`docs.fix.${rule}.${number}`));
      expect(stepsOf(t, rule).map((key) => key.split(".").at(-1)), rule).toEqual(numbers);
    }
  });

  test("whole sentences", () => {
    for (const { rule, checks } of GMAIL_REPLIES) {
      const said = [t(`docs.why.${rule}`), ...stepsOf(t, rule).map((key) => t(key)), ...checks.flatMap((check) => [t(`docs.confirm.${check}.look`), t(`docs.confirm.${check}.verify`)])];
      // A step may end with what is to be typed.
      for (const sentence of said) expect(sentence, rule).toMatch(/[.。]$|(?:例|Example)：.+$/u);
    }
  });
});

test("each thing to look at is looked at for some reply", () => {
  const used = new Set(GMAIL_REPLIES.flatMap(({ checks }) => checks));
  expect([...used].sort()).toEqual([...REPLY_CHECKS].sort());
});

test("where DNS or TLS can be asked there are commands, for both kinds of systems", () => {
  const ASKED = ["spf", "dkim", "dmarc", "ptr", "tls"] as const;
  for (const { rule } of GMAIL_REPLIES) {
    for (const check of ASKED) {
      const { windows, elsewhere } = commandsFor(rule, check) ?? { windows: "", elsewhere: "" };
      expect(windows).toMatch(/^(?:Resolve-DnsName|Test-NetConnection) /);
      expect(elsewhere).toMatch(/^(?:dig|openssl) /);
    }
  }
  expect(commandsFor("ipv6-guidelines", "ptr")?.elsewhere).toBe("dig +short -x 2001:db8::7\ndig +short AAAA mail.shop.example");
  expect(commandsFor("missing-ptr", "ptr")?.elsewhere).toBe("dig +short -x 203.0.113.7\ndig +short A mail.shop.example");
  expect(commandsFor("over-quota", "mailbox")).toBeNull();
});

test("related pages", () => {
  const byRule = new Map(GMAIL_REPLIES.map((reply) => [reply.rule, reply]));
  const of = (rule: (typeof GMAIL_REPLIES)[number]["rule"]) => byRule.get(rule) ?? expect.fail(rule);
  expect(relatedPages(of("missing-ptr"))).toEqual({ records: ["ptr"], findings: ["transport.ptr-missing", "transport.ptr-unconfirmed"] });
  expect(relatedPages(of("not-aligned")).records).toEqual(["dmarc"]);
  expect(relatedPages(of("over-quota"))).toEqual({ records: [], findings: [] });
  expect(sameCode(of("unauthenticated")).map(({ rule }) => rule)).toEqual(["spf-hard-fail", "dmarc-policy"]);
  expect(sameCode(of("over-quota"))).toEqual([]);
});

const SEARCHES: readonly (readonly [locale: "en" | "ja", query: string, rules: readonly string[]])[] = [
  ["en", "5.7.26", ["unauthenticated", "spf-hard-fail", "dmarc-policy"]],
  ["ja", "５．７．２６", ["unauthenticated", "spf-hard-fail", "dmarc-policy"]],
  ["en", "mailbox is full", ["over-quota"]],
  ["en", "out of storage", ["over-quota"]],
  ["en", "Mail relay denied", ["relay-denied"]],
  ["ja", "保存容量", ["over-quota"]],
  ["en", "relay-denied", ["relay-denied"]],
  ["en", "", []],
  ["en", "  ", []],
  ["en", "zebra", []],
  ["en", "(((((", []],
];
test.each(SEARCHES)("search, %s: %s", (locale, query, rules) => {
  expect(searchReplies(translator(locale), query).map(({ rule }) => rule)).toEqual(rules);
});

test("every reply is found by what Gmail says, and by its name in both languages", () => {
  for (const locale of LOCALES) {
    const t = translator(locale);
    for (const reply of GMAIL_REPLIES) {
      for (const wording of reply.wordings) expect(searchReplies(t, wording)).toEqual([reply]);
      expect(searchReplies(t, t(`docs.name.${reply.rule}`)), reply.rule).toContain(reply);
    }
  }
});

describe("beside an error", () => {
  test.each([
    ["no-domain", "5.7.26", 3],
    ["not-a-bounce", "what is 5.7.25?", 1],
    ["invalid-domain", "error 5.7.26", 3],
    ["no-domain", "550 5.7.99", 0],
    ["invalid-ip", "5.7.26", 0],
    ["ambiguous", "5.7.26 a.test b.test", 0],
  ])("%s for %s: %d", (code, input, count) => {
    expect(repliesBeside(code, input)?.replies.length ?? 0).toBe(count);
  });

  test("the hint names the code and how many replies it can be, and keeps what to do next", () => {
    const about = repliesBeside("no-domain", "550-5.7.26") ?? expect.fail("nothing found");
    const { hint, replies } = hintWithReplies(translator("en"), "Type the domain.", about);
    expect(hint).toBe("Type the domain. Without the rest of the text: 5.7.26 is one of 3 replies of Gmail. Go by the words of yours.");
    expect(replies.map(({ rule }) => rule)).toEqual(["unauthenticated", "spf-hard-fail", "dmarc-policy"]);
    expect(hintWithReplies(translator("ja"), "ドメインを入力してください。", about).hint).toContain("5.7.26");
  });
});
