/** What a format module gives: how to know a text of its kind, and what it says of each refusal. */

import type { Domain, IpAddress } from "../../address/index.ts";
import type { Headers, ReversePath } from "../headers.ts";

/** The text handed in, as it came and cleaned (see `clean.ts`), and its MIME parts where it has some. */
export interface Paste {
  readonly raw: string;
  readonly text: string;
  readonly parts: Parts | null;
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
  readonly enhancedCode?: string | null;
  readonly permanent?: boolean | null;
  readonly mailFrom?: ReversePath;
  readonly headerFrom?: Domain | null;
  readonly helo?: string | null;
  /** An address that is certain to have spoken to Gmail; the reply's own word outweighs it. */
  readonly ip?: IpAddress | null;
  readonly headers?: Headers | null;
  /** Domains of recipients: never the sender's. */
  readonly recipients?: readonly string[];
}

export interface Format {
  readonly name: string;
  readonly detect: (paste: Paste) => boolean;
  /** Empty where nothing was refused. */
  readonly extract: (paste: Paste) => readonly Sighting[];
}
