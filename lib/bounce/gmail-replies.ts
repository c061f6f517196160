/**
 * The catalogue of Gmail's replies: which words and codes tell which rule.
 *
 * Wordings vary by year, so each rule is told by short phrases, then by its code. Phrases are matched on letters and digits alone
 * (`squash`), because mailers wrap replies anywhere. Codes are written without their class, since 4.7.26 and 5.7.26 are one rule.
 */

import type { BounceRule } from "./reading.ts";

export interface GmailReply {
  readonly rule: Exclude<BounceRule, "unknown">;
  /** Lower case, letters and digits only. */
  readonly phrases: readonly string[];
  /** "7.26"; only those that mean this rule whatever the words. With "552/7.0" the reply code is needed as well. */
  readonly codes: readonly string[];
}

/** Lower case, nothing but letters and digits: what no wrapping, quoting or punctuation changes. */
export function squash(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "");
}

/** In the order in which they are tried: what is said exactly comes before what is said in general. */
export const GMAIL_REPLIES: readonly GmailReply[] = [
  { rule: "dmarc-policy", codes: [], phrases: ["duetodomainsdmarcpolicy", "duetothedomainsdmarcpolicy", "pdmarcrejection", "unauthenticatedemailfrom", "unauthenticatedemailisnotaccepted"] },
  { rule: "spf-hard-fail", codes: [], phrases: ["hardfailpolicyall", "spfrecordwithahardfail", "recordwithahardfailpolicy", "butitfailstopassspfchecks", "failstopassspfchecksforanspfrecord"] },
  { rule: "ipv6-guidelines", codes: [], phrases: ["ipv6sendingguidelines", "pipv6autherror", "ipv6authenticationerror"] },
  { rule: "missing-ptr", codes: ["7.25", "7.23"], phrases: ["doesnothaveaptrrecord", "ptrrecordsetup", "missingptrrecord", "forwarddnsentrydoesnotpoint", "forwarddnsentrydoesnotmatch", "forwarddnsentrydoesnotreference", "psenderguidelinesip"] },
  { rule: "not-aligned", codes: ["7.32"], phrases: ["isntalignedwitheither", "isnotalignedwitheither", "alignedwitheithertheauthenticated", "pdmarcalignment"] },
  { rule: "dmarc-required", codes: ["7.40", "7.31"], phrases: ["nodmarcrecord", "dmarcrecordhasnopolicy", "dmarcrecorddoesntspecify", "dmarcrecorddoesnotspecify", "doesnthaveadmarcrecord", "doesnothaveadmarcrecord", "pturnondmarc"] },
  {
    rule: "unauthenticated",
    codes: ["7.26"],
    phrases: [
      "senderisunauthenticated", "mailisunauthenticated", "unauthenticatedwhichposes", "requiresallsenderstoauthenticate", "allsenderstoauthenticatewitheither", "doesnothaveauthenticationinformation",
      "failstopassauthenticationchecks", "doesnotpassauthenticationchecks", "mustauthenticatewithatleastone", "atleastoneofspfordkim", "spfanddkimbothdonotpass", "dkimchecksdidnotpassandspfcheck",
    ],
  },
  { rule: "spf-required", codes: ["7.27"], phrases: ["becausespfdoesnotpass", "becausespfdidnotpass", "spfauthenticationdidntpass", "becausespfauthentication", "spfdoesnotpass", "toauthenticatewithspf", "mustauthenticatewithspf", "authenticatetheiremailwithspf", "authenticatetheiremailswithspf", "pturnonspf"] },
  { rule: "dkim-required", codes: ["7.30"], phrases: ["becausedkimdoesnotpass", "becausedkimdidnotpass", "dkimauthenticationdidntpass", "becausedkimauthentication", "dkimdoesnotpass", "toauthenticatewithdkim", "mustauthenticatewithdkim", "authenticatetheiremailwithdkim", "authenticatetheiremailswithdkim", "pturnondkim"] },
  { rule: "suspicious-spf", codes: ["7.24"], phrases: ["oneormoresuspiciousentries", "spfrecordofthesendingdomainhas"] },
  { rule: "tls-required-by-recipient", codes: [], phrases: ["tlsrequiredforrcptdomain"] },
  { rule: "tls-required", codes: ["7.29"], phrases: ["notsentoveratlsconnection", "wasntsentoveratls", "overatlsconnection", "ptlsrequired", "atlsconnectiontosend"] },
  { rule: "not-whitelisted", codes: [], phrases: ["ipnotinwhitelist", "notinwhitelistforrcpt"] },
  { rule: "ip-not-authorised", codes: [], phrases: ["isnotauthorizedtosendemaildirectly", "notauthorizedtosendemaildirectlytoourservers", "pnotauthorizederror"] },
  { rule: "unsolicited-rate", codes: ["7.28"], phrases: ["unusualrateofunsolicited", "punsolicitedratelimit", "punsolicitediperror"] },
  {
    rule: "likely-unsolicited",
    codes: [],
    phrases: ["likelyunsolicited", "likelysuspicious", "verylowreputation", "lowreputationofthesending", "punsolicitedmessageerror", "suspiciousduetothenature", "messageissuspicious", "thismessageissuspiciousduetothe"],
  },
  {
    rule: "rfc5322",
    codes: [],
    phrases: ["notrfc5322compliant", "isnotrfc2822compliant", "rfc5322compliant", "prfcmessagenoncompliant", "duplicateheaders", "multiplefromheaders", "multipleaddressesinfrom", "missingavalidmessageid", "validmessageidheader", "fromheaderismissing", "invalidfromheader", "missingavalidaddressinfrom"],
  },
  { rule: "blocked-content", codes: ["552/7.0"], phrases: ["potentialsecurityissue", "pblockedmessage"] },
  { rule: "recipient-policy", codes: [], phrases: ["hasapolicythatprohibited", "policythatprohibitedthemail"] },
  { rule: "relay-denied", codes: ["550/7.0"], phrases: ["mailrelaydenied", "mailsendingdenied", "invalidcredentialsforrelay", "mailrelayingdenied"] },
  { rule: "sending-limit", codes: ["4.5"], phrases: ["dailyusersendinglimit", "dailysendingquota", "dailysendinglimit", "dailysmtprelay", "peaksmtprelaylimit", "smtprelaylimitexceeded", "smtprelaysendinglimit", "emailquotaexceeded", "reachedalimitforsendingmail"] },
  { rule: "recipient-rate", codes: ["421/2.1", "450/2.1", "451/2.1"], phrases: ["receivingmailtooquickly", "receivingmailatarate", "ratethatprevents", "preceivingrate"] },
  { rule: "over-quota", codes: ["2.2"], phrases: ["outofstoragespace", "isoverquota", "overquotatemp", "overquotaperm", "inboxisfull", "mailboxisfull"] },
  { rule: "no-such-user", codes: ["1.1"], phrases: ["accountthatyoutriedtoreachdoesnotexist", "pnosuchuser", "emailaccountthatyoutriedtoreachdoesnt", "doublecheckingtherecipientsemailaddress"] },
  { rule: "disabled", codes: ["550/2.1"], phrases: ["accountthatyoutriedtoreachisdisabled", "accountthatyoutriedtoreachisinactive", "accountthatyoutriedtoreachhasbeendisabled", "pdisableduser", "pinactiveuser"] },
  { rule: "too-large", codes: ["2.3"], phrases: ["messagesizelimit", "exceededgooglesmessage", "messageheadersizelimit", "messageheadersizelimits", "maxmessagesize", "pmaxsizeerror"] },
  { rule: "bad-address", codes: ["1.2", "1.3", "1.7"], phrases: ["isnotavalidrfc5321address", "notavalidrfc5321", "notavalidrfc532", "unabletofindtherecipientdomain", "addressisnotavalidrfc"] },
  {
    rule: "login",
    codes: ["7.8", "7.9", "7.14", "530/7.0", "454/7.0", "530/5.1", "504/7.4"],
    phrases: ["usernameandpasswordnotaccepted", "applicationspecificpassword", "pbadcredentials", "pinvalidsecondfactor", "pleaselogin", "loginviayourwebbrowser", "loginwithyourwebbrowser", "mustissueastarttls", "cannotauthenticatedueto", "authenticationrequired", "toomanyloginattempts", "unrecognizedauthenticationtype", "xoauthisnolonger"],
  },
  { rule: "protocol", codes: ["4.2", "5.0", "5.1", "5.2", "5.4", "5.3", "6.0"], phrases: ["smtpprotocolviolation", "heloehloargument", "ehloheloargument", "toomanyrecipients", "timeoutclosingconnection", "mailmessageismalformed", "toomanyunrecognizedcommands", "unrecognizedcommand", "badsequenceofcommands", "multipledestinationdomains", "domainpolicysize", "toomanyunauthenticatedcommands"] },
  { rule: "try-later", codes: ["421/4.5", "421/3.0", "451/3.0"], phrases: ["tryagainlater", "temporarysystemproblem", "serverbusy", "mailservertemporarilyrejected", "ptemporarysystemproblem"] },
];

