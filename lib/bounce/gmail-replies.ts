/**
 * The catalogue of Gmail's replies: for each rule the words and codes that tell it, what it has to do with DNS, what to look
 * at, who must act, and whether sending again helps. Reading, reports and the pages under /docs/replies/ go by this one table.
 *
 * Wordings vary by year, so each rule is told by short phrases, then by its code. Phrases are matched on letters and digits alone
 * (`squash`), because mailers wrap replies anywhere. Codes are written without their class, since 4.7.26 and 5.7.26 are one rule.
 */

import type { BounceRule } from "./reading.ts";

export type GmailRule = Exclude<BounceRule, "unknown">;

export const REPLY_GROUPS = ["authentication", "reputation", "recipient", "relay"] as const;
export type ReplyGroup = (typeof REPLY_GROUPS)[number];

/** What to look at, in this order. */
export const REPLY_CHECKS = ["spf", "dkim", "dmarc", "alignment", "ptr", "tls", "message", "reputation", "volume", "content", "size", "relay", "address", "mailbox", "recipient-rule", "account", "server-log"] as const;
export type ReplyCheck = (typeof REPLY_CHECKS)[number];

/** `dns-owner`, `mail-server`, `ip-owner`: whoever runs the sender's DNS, its mail server, its address. `sender`: whoever wrote the mail. */
export const REPLY_ACTORS = ["dns-owner", "mail-server", "ip-owner", "sender", "recipient", "recipient-admin", "google"] as const;
export type ReplyActor = (typeof REPLY_ACTORS)[number];

/** `automatic`: the server tries again by itself and that is enough. `never`: no later try can succeed. */
export const REPLY_RETRIES = ["after-mending", "after-waiting", "automatic", "never"] as const;
export type ReplyRetry = (typeof REPLY_RETRIES)[number];

export interface GmailReply {
  readonly rule: GmailRule;
  readonly group: ReplyGroup;
  /** Lower case, letters and digits only. */
  readonly phrases: readonly string[];
  /** "7.26"; only those that mean this rule whatever the words. With "552/7.0" the reply code is needed as well. */
  readonly codes: readonly string[];
  /** The enhanced codes that it comes with, the commonest first (RFC 3463). */
  readonly enhanced: readonly [string, ...string[]];
  /** As Gmail writes it, in part, with sample names: its replies are in English whatever the language of the mail. */
  readonly wordings: readonly [string, ...string[]];
  /** Whether DNS can be the cause: it is; it may have a part; it has none. */
  readonly dns: "explains" | "may" | "no";
  readonly checks: readonly [ReplyCheck, ...ReplyCheck[]];
  /** Whoever can mend it, the likeliest first. */
  readonly actors: readonly [ReplyActor, ...ReplyActor[]];
  readonly retry: ReplyRetry;
  /** Google's own public page. */
  readonly help: string;
}

const GUIDELINES = "https://support.google.com/a/answer/81126";
const CODES_PAGE = "https://support.google.com/a/answer/3726730";

