/**
 * Where in the paste each fact stands, so that whoever reads the report can check the reader at a glance. A fact is looked for where
 * it was read: inside the reply if the reply told it, else behind its label, and what is found there says the same, or it is no place.
 */

import { parseDomain, parseIp, unicodeDomain } from "../address/index.ts";
import { traceText } from "./clean.ts";
import type { Span } from "./edits.ts";
import { GMAIL_REPLIES } from "./gmail-replies.ts";
import type { Beside } from "./details.ts";
import type { Bounce, Place, PlaceField, Subject } from "./reading.ts";
import type { Refusal } from "./refusal.ts";

export interface Facts {
  readonly subject: Subject;
  readonly bounce: Bounce;
  readonly beside: Beside;
  readonly refusal: Refusal;
}

/** In the order of the text. `raw` is what was pasted. */
export function placesOf(raw: string, { subject, bounce, beside, refusal }: Facts): readonly Place[] {
  const { text, origin } = traceText(raw);
  const lower = text.toLowerCase();
  const whole: Scope = { text, lower, from: 0, to: text.length };
  const reply = scopeOf(whole, refusal.sighting.reply);
  const inReply = (...finders: readonly Finder[]): Span | null => firstOf(finders, reply) ?? firstOf(finders, whole);
  const behind = (label: RegExp, value: string): Span | null => labelled(whole, label, value) ?? firstOf([nameFinder(value)], whole);
  const found: { field: PlaceField; value: string; span: Span | null }[] = [];
  const tell = (field: PlaceField, value: string | number | null, span: () => Span | null): void => {
    if (value !== null && value !== "") found.push({ field, value: String(value), span: span() });
  };
  tell("reporter", bounce.reporter === "gmail" ? "gmail" : null, () => inReply(pattern(/\bg(?:smtp|cdp)\b/gi, "last"), pattern(/\b(?:support\.google\.com|[\w.-]{1,60}\.google\.com|gmail)\b/gi)));
  tell("code", bounce.code, () => inReply(pattern(new RegExp(`(?<![\\d.])${bounce.code ?? ""}(?![\\d.])`, "g"))));
  tell("enhanced-code", bounce.enhancedCode, () => inReply(pattern(new RegExp(`(?<![\\d.])${(bounce.enhancedCode ?? "").replaceAll(".", "\\.")}(?![\\d]|\\.\\d)`, "g"))));
  tell("rule", bounce.rule === "unknown" ? null : bounce.rule, () => ruleIn(reply, bounce.rule));
  tell("sending-ip", subject.sendingIp, () => inReply(addressFinder(subject.sendingIp ?? "")));
  tell("domain", subject.domain, () => (namedBy(refusal, subject.domain) ? inReply(nameFinder(subject.domain)) : subject.domain === subject.headerFrom ? behind(AUTHOR, subject.domain) : behind(ENVELOPE, subject.domain)));
  tell("mail-from", subject.mailFrom, () => (refusal.reply.mailFrom === subject.mailFrom ? inReply(nameFinder(subject.mailFrom ?? "")) : behind(ENVELOPE, subject.mailFrom ?? "")));
  tell("header-from", subject.headerFrom, () => labelled(whole, AUTHOR, subject.headerFrom ?? "") ?? inReply(nameFinder(subject.headerFrom ?? "")));
  tell("helo", subject.helo, () => behind(/[EL]HLO|HELO|mail system at host|qmail-send program at|Reporting-MTA: ?dns;/gi, subject.helo ?? ""));
  for (const { domain, selector } of subject.dkim.slice(0, 5)) {
    tell("dkim-domain", domain, () => labelled(whole, /\bd=/g, domain));
    tell("dkim-selector", selector, () => labelled(whole, /\bs=/g, selector));
  }
  tell("spf-claim", bounce.claims.spf?.result ?? null, () => firstOf(SPF_CLAIMS, reply));
  tell("dkim-claim", bounce.claims.dkim?.result ?? null, () => firstOf(DKIM_CLAIMS, reply));
  tell("dmarc-claim", bounce.claims.dmarc?.result ?? null, () => firstOf([pattern(/\bDMARC[\s\d.-]{1,40}policy|\bDMARC\b[^=]{0,100}=\s{0,3}\w{4,8}/gi)], reply));
  tell("recipient", beside.recipient, () => behind(/\bto[=:]|RCPT TO:|Recipient:|delivered to|message to|\*\*|==/gi, beside.recipient ?? ""));
  tell("time", beside.time, () => firstOf([pattern(literal(beside.stamp ?? ""))], whole));
  tell("queue-id", beside.queueId, () => firstOf([pattern(literal(beside.queueId ?? ""))], whole));
  tell("message-id-host", beside.messageIdHost, () => labelled(whole, /\b(?:message-?id|msgid|id)["' ]{0,2}[:=]/gi, beside.messageIdHost ?? ""));
  return found.flatMap(({ field, value, span }) => (span === null ? [] : [{ field, value, ...origin(span) }])).sort((a, b) => a.offset - b.offset || b.length - a.length);
}

/** One shape of a sentence each: what the rule on patterns has to try grows with the product of the shapes in one. */
const SPF_CLAIMS: readonly Finder[] = [
  /\bSPF:?\s{0,8}\[[^\]]{0,300}\][^=\]]{0,80}(?:\[[^\]]{0,80}\])?[^=]{0,40}=\s{0,40}(?:did\s{1,40}not[\s\d.-]{1,40}pass|\w{4,9})/gi,
  /SPF\s{1,20}check[^.]{0,200}?(?:not[\s\d.-]{1,40}pass|failed)/gi,
  /has\s{1,20}an\s{1,20}SPF\s{1,20}record/gi,
  /SPF[^.=]{0,60}(?:did|does)(?:n't|\s{1,20}not)\s{1,20}pass/gi,
].map((regex) => pattern(regex));

const DKIM_CLAIMS: readonly Finder[] = [
  /\bDKIM:?\s{0,8}(?:\[[^\]]{0,300}\])?\s{0,8}=\s{0,40}(?:did\s{1,40}not[\s\d.-]{1,40}pass|\w{4,9})/gi,
  /DKIM\s{1,20}checks?[^.]{0,60}?not[\s\d.-]{1,40}pass/gi,
  /DKIM[^.=]{0,60}(?:did|does|do)(?:n't|\s{1,20}not)[\s\d.-]{1,40}pass/gi,
].map((regex) => pattern(regex));

/** A stretch of the cleaned text in which to look. */
interface Scope {
  readonly text: string;
  readonly lower: string;
  readonly from: number;
  readonly to: number;
}

type Finder = (scope: Scope) => Span | null;

function firstOf(finders: readonly Finder[], scope: Scope): Span | null {
  for (const find of finders) {
    const span = find(scope);
    if (span !== null) return span;
  }
  return null;
}

/** The reply as it stands in the text: word for word, or from its first words where a report folded it. */
function scopeOf(whole: Scope, reply: string): Scope {
  for (const length of [reply.length, 120, 40]) {
    const at = whole.text.indexOf(reply.slice(0, length).trimEnd());
    if (at !== -1 && length >= 12) return { ...whole, from: at, to: Math.min(whole.text.length, at + Math.max(reply.length + (length === reply.length ? 0 : 400), length)) };
  }
  return whole;
}

function pattern(regex: RegExp, which: "first" | "last" = "first"): Finder {
  return ({ text, from, to }) => {
    let span: Span | null = null;
    for (const match of text.slice(from, to).matchAll(regex)) {
      span = { offset: from + match.index, length: match[0].length };
      if (which === "first" || match[0] === "") break;
    }
    return span === null || span.length === 0 ? null : span;
  };
}

function literal(words: string): RegExp {
  return new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") || "(?!)", "g");
}

const NAME_CHARACTER = /[\p{L}\p{N}._-]/u;

/** A name on its own, in either of its forms; else cut by a wrap, with blanks or a code inside. */
function nameFinder(name: string): Finder {
  const forms = [...new Set([name, unicodeDomain(name)])].filter((form) => form !== "");
  return (scope) => {
    for (const form of forms) {
      const at = wordAt(scope, form);
      if (at !== null) return at;
    }
    return cutName(scope, name);
  };
}

function wordAt({ text, lower, from, to }: Scope, word: string): Span | null {
  for (let at = lower.indexOf(word, from); at !== -1 && at + word.length <= to; at = lower.indexOf(word, at + 1)) {
    const before = text[at - 1] ?? " ";
    const after = text.slice(at + word.length, at + word.length + 2);
    // A full stop that ends a sentence is no part of a name.
    if (!NAME_CHARACTER.test(before) && !/^[\p{L}\p{N}_-]|^\.[\p{L}\p{N}_]/u.test(after)) return { offset: at, length: word.length };
  }
  return null;
}

const CUT_MAX = 20_000;

function cutName({ lower, from, to }: Scope, name: string): Span | null {
  const stretch = lower.slice(from, Math.min(to, from + CUT_MAX)).replace(/\b[45]\d\d[- ][45]\.\d\.\d{1,3} /g, (code) => " ".repeat(code.length));
  const kept: number[] = [];
  let tight = "";
  for (let at = 0; at < stretch.length; at += 1) {
    const character = stretch[at] ?? "";
    if (/\s/.test(character)) continue;
    tight += character;
    kept.push(at);
  }
  const at = tight.indexOf(name);
  const first = kept[at];
  const last = kept[at + name.length - 1];
  return at === -1 || name === "" || first === undefined || last === undefined ? null : { offset: from + first, length: last + 1 - first };
}

function addressFinder(ip: string): Finder {
  return (scope) => {
    for (const match of scope.text.slice(scope.from, scope.to).matchAll(/(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}:[\da-f:.]{2,44})(?![\w:]|\.\d)/gi)) {
      if (parseIp(match[0]) === ip) return { offset: scope.from + match.index, length: match[0].length };
    }
    return cutName(scope, ip);
  };
}

