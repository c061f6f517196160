/**
 * Drafts where the form may come back to another instance than it was sent to. What was typed is sealed before it leaves this process:
 * the key is the draft's id, which is in nobody's hands but the browser's, so that the database holds nothing that anybody could read.
 */

import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { DRAFT_LIFE_MS, type Draft, draftSchema, keepDraftHere, readDraftHere } from "./drafts.ts";
import type { SharedState } from "./report-store.ts";

const CIPHER = "aes-256-gcm";
const IV_OCTETS = 12;
const TAG_OCTETS = 16;
/** Longer ones stay where they are. */
const SEALED_MAX = 512 * 1024;

/** Returns the id to hand to `readDraft`. `shared`: null where there is but one instance. */
export async function keepDraft(shared: SharedState | null, draft: Draft): Promise<string> {
  const id = keepDraftHere(draft);
  if (shared === null) return id;
  const sealed = seal(draft, id);
  // Where it cannot be kept, the browser that comes back here finds it all the same.
  if (sealed.length <= SEALED_MAX) await shared.keepSealed(derived(id, "name").toString("hex"), sealed, Date.now() + DRAFT_LIFE_MS);
  return id;
}

/** Null when there is none of that id, or not any more. */
export async function readDraft(shared: SharedState | null, id: string): Promise<Draft | null> {
  const here = readDraftHere(id);
  if (here !== null) return here;
  const found = await shared?.readSealed(derived(id, "name").toString("hex"));
  return found?.status === "found" ? unseal(found.sealed, id) : null;
}

/** The id has 128 random bits: one hash makes a name of it that does not tell the key. */
function derived(id: string, purpose: "name" | "key"): Buffer {
  return createHash("sha256").update(`rebound draft ${purpose} ${id}`).digest();
}

function seal(draft: Draft, id: string): Buffer {
  const iv = randomBytes(IV_OCTETS);
  const cipher = createCipheriv(CIPHER, derived(id, "key"), iv, { authTagLength: TAG_OCTETS });
  const text = Buffer.concat([cipher.update(JSON.stringify(draft), "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]);
}

/** Null for what was not sealed with this id. */
function unseal(sealed: Uint8Array, id: string): Draft | null {
  try {
    const decipher = createDecipheriv(CIPHER, derived(id, "key"), sealed.subarray(0, IV_OCTETS), { authTagLength: TAG_OCTETS });
    decipher.setAuthTag(sealed.subarray(IV_OCTETS, IV_OCTETS + TAG_OCTETS));
    const text = Buffer.concat([decipher.update(sealed.subarray(IV_OCTETS + TAG_OCTETS)), decipher.final()]).toString("utf8");
    return draftSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
