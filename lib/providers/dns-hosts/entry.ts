/** A record as a panel wants it typed: the host field, and the value with or without quotation marks. */

import { isSameOrBelow } from "../../address/index.ts";
import { quotedText } from "../../dns/master-text.ts";
import type { FormPanel } from "./dns-host.ts";

export interface RecordToEnter {
  /** Whole, without a final dot. */
  readonly name: string;
  /** The character-strings of the TXT record, 255 octets each at most. */
  readonly strings: readonly string[];
}

export interface PanelEntry {
  /** "" is left empty. */
  readonly host: string;
  readonly value: string;
  /** More than one where the panel may refuse the whole: the pieces in quotation marks, for then. */
  readonly pieces: string | null;
}

/** Null where the name is in another zone than the one that the host answers for. */
export function panelEntry({ host, quotes, long }: Pick<FormPanel, "host" | "quotes" | "long">, { name, strings }: RecordToEnter, zone: string): PanelEntry | null {
  const relative = relativeName(name, zone);
  if (relative === null) return null;
  const whole = strings.join("");
  const quoted = strings.map(quotedText).join(" ");
  const inPieces = quotes === "with" || (long === "quoted-strings" && strings.length > 1);
  return {
    host: hostText(relative, name, host),
    value: inPieces ? quoted : whole,
    pieces: !inPieces && long === "unknown" && strings.length > 1 ? quoted : null,
  };
}

/** `txt @ v=spf1 …`: a line of a panel that takes the zone as text. */
export function panelLine({ name, strings }: RecordToEnter, zone: string): string | null {
  const relative = relativeName(name, zone);
  return relative === null ? null : `txt ${relative === "" ? "@" : relative} ${strings.join("")}`;
}

/** "" for the zone itself. */
function relativeName(name: string, zone: string): string | null {
  const [full, top] = [name, zone].map((text) => text.toLowerCase().replace(/\.$/, ""));
  if (full === undefined || top === undefined || top === "" || !isSameOrBelow(full, top)) return null;
  return full === top ? "" : full.slice(0, -top.length - 1);
}

function hostText(relative: string, name: string, form: FormPanel["host"]): string {
  if (form === "full") return name.toLowerCase().replace(/\.$/, "");
  return relative === "" && form === "at" ? "@" : relative;
}
