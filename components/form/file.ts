/** A chosen or dropped file as the text of the field. Only Outlook's format goes to the server to be read; all others are read here. */

import { FILE_OCTETS_MAX, fileText, type FileText, isCompoundFile } from "../../lib/bounce/file-text.ts";

export type FileAnswer = ({ readonly kind: "text" } & FileText) | { readonly kind: "failed" | "too-large" };

export async function readFile(file: File): Promise<FileAnswer> {
  try {
    const octets = new Uint8Array(await file.slice(0, FILE_OCTETS_MAX).arrayBuffer());
    if (isCompoundFile(octets)) return file.size > FILE_OCTETS_MAX ? { kind: "too-large" } : await readByServer(octets);
    const read = fileText(octets);
    return read === null ? { kind: "failed" } : { kind: "text", text: read.text, cut: read.cut || file.size > FILE_OCTETS_MAX };
  } catch {
    // A folder, or a file that is gone.
    return { kind: "failed" };
  }
}

async function readByServer(octets: Uint8Array<ArrayBuffer>): Promise<FileAnswer> {
  const response = await fetch("/submit/file", { method: "POST", body: octets, headers: { "Content-Type": "application/octet-stream" } });
  if (response.status === 413) return { kind: "too-large" };
  if (!response.ok) return { kind: "failed" };
  return { kind: "text", text: await response.text(), cut: response.headers.get("x-file-cut") === "1" };
}
