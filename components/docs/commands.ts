/** What can be typed to look for oneself, and what a good answer looks like. Names and addresses are samples; commands are the same in every language. */

import type { GmailRule, ReplyCheck } from "../../lib/bounce/gmail-replies.ts";

export interface Commands {
  /** PowerShell, which has `nslookup` as well. */
  readonly windows: string;
  /** macOS and Linux. */
  readonly elsewhere: string;
}

const textRecord = (name: string): Commands => ({
  windows: `Resolve-DnsName -Type TXT ${name}\nnslookup -type=TXT ${name}`,
  elsewhere: `dig +short TXT ${name}\nhost -t TXT ${name}`,
});

const GMAIL_HOST = "gmail-smtp-in.l.google.com";

const BY_CHECK: Partial<Readonly<Record<ReplyCheck, Commands>>> = {
  spf: textRecord("shop.example"),
  dkim: textRecord("s1._domainkey.shop.example"),
  dmarc: textRecord("_dmarc.shop.example"),
  ptr: {
    windows: "Resolve-DnsName 203.0.113.7\nResolve-DnsName -Type A mail.shop.example",
    elsewhere: "dig +short -x 203.0.113.7\ndig +short A mail.shop.example",
  },
  tls: {
    windows: `Test-NetConnection ${GMAIL_HOST} -Port 25\nGet-SendConnector | Format-List Name,IgnoreSTARTTLS`,
    elsewhere: `openssl s_client -starttls smtp -connect ${GMAIL_HOST}:25 -brief\npostconf smtp_tls_security_level`,
  },
  volume: {
    windows: "Get-MessageTrackingLog -EventId SENDEXTERNAL -Start (Get-Date).AddHours(-24) -ResultSize Unlimited | Where-Object Recipients -like '*@gmail.com*' | Group-Object Sender | Sort-Object Count -Descending",
    elsewhere: `grep -c '${GMAIL_HOST}' /var/log/mail.log\nmailq | tail -n 1`,
  },
  relay: {
    windows: "Get-SendConnector | Format-List Name,SmartHosts,DNSRoutingEnabled",
    elsewhere: "postconf relayhost",
  },
  "server-log": {
    windows: "Get-Queue | Format-List Identity,MessageCount,LastError",
    elsewhere: `mailq\ngrep '${GMAIL_HOST}' /var/log/mail.log | tail -n 20`,
  },
};

/** Where a rule is about something else than its check usually is. */
const BY_RULE: Partial<Readonly<Record<GmailRule, Partial<Readonly<Record<ReplyCheck, Commands>>>>>> = {
  "ipv6-guidelines": {
    ptr: {
      windows: "Resolve-DnsName 2001:db8::7\nResolve-DnsName -Type AAAA mail.shop.example",
      elsewhere: "dig +short -x 2001:db8::7\ndig +short AAAA mail.shop.example",
    },
  },
  "not-whitelisted": {
    "recipient-rule": {
      windows: "Resolve-DnsName -Type MX example.com\nnslookup -type=MX example.com",
      elsewhere: "dig +short MX example.com\nhost -t MX example.com",
    },
  },
};

export function commandsFor(rule: GmailRule, check: ReplyCheck): Commands | null {
  return BY_RULE[rule]?.[check] ?? BY_CHECK[check] ?? null;
}

/** What stands in a record, a header or a log when all is well. */
export const GOOD_ANSWERS: Partial<Readonly<Record<ReplyCheck, string>>> = {
  spf: '"v=spf1 ip4:203.0.113.7 include:_spf.google.com ~all"',
  dkim: '"v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A…IDAQAB"',
  dmarc: '"v=DMARC1; p=none; rua=mailto:dmarc@shop.example"',
  alignment: "Return-Path: <bounce@shop.example>\nDKIM-Signature: v=1; a=rsa-sha256; d=shop.example; s=s1; …\nFrom: Shop <news@shop.example>",
  message: "From: Shop <news@shop.example>\nTo: <kim@example.com>\nSubject: Your order\nDate: Tue, 24 Nov 2026 09:00:00 +0000\nMessage-ID: <20261124090000.1a2b@shop.example>",
};
