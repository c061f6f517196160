/** Bounces to try. Their domains are served by `npm run demo`; on the Internet the `.test` names do not exist. */

export interface Example {
  /** In the URL without scripts: `/?example=1`. */
  readonly id: string;
  /** Its name is at `form.example.{key}`. */
  readonly key: "missing" | "server" | "dmarc";
  readonly input: string;
  readonly sendingIp: string;
}

const MISSING = `550-5.7.26 Your email has been blocked because the sender is unauthenticated.
550-5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM.
550-5.7.26
550-5.7.26  Authentication results:
550-5.7.26  DKIM = did not pass
550-5.7.26  SPF [millstone-bakery.test] with ip: [192.0.2.11] = did not
550-5.7.26 pass
550-5.7.26
550-5.7.26  For instructions on setting up authentication, go to
550 5.7.26  https://support.google.com/mail/answer/81126#authentication 5b1f17b1804b1-45b7e3a91c2sm30127425e9.14 - gsmtp`;

const SERVER = `Nov 24 09:41:07 mail postfix/qmgr[1180]: 4Xy71h3Jt8z7r: from=<workshop@cedar-joinery.test>, size=4812, nrcpt=1 (queue active)
Nov 24 09:41:07 mail postfix/smtp[21877]: 4Xy71h3Jt8z7r: to=<kim.lee.example@gmail.com>, relay=gmail-smtp-in.l.google.com[142.250.27.27]:25, delay=1.4, delays=0.07/0.02/0.52/0.83, dsn=5.7.26, status=bounced (host gmail-smtp-in.l.google.com[142.250.27.27] said: 550-5.7.26 The MAIL FROM domain [cedar-joinery.test] has an SPF record with a hard 550-5.7.26 fail policy (-all) but it fails to pass SPF checks with the ip: 550-5.7.26 [192.0.2.140]. To best protect our users from spam and phishing, 550-5.7.26 the message has been blocked. For more information, go to 550 5.7.26 https://support.google.com/mail/answer/81126#authentication 98e67ed59e1d1-31a0c4f7b2esm7719804a91.8 - gsmtp (in reply to end of DATA command))`;

const DMARC = `Return-Path: <b-4412-kim@bounces.blast-sender.test>
From: Summit Travel <offers@summit-travel.test>
To: kim.lee.example@gmail.com
Date: Tue, 24 Nov 2026 09:41:04 +0000

550-5.7.26 Unauthenticated email from summit-travel.test is not accepted due to
550-5.7.26 domain's DMARC policy. Please contact the administrator of
550-5.7.26 summit-travel.test domain if this was a legitimate mail. To learn about
550-5.7.26 the DMARC initiative, go to
550 5.7.26  https://support.google.com/mail/?p=DmarcRejection d2e1a72fcca58-7a1f0c2b9d4sm1822451b3a.27 - gsmtp`;

export const EXAMPLES: readonly Example[] = [
  { id: "1", key: "missing", input: MISSING, sendingIp: "" },
  { id: "2", key: "server", input: SERVER, sendingIp: "" },
  { id: "3", key: "dmarc", input: DMARC, sendingIp: "198.51.100.70" },
];

/** In the empty field: what a bounce looks like. */
export const PLACEHOLDER = `550-5.7.26 Your email has been blocked because the sender is unauthenticated.
550-5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM.
550-5.7.26  Authentication results:
550-5.7.26  DKIM = did not pass
550-5.7.26  SPF [shop.example] with ip: [203.0.113.7] = did not pass
550 5.7.26  https://support.google.com/mail/answer/81126 … - gsmtp`;
