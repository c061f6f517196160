import { describe, expect, it } from "vitest";
import type { Fix } from "../../lib/diagnosis/report.ts";
import { whoActs } from "./who-acts.ts";

const record: Fix = { finding: "spf.missing", action: "create", name: "shop.test", type: "TXT", value: "v=spf1 mx ~all", strings: ["v=spf1 mx ~all"], replaces: [], assumptions: [], proof: null, changes: [], copiedFrom: [], alternative: null, advice: false };
const asked: Fix = { ...record, action: "ask-provider", type: null, value: null, strings: [] };

describe("whoActs", () => {
  it("follows the first cure", () => {
    expect(whoActs({ verdict: { outcome: "refused", cause: "spf.missing" }, fixes: [record] })).toBe("dns-owner");
    expect(whoActs({ verdict: { outcome: "refused", cause: "transport.ptr-missing" }, fixes: [{ ...asked, type: "PTR" }] })).toBe("ip-owner");
    expect(whoActs({ verdict: { outcome: "refused", cause: "dkim.key-revoked" }, fixes: [asked] })).toBe("mail-provider");
  });

  it("takes advice for no cure", () => {
    expect(whoActs({ verdict: { outcome: "refused", cause: "bounce.over-quota" }, fixes: [{ ...record, advice: true }] })).toBe("recipient");
  });

  it.each([
    ["dns.unanswered", "name-server"],
    ["bounce.over-quota", "recipient"],
    ["bounce.unsolicited-rate", "sender"],
    ["bounce.unknown", "undecided"],
    ["dmarc.not-aligned", "mail-provider"],
    ["spf.not-authorised", "sender"],
    ["bounce.disabled", "recipient"],
    ["bounce.not-whitelisted", "recipient"],
    ["bounce.recipient-policy", "recipient"],
    ["bounce.tls-required-by-recipient", "mail-provider"],
    ["bounce.tls-required", "mail-provider"],
    ["bounce.protocol", "mail-provider"],
    ["bounce.mail-loop", "mail-provider"],
    ["bounce.missing-ptr", "ip-owner"],
    ["bounce.unauthenticated", "dns-owner"],
    ["bounce.too-large", "sender"],
    ["bounce.no-such-user", "sender"],
    ["bounce.try-later", "nobody"],
    ["bounce.not-gmail", "undecided"],
    ["transport.ptr-missing", "ip-owner"],
    ["spf.missing", "dns-owner"],
    ["policy.from-gmail", "sender"],
    ["policy.from-free-mail", "sender"],
  ] as const)("without a fix, %s is for the %s", (cause, actor) => {
    expect(whoActs({ verdict: { outcome: "unknown", cause }, fixes: [] })).toBe(actor);
  });

  it("asks nobody when the mail is accepted", () => {
    expect(whoActs({ verdict: { outcome: "accepted", cause: "bounce.mended" }, fixes: [] })).toBe("nobody");
  });
});
