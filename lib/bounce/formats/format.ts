/** What a format module gives: how to know a text of its kind, and what it says of each refusal. */

import type { Domain, IpAddress } from "../../address/index.ts";
import type { Headers, ReversePath } from "../headers.ts";
import type { JsonObject } from "./json-events.ts";

/** The text handed in, as it came and cleaned (see `clean.ts`), and its MIME parts where it has some. */
export interface Paste {
  readonly raw: string;
  readonly text: string;
  readonly parts: Parts | null;
  /** Objects of the JSON in it. */
  readonly objects: readonly JsonObject[];
}

/** A whole message, taken apart. */
export interface Parts {
  /** The outer header. */
  readonly header: string;
  /** What a person reads, HTML made text. */
  readonly body: string;
  /** `message/delivery-status` (RFC 3464). */
  readonly status: string;
  /** The returned message or its header. */
  readonly returned: string;
}

/** One refusal, in the words of whoever reported it. */
export interface Sighting {
  /** The SMTP reply as it stands in the text. */
  readonly reply: string;
  /** The host that gave the reply. */
  readonly speaker?: string | null;
  /** Codes that the format tells apart from the reply. */
  readonly code?: number | null;
  readonly enhancedCode?: string | null;
  readonly permanent?: boolean | null;
  readonly mailFrom?: ReversePath;
  readonly headerFrom?: Domain | null;
  readonly helo?: string | null;
  /** An address that is certain to have spoken to Gmail; the reply's own word outweighs it. */
  readonly ip?: IpAddress | null;
  /** Google's own word for it; absent where the sender's side tells it. */
  readonly ipFrom?: "greeting" | undefined;
  readonly headers?: Headers | null;
  /** Domains of recipients: never the sender's. */
  readonly recipients?: readonly string[];
  /** When it was refused, as the format has it; ISO where the format tells all of it. */
  readonly time?: string | null;
  readonly queueId?: string | null;
  /** With or without its angle brackets. */
  readonly messageId?: string | null;
  /** True where the format names every party itself, so that no other name in the text can be the sender's. */
  readonly namesAll?: boolean;
}

export interface Format {
  readonly name: string;
  /** How sure it is that what it knows the text by belongs to no other kind. */
  readonly confidence: "high" | "medium" | "low";
  readonly detect: (paste: Paste) => boolean;
  /** Empty where nothing was refused. */
  readonly extract: (paste: Paste) => readonly Sighting[];
}