/** Words that only Gmail uses; a reply with them is Gmail's even where its closing token was cut off. */
export const GMAIL_WORDS: readonly string[] = [
  "gmailrequires", "gmailhasdetected", "gmaildoesnotaccept", "gmailusers", "ourbulkemailsendersguidelines", "bulkemailsendersguidelines", "mailisunauthenticated", "thedmarcinitiative", "pdmarcrejection",
  "emailaccountthatyoutriedtoreach", "theuseryouaretryingtocontactisreceivingmail", "exceededgooglesmessage", "oursystemhasdetectedthatthismessage", "oursystemhasdetectedanunusualrate", "emailhasbeenblockedbecausethesenderisunauthenticated",
  "mailhasbeenblockedbecausethesenderisunauthenticated", "ipv6sendingguidelines", "hasanspfrecordwithahardfailpolicy", "isnotacceptedduetodomainsdmarcpolicy", "theuserordomainthatyouaresendingtoorfrom", "theipyoureusingtosendmailisnotauthorized",
  "doesnothaveauthenticationinformationorfails", "ipaddresssendingthismessagedoesnothaveaptrrecord", "spfrecordofthesendingdomainhasoneormoresuspicious", "ipnotinwhitelistforrcptdomain", "tlsrequiredforrcptdomain", "spfanddkimbothdonotpass",
];