/** In the order in which they are tried: what is said exactly comes before what is said in general. */
export const GMAIL_REPLIES: readonly GmailReply[] = [
  {
    rule: "dmarc-policy", group: "authentication", dns: "explains", retry: "after-mending", help: "https://support.google.com/mail/?p=DmarcRejection",
    codes: [], enhanced: ["5.7.26", "4.7.26", "5.7.1"], checks: ["dmarc", "alignment", "spf", "dkim"], actors: ["dns-owner", "mail-server"],
    wordings: [
      "Unauthenticated email from shop.example is not accepted due to domain's DMARC policy. Please contact the administrator of shop.example domain if this was a legitimate mail.",
      "Unauthenticated email from shop.example is not accepted due to domain's DMARC policy, but temporary DNS failures prevent authentication.",
    ],
    phrases: ["duetodomainsdmarcpolicy", "duetothedomainsdmarcpolicy", "pdmarcrejection", "unauthenticatedemailfrom", "unauthenticatedemailisnotaccepted"],
  },
  {
    rule: "spf-hard-fail", group: "authentication", dns: "explains", retry: "after-mending", help: GUIDELINES,
    codes: [], enhanced: ["5.7.26"], checks: ["spf", "dkim"], actors: ["dns-owner"],
    wordings: ["The MAIL FROM domain [shop.example] has an SPF record with a hard fail policy (-all) but it fails to pass SPF checks with the ip: [203.0.113.7]."],
    phrases: ["hardfailpolicyall", "spfrecordwithahardfail", "recordwithahardfailpolicy", "butitfailstopassspfchecks", "failstopassspfchecksforanspfrecord"],
  },
  {
    rule: "ipv6-guidelines", group: "authentication", dns: "explains", retry: "after-mending", help: "https://support.google.com/mail/?p=IPv6AuthError",
    codes: [], enhanced: ["5.7.1"], checks: ["ptr", "spf", "dkim"], actors: ["ip-owner", "dns-owner"],
    wordings: ["Our system has detected that this message does not meet IPv6 sending guidelines regarding PTR records and authentication."],
    phrases: ["ipv6sendingguidelines", "pipv6autherror", "ipv6authenticationerror"],
  },
  {
    rule: "missing-ptr", group: "authentication", dns: "explains", retry: "after-mending", help: GUIDELINES,
    codes: ["7.25", "7.23"], enhanced: ["5.7.25", "4.7.23", "5.7.1", "4.7.0"], checks: ["ptr"], actors: ["ip-owner"],
    wordings: ["The IP address sending this message does not have a PTR record setup, or the corresponding forward DNS entry does not point to the sending IP."],
    phrases: [
      "doesnothaveaptrrecord", "doesnthaveaptrrecord", "ptrrecordsetup", "missingptrrecord", "forwarddnsentrydoesnotpoint", "forwarddnsentrydoesnotmatch", "forwarddnsentrydoesntmatch", "forwarddnsentrydoesnotreference",
      "doesnotmatchtheipaddressofthehostname", "psenderguidelinesip",
    ],
  },
  {
    rule: "not-aligned", group: "authentication", dns: "explains", retry: "after-mending", help: GUIDELINES,
    codes: ["7.32"], enhanced: ["5.7.32", "4.7.32"], checks: ["alignment", "dmarc"], actors: ["mail-server"],
    wordings: ["The From: header (RFC 5322) in this message isn't aligned with either the authenticated SPF or DKIM organizational domain."],
    phrases: ["isntalignedwitheither", "isnotalignedwitheither", "alignedwitheithertheauthenticated", "pdmarcalignment"],
  },
  {
    rule: "dmarc-required", group: "authentication", dns: "explains", retry: "after-mending", help: GUIDELINES,
    codes: ["7.40", "7.31"], enhanced: ["5.7.40", "4.7.40", "4.7.31"], checks: ["dmarc"], actors: ["dns-owner"],
    wordings: ["there is no DMARC record, or the DMARC record has no policy"],
    phrases: ["nodmarcrecord", "dmarcrecordhasnopolicy", "dmarcrecorddoesntspecify", "dmarcrecorddoesnotspecify", "doesnthaveadmarcrecord", "doesnothaveadmarcrecord", "pturnondmarc"],
  },
  {
    rule: "unauthenticated", group: "authentication", dns: "explains", retry: "after-mending", help: GUIDELINES,
    codes: ["7.26"], enhanced: ["5.7.26", "4.7.26"], checks: ["spf", "dkim"], actors: ["dns-owner", "mail-server"],
    wordings: [
      "Your email has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM.",
      "This mail is unauthenticated, which poses a security risk to the sender and Gmail users, and has been blocked.",
      "This message does not have authentication information or fails to pass authentication checks.",
    ],
    phrases: [
      "senderisunauthenticated", "mailisunauthenticated", "unauthenticatedwhichposes", "requiresallsenderstoauthenticate", "allsenderstoauthenticatewitheither", "doesnothaveauthenticationinformation",
      "failstopassauthenticationchecks", "doesnotpassauthenticationchecks", "mustauthenticatewithatleastone", "atleastoneofspfordkim", "spfanddkimbothdonotpass", "dkimchecksdidnotpassandspfcheck",
    ],
  },
  {
    rule: "spf-required", group: "authentication", dns: "explains", retry: "after-mending", help: GUIDELINES,
    codes: ["7.27"], enhanced: ["5.7.27", "4.7.27"], checks: ["spf"], actors: ["dns-owner"],
    wordings: ["Your email has been blocked because SPF does not pass.", "Your email has been rate limited because SPF does not pass."],
    phrases: [
      "becausespfdoesnotpass", "becausespfdidnotpass", "spfauthenticationdidntpass", "becausespfauthentication", "spfdoesnotpass", "toauthenticatewithspf", "mustauthenticatewithspf",
      "authenticatetheiremailwithspf", "authenticatetheiremailswithspf", "pturnonspf",
    ],
  },
  {
    rule: "dkim-required", group: "authentication", dns: "explains", retry: "after-mending", help: GUIDELINES,
    codes: ["7.30"], enhanced: ["5.7.30", "4.7.30"], checks: ["dkim"], actors: ["mail-server", "dns-owner"],
    wordings: ["Your email has been blocked because DKIM does not pass.", "Your email has been rate limited because DKIM does not pass."],
    phrases: [
      "becausedkimdoesnotpass", "becausedkimdidnotpass", "dkimauthenticationdidntpass", "becausedkimauthentication", "dkimdoesnotpass", "toauthenticatewithdkim", "mustauthenticatewithdkim",
      "authenticatetheiremailwithdkim", "authenticatetheiremailswithdkim", "pturnondkim",
    ],
  },
  {
    rule: "suspicious-spf", group: "authentication", dns: "explains", retry: "after-mending", help: CODES_PAGE,
    codes: ["7.24"], enhanced: ["5.7.24", "4.7.24"], checks: ["spf"], actors: ["dns-owner"],
    wordings: ["The SPF record of the sending domain has one or more suspicious entries."],
    phrases: ["oneormoresuspiciousentries", "spfrecordofthesendingdomainhas"],
  },
  {
    rule: "tls-required-by-recipient", group: "recipient", dns: "no", retry: "after-mending", help: CODES_PAGE,
    codes: [], enhanced: ["4.7.0"], checks: ["tls"], actors: ["mail-server"],
    wordings: ["TLS required for RCPT domain, closing connection."],
    phrases: ["tlsrequiredforrcptdomain"],
  },
  {
    rule: "tls-required", group: "authentication", dns: "no", retry: "after-mending", help: GUIDELINES,
    codes: ["7.29"], enhanced: ["5.7.29", "4.7.29"], checks: ["tls"], actors: ["mail-server"],
    wordings: ["This message was not sent over a TLS connection."],
    phrases: ["notsentoveratlsconnection", "wasntsentoveratls", "overatlsconnection", "ptlsrequired", "atlsconnectiontosend", "usetlssslforsmtp"],
  },
  {
    rule: "not-whitelisted", group: "recipient", dns: "no", retry: "after-mending", help: CODES_PAGE,
    codes: [], enhanced: ["4.7.0"], checks: ["recipient-rule"], actors: ["recipient-admin", "mail-server"],
    wordings: ["IP not in whitelist for RCPT domain, closing connection."],
    phrases: ["ipnotinwhitelist", "notinwhitelistforrcpt"],
  },
  {
    rule: "ip-not-authorised", group: "reputation", dns: "may", retry: "after-mending", help: "https://support.google.com/mail/?p=NotAuthorizedError",
    codes: [], enhanced: ["5.7.1"], checks: ["relay", "ptr"], actors: ["sender", "mail-server"],
    wordings: [
      "The IP you're using to send mail is not authorized to send email directly to our servers. Please use the SMTP relay at your service provider instead.",
    ],
    phrases: ["isnotauthorizedtosendemaildirectly", "notauthorizedtosendemaildirectlytoourservers", "pnotauthorizederror"],
  },
  {
    rule: "unsolicited-rate", group: "reputation", dns: "may", retry: "after-waiting", help: "https://support.google.com/mail/?p=UnsolicitedRateLimitError",
    codes: ["7.28"], enhanced: ["4.7.28", "5.7.28", "4.7.0", "5.7.1"], checks: ["reputation", "volume", "spf", "dkim"], actors: ["sender"],
    wordings: ["Our system has detected an unusual rate of unsolicited mail originating from your IP address."],
    phrases: ["unusualrateofunsolicited", "unusualrateofmail", "punsolicitedratelimit", "punsolicitediperror"],
  },
  {
    rule: "likely-unsolicited", group: "reputation", dns: "may", retry: "after-mending", help: "https://support.google.com/mail/?p=UnsolicitedMessageError",
    codes: [], enhanced: ["5.7.1", "4.7.0"], checks: ["reputation", "content", "spf", "dkim"], actors: ["sender"],
    wordings: [
      "Our system has detected that this message is likely unsolicited mail.",
      "this message is likely suspicious due to the very low reputation of the sending domain.",
    ],
    phrases: ["likelyunsolicited", "likelysuspicious", "verylowreputation", "lowreputationofthesending", "punsolicitedmessageerror", "suspiciousduetothenature", "messageissuspicious", "thismessageissuspiciousduetothe"],
  },
  {
    rule: "rfc5322", group: "authentication", dns: "no", retry: "after-mending", help: "https://support.google.com/mail/?p=RfcMessageNonCompliant",
    codes: [], enhanced: ["5.7.1"], checks: ["message"], actors: ["mail-server", "sender"],
    wordings: [
      "This message is not RFC 5322 compliant.",
      "Messages with multiple addresses in From: header are not accepted.",
      "Messages missing a valid messageId header are not accepted.",
    ],
    phrases: [
      "notrfc5322compliant", "isnotrfc2822compliant", "rfc5322compliant", "prfcmessagenoncompliant", "duplicateheaders", "multiplefromheaders", "multipleaddressesinfrom", "missingavalidmessageid",
      "validmessageidheader", "fromheaderismissing", "invalidfromheader", "missingavalidaddressin", "unicodecharacterinadisallowedheader", "encodedwordsyntaxisnotpermitted",
    ],
  },
  {
    rule: "blocked-content", group: "reputation", dns: "no", retry: "after-mending", help: "https://support.google.com/mail/?p=BlockedMessage",
    codes: ["552/7.0"], enhanced: ["5.7.0"], checks: ["content"], actors: ["sender"],
    wordings: ["This message was blocked because its content presents a potential security issue."],
    phrases: ["potentialsecurityissue", "illegalattachmentonyourmessage", "pblockedmessage"],
  },
  {
    rule: "recipient-policy", group: "recipient", dns: "no", retry: "after-mending", help: CODES_PAGE,
    codes: [], enhanced: ["5.7.1"], checks: ["recipient-rule"], actors: ["recipient-admin"],
    wordings: [
      "The user or domain that you are sending to (or from) has a policy that prohibited the mail that you sent.",
      "This message violates example.com email policy.",
    ],
    phrases: ["hasapolicythatprohibited", "policythatprohibitedthemail"],
  },
  {
    rule: "relay-denied", group: "relay", dns: "no", retry: "after-mending", help: CODES_PAGE,
    codes: ["550/7.0"], enhanced: ["5.7.0", "5.7.1"], checks: ["relay", "account"], actors: ["mail-server"],
    wordings: ["Mail relay denied.", "Mail sending denied.", "Invalid credentials for relay."],
    phrases: ["mailrelaydenied", "mailsendingdenied", "invalidcredentialsforrelay", "mailrelayingdenied"],
  },
  {
    rule: "sending-limit", group: "relay", dns: "no", retry: "after-waiting", help: CODES_PAGE,
    codes: ["4.5"], enhanced: ["5.4.5", "4.2.1", "5.7.1"], checks: ["volume", "account"], actors: ["sender"],
    wordings: ["Daily user sending limit exceeded.", "Peak SMTP relay limit exceeded for customer."],
    phrases: ["dailyusersendinglimit", "dailysendingquota", "dailysendinglimit", "dailysmtprelay", "peaksmtprelaylimit", "smtprelaylimitexceeded", "smtprelaysendinglimit", "emailquotaexceeded", "reachedalimitforsendingmail"],
  },
  {
    rule: "recipient-rate", group: "recipient", dns: "no", retry: "after-waiting", help: "https://support.google.com/mail/?p=ReceivingRate",
    codes: ["421/2.1", "450/2.1", "451/2.1"], enhanced: ["4.2.1", "5.2.1"], checks: ["mailbox", "volume"], actors: ["sender", "recipient"],
    wordings: [
      "The user you are trying to contact is receiving mail too quickly.",
      "The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered.",
    ],
    phrases: ["receivingmailtooquickly", "receivingmailatarate", "ratethatprevents", "preceivingrate"],
  },
  {
    rule: "over-quota", group: "recipient", dns: "no", retry: "after-waiting", help: CODES_PAGE,
    codes: ["2.2"], enhanced: ["5.2.2", "4.2.2"], checks: ["mailbox"], actors: ["recipient"],
    wordings: ["The recipient's inbox is out of storage space.", "The email account that you tried to reach is over quota."],
    phrases: ["outofstoragespace", "isoverquota", "overquotatemp", "overquotaperm", "inboxisfull", "mailboxisfull"],
  },
  {
    rule: "no-such-user", group: "recipient", dns: "no", retry: "after-mending", help: "https://support.google.com/mail/?p=NoSuchUser",
    codes: ["1.1"], enhanced: ["5.1.1"], checks: ["address"], actors: ["sender"],
    wordings: [
      "The email account that you tried to reach does not exist. Please try double-checking the recipient's email address for typos or unnecessary spaces.",
    ],
    phrases: ["accountthatyoutriedtoreachdoesnotexist", "pnosuchuser", "emailaccountthatyoutriedtoreachdoesnt", "doublecheckingtherecipientsemailaddress"],
  },
  {
    rule: "disabled", group: "recipient", dns: "no", retry: "never", help: "https://support.google.com/mail/?p=DisabledUser",
    codes: ["550/2.1"], enhanced: ["5.2.1"], checks: ["address"], actors: ["recipient", "recipient-admin"],
    wordings: ["The email account that you tried to reach is disabled.", "The email account that you tried to reach is inactive."],
    phrases: ["accountthatyoutriedtoreachisdisabled", "accountthatyoutriedtoreachisinactive", "accountthatyoutriedtoreachhasbeendisabled", "pdisableduser", "pinactiveuser"],
  },
  {
    rule: "too-large", group: "recipient", dns: "no", retry: "after-mending", help: "https://support.google.com/mail/?p=MaxSizeError",
    codes: ["2.3", "3.4"], enhanced: ["5.2.3", "5.3.4"], checks: ["size"], actors: ["sender"],
    wordings: ["Your message exceeded Google's message size limits."],
    phrases: ["messagesizelimit", "exceededgooglesmessage", "messageheadersizelimit", "exceedsgoogleslimitof", "exceedsgooglesheadernamelimit", "maxmessagesize", "pmaxsizeerror"],
  },
  {
    rule: "bad-address", group: "recipient", dns: "no", retry: "after-mending", help: CODES_PAGE,
    codes: ["1.2", "1.3", "1.7"], enhanced: ["5.1.2", "5.1.3", "5.1.7"], checks: ["address"], actors: ["sender"],
    wordings: ["The recipient address <…> is not a valid RFC-5321 address."],
    phrases: ["isnotavalidrfc5321address", "notavalidrfc5321", "notavalidrfc532", "unabletofindtherecipientdomain", "addressisnotavalidrfc"],
  },
  {
    rule: "login", group: "relay", dns: "no", retry: "after-mending", help: "https://support.google.com/mail/?p=BadCredentials",
    codes: ["7.8", "7.9", "7.14", "530/7.0", "454/7.0", "530/5.1", "504/7.4"], enhanced: ["5.7.8", "5.7.9", "5.7.14", "5.7.0", "4.7.0", "5.5.1", "5.7.4"], checks: ["account"], actors: ["sender"],
    wordings: ["Username and Password not accepted.", "Application-specific password required.", "Must issue a STARTTLS command first."],
    phrases: [
      "usernameandpasswordnotaccepted", "applicationspecificpassword", "pbadcredentials", "pinvalidsecondfactor", "pleaselogin", "loginviayourwebbrowser", "loginwithyourwebbrowser",
      "mustissueastarttls", "cannotauthenticatedueto", "authenticationrequired", "pwantautherror", "noidentitychangespermitted", "toomanyloginattempts", "unrecognizedauthenticationtype", "xoauthisnolonger",
    ],
  },
  {
    rule: "mail-loop", group: "relay", dns: "no", retry: "after-mending", help: "https://support.google.com/mail/?p=MailLoop",
    codes: ["4.6"], enhanced: ["5.4.6", "5.6.0"], checks: ["server-log"], actors: ["mail-server", "recipient-admin"],
    wordings: ["Message exceeded 50 hops, this may indicate a mail loop."],
    phrases: ["hopsthismayindicateamailloop", "mayindicateamailloop", "pmailloop"],
  },
  {
    rule: "protocol", group: "relay", dns: "no", retry: "after-mending", help: CODES_PAGE,
    codes: ["4.2", "5.0", "5.1", "5.2", "5.4", "5.3", "6.0", "7.10", "7.11"], enhanced: ["5.5.1", "5.5.2", "5.5.4", "4.5.0", "4.4.2", "4.5.3", "5.5.3", "5.6.0", "5.7.10", "5.7.11"], checks: ["server-log"], actors: ["mail-server"],
    wordings: ["SMTP protocol violation, see RFC 5321.", "HELO/EHLO argument is invalid.", "Timeout - closing connection.", "Mail message is malformed."],
    phrases: [
      "smtpprotocolviolation", "heloehloargument", "ehloheloargument", "toomanyrecipients", "timeoutclosingconnection", "mailmessageismalformed", "toomanyunrecognizedcommands", "unrecognizedcommand",
      "badsequenceofcommands", "nocommandsallowedtopipeline", "starttlsmaynotberepeated", "syntaxerrorcannotdecode", "multipledestinationdomains", "domainpolicysize", "toomanyunauthenticatedcommands",
    ],
  },
  {
    rule: "try-later", group: "reputation", dns: "no", retry: "automatic", help: CODES_PAGE,
    codes: ["421/4.5", "421/3.0", "451/3.0"], enhanced: ["4.7.0", "4.3.0", "4.4.5"], checks: ["server-log"], actors: ["google"],
    wordings: ["Try again later, closing connection.", "Temporary System Problem. Try again later.", "Server busy, try again later."],
    phrases: ["tryagainlater", "temporarysystemproblem", "serverbusy", "connectionexpired", "mailservertemporarilyrejected", "mailserverhastemporarilyrejected", "ptemporarysystemproblem"],
  },
];

export function gmailReply(rule: string): GmailReply | undefined {
  return GMAIL_REPLIES.find((reply) => reply.rule === rule);
}
