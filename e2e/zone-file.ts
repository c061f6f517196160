/**
 * Reads zone master files (RFC 1035 section 5.1): $ORIGIN, $TTL, comments, quoted strings, \DDD and \X escapes,
 * parentheses, relative names, "@", a blank owner for "same as above", several character-strings in a TXT record.
 *
 * One thing is added, in a comment so that other readers of master files skip it: how a name is to fail.
 *
 *     ;$FAULT @ servfail                  this name, every type
 *     ;$FAULT mail timeout A AAAA         this name, these types
 *     ;$FAULT @ and-below refused         this name and all names under it
 *     ;$FAULT @ delay=500                 answered, after 500 ms
 *     ;$FAULT @ and-below bogus           signed, and the signatures do not hold
 */

import { RECORD_TYPES, type Fault, FAULT_KINDS, type FaultKind, type ServedRecord, type ServedType } from "./served.ts";

export interface ZoneFile {
  readonly records: readonly ServedRecord[];
  readonly faults: readonly Fault[];
}

/** Octets as Latin-1 characters, so that \DDD and UTF-8 alike stay what they are. */
interface Token {
  readonly octets: string;
  readonly quoted: boolean;
}

interface Line {
  readonly number: number;
  readonly blankOwner: boolean;
  readonly tokens: readonly Token[];
}

/** `octets` is the file's content. Throws on what it cannot read, naming the line: a zone file is part of the program. */
export function parseZoneFile(octets: Uint8Array, fileName: string): ZoneFile {
  const text = Buffer.from(octets).toString("latin1");
  const records: ServedRecord[] = [];
  const faults: Fault[] = [];
  let origin = "";
  let ttl = 300;
  let owner = "";
  for (const line of lines(text)) {
    const wrong = (what: string) => new Error(`${fileName}:${line.number}: ${what}`);
    const words = line.tokens.map((token) => token.octets);
    const absolute = (name: string) => absoluteName(name, origin);
    if (words[0] === "$ORIGIN") origin = absolute(words[1] ?? "");
    else if (words[0] === "$TTL") ttl = Number(words[1]);
    else if (words[0] === ";$FAULT") faults.push(parseFault(words.slice(1), absolute, wrong));
    else {
      let next = 0;
      if (!line.blankOwner) owner = absolute(words[next++] ?? "");
      while (/^(?:\d+|IN)$/.test(words[next] ?? "")) next++;
      const type = RECORD_TYPES.find((known) => known === words[next]);
      if (type === undefined) throw wrong(`unknown record type ${words[next] ?? "(none)"}`);
      records.push({ name: owner, ttl, ...recordData(type, line.tokens.slice(next + 1), absolute, wrong) });
    }
  }
  return { records, faults };
}

function recordData(type: ServedType, tokens: readonly Token[], absolute: (name: string) => string, wrong: (what: string) => Error): ServedRecordData {
  const word = (index: number) => {
    const token = tokens[index];
    if (token === undefined) throw wrong(`${type} lacks data`);
    return token.octets;
  };
  switch (type) {
    case "A":
    case "AAAA":
      return { type, data: word(0) };
    case "PTR":
    case "CNAME":
    case "NS":
      return { type, data: absolute(word(0)) };
    case "MX":
      return { type, data: { preference: Number(word(0)), exchange: absolute(word(1)) } };
    case "TXT":
      if (tokens.length === 0) throw wrong("TXT lacks data");
      if (tokens.some((token) => token.octets.length > 255)) throw wrong("a character-string over 255 octets");
      return { type, data: tokens.map((token) => Buffer.from(token.octets, "latin1")) };
    case "SOA":
      return {
        type,
        data: { mname: absolute(word(0)), rname: absolute(word(1)), serial: Number(word(2)), refresh: Number(word(3)), retry: Number(word(4)), expire: Number(word(5)), minimum: Number(word(6)) },
      };
  }
}

type ServedRecordData = ServedRecord extends infer R ? (R extends ServedRecord ? Omit<R, "name" | "ttl"> : never) : never;

function parseFault(words: readonly string[], absolute: (name: string) => string, wrong: (what: string) => Error): Fault {
  const [name = "", ...rest] = words;
  const below = rest[0] === "and-below";
  const [what = "", ...types] = below ? rest.slice(1) : rest;
  const [kindText, ms] = what.split("=");
  const kind: FaultKind | undefined = FAULT_KINDS.find((known) => known === kindText);
  if (kind === undefined) throw wrong(`unknown fault ${what}`);
  return { name: absolute(name), below, kind, types: types.length === 0 ? null : types, ms: Number(ms ?? 0) };
}

function absoluteName(octets: string, origin: string): string {
  const name = Buffer.from(octets, "latin1").toString("utf8").toLowerCase();
  if (name === "@") return origin;
  if (name.endsWith(".")) return name.slice(0, -1);
  return origin === "" ? name : `${name}.${origin}`;
}

function* lines(text: string): Generator<Line> {
  let at = 0;
  let number = 1;
  while (at < text.length) {
    const started = number;
    const blankOwner = /[ \t]/.test(text.charAt(at));
    const tokens: Token[] = [];
    let depth = 0;
    for (; at < text.length; at++) {
      const char = text.charAt(at);
      if (char === "\n") {
        number++;
        if (depth === 0) break;
      } else if (char === "(") depth++;
      else if (char === ")") depth--;
      else if (char === ";") {
        const end = text.indexOf("\n", at);
        const comment = text.slice(at, end === -1 ? text.length : end);
        if (comment.startsWith(";$FAULT ")) for (const word of comment.trim().split(/\s+/)) tokens.push({ octets: word, quoted: false });
        at += comment.length - 1;
      } else if (!/\s/.test(char)) {
        const { token, end } = readToken(text, at);
        tokens.push(token);
        at = end - 1;
      }
    }
    at++;
    if (tokens.length > 0) yield { number: started, blankOwner, tokens };
  }
}

function readToken(text: string, start: number): { token: Token; end: number } {
  const quoted = text.charAt(start) === '"';
  let octets = "";
  let at = quoted ? start + 1 : start;
  for (; at < text.length; at++) {
    const char = text.charAt(at);
    if (quoted ? char === '"' : /[\s;()"]/.test(char)) break;
    if (char !== "\\") octets += char;
    else {
      const decimal = /^\d{3}/.exec(text.slice(at + 1, at + 4))?.[0];
      octets += decimal === undefined ? text.charAt(at + 1) : String.fromCharCode(Number(decimal));
      at += decimal?.length ?? 1;
    }
  }
  return { token: { octets, quoted }, end: quoted ? at + 1 : at };
}