export interface ReplyFacts {
  readonly code: number | null;
  readonly enhancedCode: string | null;
  /** The reply, squashed. */
  readonly letters: string;
  /** The reply ends in `gcdp`: the recipient's administrator wrote the rule. */
  readonly recipientsRule: boolean;
}

/** By words first. Null where none of ours are in it. */
export function ruleByWords({ letters, recipientsRule }: ReplyFacts): BounceRule | null {
  if (recipientsRule) return "recipient-policy";
  const found = GMAIL_REPLIES.find((reply) => reply.phrases.some((phrase) => letters.includes(phrase)));
  if (found !== undefined) return found.rule;
  return violatesPolicy(letters) ? "recipient-policy" : null;
}

/** "This message violates example.com email policy" */
function violatesPolicy(letters: string): boolean {
  const at = letters.indexOf("messageviolates");
  return at !== -1 && letters.slice(at, at + 290).includes("emailpolicy");
}

/** By code alone, where Gmail gives it one meaning. */
export function ruleByCode({ code, enhancedCode }: Pick<ReplyFacts, "code" | "enhancedCode">): BounceRule | null {
  if (enhancedCode === null) return null;
  const twin = enhancedCode.slice(2);
  const exact = `${code ?? (enhancedCode.startsWith("4") ? 450 : 550)}/${twin}`;
  const found = GMAIL_REPLIES.find((reply) => reply.codes.includes(exact)) ?? GMAIL_REPLIES.find((reply) => reply.codes.includes(twin));
  return found?.rule ?? null;
}
