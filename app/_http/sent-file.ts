/** A file that a browser sent, as text: Outlook's format, or whatever is text already. */

import { fileText, type FileText, fitting, isCompoundFile } from "../../lib/bounce/file-text.ts";
import { outlookText } from "../../lib/bounce/outlook-message.ts";
import type { ErrorFacts } from "./api-error.ts";

export type SentFile = ({ readonly ok: true } & FileText) | { readonly ok: false; readonly error: ErrorFacts };

/** `isBeginning`: the file is longer than what was read of it. */
export function readFile(octets: Uint8Array, isBeginning: boolean): SentFile {
  if (isCompoundFile(octets)) {
    if (isBeginning) return { ok: false, error: { code: "too-large" } };
    const read = outlookText(octets);
    return read.ok ? { ok: true, ...fitting(read.text) } : UNREADABLE;
  }
  const read = fileText(octets);
  return read === null ? UNREADABLE : { ok: true, ...read };
}

const UNREADABLE: SentFile = { ok: false, error: { code: "file-unreadable" } };