const ENVELOPE = /MAIL FROM:|\bfrom=|Return-Path:|X-Postfix-Sender:|envelope-from|smtp\.mailfrom=|\bF=<|<= |"sender":|"source":|"msg_from":|Received-From-MTA:|From Address/gi;
const AUTHOR = /^From:|差出人|header\.from=|5322\.From|sending domain|email from|"from":|"friendly_from":|"sender_email":|Sender Address/gim;
const LABELS_MAX = 300;

/** The value within a line's length behind its label. */
function labelled(whole: Scope, label: RegExp, value: string): Span | null {
  if (value === "") return null;
  let count = 0;
  for (const match of whole.text.matchAll(label)) {
    const from = match.index + match[0].length;
    const span = wordAt({ ...whole, from, to: Math.min(whole.text.length, from + 400) }, value.toLowerCase()) ?? null;
    if (span !== null && !whole.text.slice(from, span.offset).includes("\n\n")) return span;
    count += 1;
    if (count >= LABELS_MAX) return null;
  }
  return null;
}

function namedBy({ reply }: Refusal, domain: string): boolean {
  return [reply.mailFrom, reply.headerFrom, reply.signer].some((named) => named === domain) || parseDomain(domain).ok === false;
}

/** The words by which the rule was told, letters and digits alone as the catalogue has them; else its code. */
function ruleIn(reply: Scope, rule: string): Span | null {
  const phrases = GMAIL_REPLIES.filter((entry) => entry.rule === rule).flatMap((entry) => entry.phrases);
  const { lower, from, to } = reply;
  const kept: number[] = [];
  let letters = "";
  const end = Math.min(to, from + CUT_MAX);
  const stretch = lower.slice(from, end).replace(/\b[45]\d\d[- ][45]\.\d\.\d{1,3} /g, (code) => " ".repeat(code.length));
  for (let at = 0; at < stretch.length; at += 1) {
    const code = stretch.charCodeAt(at);
    if (!((code >= 97 && code <= 122) || (code >= 48 && code <= 57))) continue;
    letters += stretch[at] ?? "";
    kept.push(from + at);
  }
  for (const phrase of phrases) {
    const at = letters.indexOf(phrase);
    const first = kept[at];
    const last = kept[at + phrase.length - 1];
    if (at !== -1 && first !== undefined && last !== undefined) return { offset: first, length: last + 1 - first };
  }
  return pattern(/[45]\.\d\.\d{1,3}/g)(reply);
}
