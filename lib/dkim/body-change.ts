/**
 * What was done to a body after it was signed, where it can be proven: some lines taken out, and the rest has the hash that was signed.
 * Footers stand at the end or before the end of a MIME part, banners at the start.
 */

import { createHash, type Hash } from "node:crypto";

export interface BodyChange {
  readonly place: "end" | "start" | "inside";
  /** How many lines were added. */
  readonly lines: number;
}

export interface SignedBody {
  /** One character for each octet, CRLF at line ends. */
  readonly body: string;
  readonly canonicalization: "simple" | "relaxed";
  /** `bh=`, base64. */
  readonly hash: string;
}

const START_LINES = 40;
const INSIDE_PLACES = 24;
const INSIDE_LINES = 30;
/** Octets hashed in search of a change, in all: some hundredths of a second. */
const WORK_MAX = 12 * 1024 * 1024;

/** Null where no such change explains the difference. SHA-256 alone, without `l=`. */
export function addedLines({ body, canonicalization, hash }: SignedBody): BodyChange | null {
  const lines = canonicalLines(body, canonicalization);
  return addedAtEnd(lines, hash) ?? addedAtStart(lines, hash) ?? addedInside(lines, hash);
}

/** RFC 6376 sections 3.4.3 and 3.4.4, line by line; empty lines at the end are left out. */
function canonicalLines(body: string, canonicalization: "simple" | "relaxed"): readonly string[] {
  const lines = body.split("\r\n");
  const canonical = canonicalization === "simple" ? lines : lines.map((line) => line.replace(/[ \t]+/g, " ").replace(/ $/, ""));
  let end = canonical.length;
  while (end > 0 && canonical[end - 1] === "") end -= 1;
  return canonical.slice(0, end);
}

const add = (hash: Hash, lines: readonly string[]): Hash => hash.update(lines.map((line) => `${line}\r\n`).join(""), "latin1");
const digest = (hash: Hash): string => hash.copy().digest("base64");

/** Every line but an empty one may have been the last. */
function addedAtEnd(lines: readonly string[], signed: string): BodyChange | null {
  const hash = createHash("sha256");
  for (const [index, line] of lines.entries()) {
    add(hash, [line]);
    if (line !== "" && digest(hash) === signed) return { place: "end", lines: lines.length - index - 1 };
  }
  return null;
}

function addedAtStart(lines: readonly string[], signed: string): BodyChange | null {
  const octets = lines.reduce((sum, line) => sum + line.length + 2, 0);
  const most = Math.min(START_LINES, lines.length - 1, Math.floor(WORK_MAX / Math.max(1, octets)));
  for (let first = 1; first <= most; first += 1) {
    if (digest(add(createHash("sha256"), lines.slice(first))) === signed) return { place: "start", lines: first };
  }
  return null;
}

/** Before the end of a MIME part or of an HTML page. */
function addedInside(lines: readonly string[], signed: string): BodyChange | null {
  const places = lines.flatMap((line, index) => (index > 0 && (line.startsWith("--") || /<\/(?:body|html)\b/i.test(line)) ? [index] : [])).slice(-INSIDE_PLACES);
  const starts = new Map<number, Hash>(places.flatMap((place) => Array.from({ length: Math.min(INSIDE_LINES, place) }, (_, back) => [place - back - 1, createHash("sha256")] as const)));
  const running = createHash("sha256");
  for (const [index, line] of lines.entries()) {
    if (starts.has(index)) starts.set(index, running.copy());
    add(running, [line]);
  }
  let work = 0;
  for (const place of places) {
    const rest = Buffer.from(lines.slice(place).map((line) => `${line}\r\n`).join(""), "latin1");
    for (let from = place - 1; from >= Math.max(0, place - INSIDE_LINES); from -= 1) {
      work += rest.length;
      if (work > WORK_MAX) return null;
      const hash = starts.get(from);
      if (hash !== undefined && hash.copy().update(rest).digest("base64") === signed) return { place: "inside", lines: place - from };
    }
  }
  return null;
}
