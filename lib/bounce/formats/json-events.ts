/** The objects that a text holds as JSON: one, a list, one a line, inside a log, one packed as text into another (Amazon SNS, queues). */

import { z } from "zod";
import { cleanJson, cleanText } from "../clean.ts";
import type { Format, Sighting } from "./format.ts";
import { domainOf } from "./labels.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

const OBJECTS_MAX = 2000;
const DEPTH_MAX = 12;
/** Texts in which JSON begins are tried at as many places; the length of what is tried is bounded as well, since each try may read to the end. */
const STARTS_MAX = 400;

/** Every object of a text, the outer before the inner. Empty where it holds no JSON. */
export function jsonObjects(raw: string): readonly JsonObject[] {
  if (!raw.includes("{") || !/["“＂]|&quot;/.test(raw)) return [];
  const whole = parsed(raw.trim());
  if (whole !== undefined) return objectsOf([whole]);
  // Quoted, wrapped or shown as HTML it is no JSON any more, or only its innermost objects are; it can be made so again.
  const found = objectsOf(valuesIn(raw));
  const mended = objectsOf(valuesIn(onOneLine(cleanJson(raw))));
  return mended.length > found.length ? mended : found;
}

function objectsOf(values: readonly unknown[]): readonly JsonObject[] {
  const found: JsonObject[] = [];
  for (const value of values) collect(value, found, 0);
  return found;
}

/** Line ends inside strings, where a client wrapped them. */
function onOneLine(text: string): string {
  return text.replaceAll("\n", " ");
}

function valuesIn(text: string): readonly unknown[] {
  const whole = parsed(text.trim());
  if (whole !== undefined) return [whole];
  const values: unknown[] = [];
  let starts = 0;
  for (let at = text.indexOf("{"); at !== -1 && starts < STARTS_MAX; starts += 1) {
    const end = endOfObject(text, at);
    if (end === null) break;
    const value = parsed(text.slice(at, end));
    if (value !== undefined) values.push(value);
    at = text.indexOf("{", value === undefined ? at + 1 : end);
    // What does not parse is not JSON: looking for its parts would read the same characters over and over.
    if (value === undefined && end - at > 4000) break;
  }
  return values;
}

/** Behind the brace that closes the one at `from`; null where none does. */
function endOfObject(text: string, from: number): number | null {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 92) at += 1;
      else if (code === 34) quoted = false;
    } else if (code === 34) quoted = true;
    else if (code === 123) depth += 1;
    else if (code === 125) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const object = z.record(z.string(), z.unknown());

function collect(value: unknown, found: JsonObject[], depth: number): void {
  if (found.length >= OBJECTS_MAX || depth > DEPTH_MAX) return;
  if (Array.isArray(value)) {
    for (const one of value) collect(one, found, depth + 1);
    return;
  }
  if (typeof value === "string") {
    const inner = /^\s{0,20}[{[]/.test(value) ? parsed(value) : undefined;
    if (inner !== undefined) collect(inner, found, depth + 1);
    return;
  }
  const read = object.safeParse(value);
  if (!read.success) return;
  found.push(read.data);
  for (const one of Object.values(read.data)) if (typeof one === "object" || typeof one === "string") collect(one, found, depth + 1);
}

/** A service's events: those objects that its schema fits, each with the refusals that it tells of. */
export function eventFormat<T>({ name, keys, schema }: { readonly name: string; /** One of these an event has, whatever else. */ readonly keys: readonly string[]; readonly schema: z.ZodType<T> }, refusals: (event: T) => readonly Sighting[]): Format {
  const event = (one: JsonObject): readonly T[] => {
    const read = keys.some((key) => key in one) ? schema.safeParse(one) : null;
    return read?.success === true ? [read.data] : [];
  };
  return {
    name,
    confidence: "high",
    detect: ({ objects }) => objects.some((one) => event(one).length > 0),
    extract: ({ objects }) => objects.flatMap(event).flatMap(refusals).map((sighting) => ({ ...sighting, reply: isPlain(sighting.reply) ? sighting.reply : cleanText(sighting.reply), namesAll: true })),
  };
}

function isPlain(text: string): boolean {
  return /^[\n\x20-\x7e]*$/.test(text) && !/<https?:|&[a-z#]/.test(text);
}

/** `smtp;550 5.7.26 …` as mailers label a diagnostic (RFC 3464 section 2.3.6). */
export function withoutType(diagnostic: string): string {
  return diagnostic.replace(/^\s{0,4}(?:smtp|x-[\w-]{1,30})\s{0,3};\s{0,3}/i, "");
}

export function domainsOf(addresses: readonly (string | undefined)[]): readonly string[] {
  return addresses.flatMap((address) => (address === undefined ? [] : [domainOf(address) ?? ""])).filter((domain) => domain !== "");
}

/** Seconds since 1970, as services stamp their events, or a date that names its day first by year. */
export function timeOf(stamp: string | number | undefined): string | null {
  if (stamp === undefined) return null;
  const seconds = typeof stamp === "number" ? stamp : /^\d{9,11}(?:\.\d{1,9})?$/.test(stamp) ? Number(stamp) : null;
  const time = seconds === null ? Date.parse(String(stamp)) : seconds * 1000;
  return Number.isFinite(time) && Math.abs(time) < 8e15 ? new Date(time).toISOString() : null;
}
