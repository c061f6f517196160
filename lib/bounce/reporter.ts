/** Who refused the message. Others borrow Gmail's codes, so the words, the links and the host that spoke decide. */

import { organizationalDomain, parseDomain } from "../address/index.ts";
import { GMAIL_WORDS } from "./rule-of-reply.ts";
import { isGoogle } from "./headers.ts";
import type { Reply } from "./reply.ts";

export interface Reporter {
  readonly reporter: "gmail" | "other" | "unknown";
  /** Of another receiver, where it can be told. */
  readonly name: string | null;
}

const GOOGLE_LINK = /\b(?:support\.google\.com\/(?:mail|a)\b|(?:www\.)?google\.com\/mail\/|mail\.google\.com\/support|support\.google\.com\/)/i;

/** Marks of other receivers, in their replies or in the names of their hosts. */
const OTHERS: readonly { readonly name: string; readonly words: RegExp; readonly hosts: RegExp }[] = [
  { name: "Microsoft", words: /\b5\.7\.515\b|protection\.outlook\.com|\boutlook\.com\b|S(?:3140|3150|2017)\b|\bAS\(\d{2,6}\)|\[[A-Z0-9]{6,40}\.(?:[a-z]{2,8}\d{0,3}\.)?prod\.|sender\.office\.com|does not meet the required authentication level/i, hosts: /(?:^|\.)(?:outlook|hotmail|office365|microsoft|live)\.com$/ },
  { name: "Yahoo", words: /\[(?:TSS|TS|PH|BL)\d{2}\]|postmaster\.yahooinc\.com|help\.yahoo\.com|senders\.yahooinc\.com|\byahoo\.com\/(?:kb|postmaster)|5\.7\.9 .{0,200}policy reasons/i, hosts: /(?:^|\.)(?:yahoodns\.net|yahoo\.com|yahoo\.co\.jp|aol\.com)$/ },
  { name: "Apple", words: /\bicloud\.com|support\.apple\.com|\[CS01\]|\[HME\d\]/i, hosts: /(?:^|\.)(?:icloud|apple|me)\.com$/ },
  { name: "Proofpoint", words: /pphosted\.com|proofpoint/i, hosts: /(?:^|\.)(?:pphosted|ppe-hosted)\.com$/ },
  { name: "Mimecast", words: /mimecast/i, hosts: /(?:^|\.)mimecast(?:-offshore)?\.(?:com|co\.za)$/ },
  { name: "Barracuda", words: /barracuda/i, hosts: /(?:^|\.)barracudanetworks\.com$/ },
  { name: "Cloudflare", words: /cloudflare email|mx\.cloudflare\.net/i, hosts: /(?:^|\.)cloudflare\.net$/ },
  { name: "GMX", words: /gmx\.net|web\.de\/|postmaster\.gmx|kundenserver\.de/i, hosts: /(?:^|\.)(?:gmx\.net|web\.de|kundenserver\.de|1und1\.de|ionos\.\w{2,4})$/ },
  { name: "Spamhaus", words: /spamhaus\.org/i, hosts: /(?:^|\.)spamhaus\.org$/ },
  { name: "docomo", words: /docomo\.ne\.jp/i, hosts: /(?:^|\.)docomo\.ne\.jp$/ },
];

/** Receivers who took over Gmail's words name themselves, or a page of their own. */
const OWN_NAME = /\b(?!G(?:mail|MAIL|oogle|OOGLE)\b)([A-Z][\w.-]{2,40}) requires all (?:bulk |large )?(?:email )?senders/;
const OWN_PAGE = /(?:senders|postmaster)\.yahooinc\.com|sender\.office\.com|prod\.(?:protection\.)?outlook\.com|support\.apple\.com/i;

/** What a receiver without a name of its own says (RFC 7505 section 4.2, Postfix's and Exim's own wordings). */
const OTHER_WORDS = /\bnull ?MX\b|does not accept mail|Sender address rejected|Recipient address rejected|Client host rejected|Relay access denied|blocked using|rejected by policy \(\w/i;

export function reporterOf(reply: Reply, speaker: string | null): Reporter {
  const gmail: Reporter = { reporter: "gmail", name: null };
  if (reply.closed || reply.recipientsRule || (speaker !== null && isGoogle(speaker))) return gmail;
  const byHost = speaker === null ? undefined : OTHERS.find(({ hosts }) => hosts.test(speaker));
  if (byHost !== undefined) return { reporter: "other", name: byHost.name };
  const byWords = OTHERS.find(({ words }) => words.test(reply.text));
  const hasGoogleLink = GOOGLE_LINK.test(reply.text.replace(/\s+/g, ""));
  const ownName = OWN_NAME.exec(reply.text)?.[1];
  if (!hasGoogleLink && (ownName !== undefined || OWN_PAGE.test(reply.text))) return { reporter: "other", name: byWords?.name ?? ownName ?? null };
  if (hasGoogleLink || GMAIL_WORDS.some((words) => reply.letters.includes(words))) return gmail;
  if (byWords !== undefined) return { reporter: "other", name: byWords.name };
  if (OTHER_WORDS.test(reply.text)) return { reporter: "other", name: hostName(speaker) };
  return speaker === null ? { reporter: "unknown", name: null } : { reporter: "other", name: hostName(speaker) };
}

function hostName(speaker: string | null): string | null {
  const parsed = speaker === null ? null : parseDomain(speaker);
  return parsed?.ok === true ? organizationalDomain(parsed.domain) : null;
}
