/** The grammar of macro-strings and domain-specs, RFC 7208 section 7.1: what is written, before anything is expanded. */

export type MacroLetter = "s" | "l" | "o" | "d" | "i" | "p" | "v" | "h" | "c" | "r" | "t";

export interface MacroExpand {
  readonly letter: MacroLetter;
  /** A capital letter: the expansion is URL-escaped (section 7.3). */
  readonly escaped: boolean;
  /** How many right-hand parts are kept; Infinity when none is written. */
  readonly keep: number;
  readonly reversed: boolean;
  /** "." when none is written. */
  readonly delimiters: string;
  /** Neither transformer nor delimiter: the value is taken whole. */
  readonly plain: boolean;
}

/** Text that stands for itself (`%%`, `%_` and `%-` already replaced), or a macro. */
export type MacroPart = string | MacroExpand;

/** Offset and length within the macro-string. */
export interface MacroFault {
  readonly at: number;
  readonly length: number;
}

export type MacroString =
  | { readonly ok: true; readonly parts: readonly MacroPart[]; readonly endsInMacro: boolean; readonly letters: string }
  | { readonly ok: false; readonly faults: readonly MacroFault[] };

/** `explanation`: the letters c, r and t are allowed only there (section 7.2). Which characters are literal is the caller's to check: visible ASCII, and SP in an explanation. */
export type MacroPlace = "term" | "explanation";

const MACRO = /^([slodipvhcrt])(\d*)(r?)([.\-+,/_=]*)$/i;
const LITERALS: Readonly<Record<string, string>> = { "%": "%", _: " ", "-": "%20" };

export function readMacroString(text: string, place: MacroPlace): MacroString {
  const parts: MacroPart[] = [];
  const faults: MacroFault[] = [];
  let literal = "";
  let letters = "";
  let endsInMacro = false;
  let at = 0;
  while (at < text.length) {
    const percent = text.indexOf("%", at);
    const stop = percent === -1 ? text.length : percent;
    if (stop > at) {
      literal += text.slice(at, stop);
      endsInMacro = false;
    }
    if (percent === -1) break;
    const next = text.charAt(percent + 1);
    const replaced = LITERALS[next];
    if (replaced !== undefined) {
      literal += replaced;
      at = percent + 2;
    } else {
      const close = next === "{" ? text.indexOf("}", percent) : -1;
      const macro = close === -1 ? null : readMacro(text.slice(percent + 2, close), place);
      at = close === -1 ? percent + 1 : close + 1;
      if (macro === null) faults.push({ at: percent, length: faultLength(text, percent, close) });
      else {
        if (literal !== "") parts.push(literal);
        literal = "";
        parts.push(macro);
        letters += macro.letter;
      }
      // One fault for all that an unclosed brace swallows.
      if (next === "{" && close === -1) break;
    }
    endsInMacro = true;
  }
  if (literal !== "") parts.push(literal);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, parts, endsInMacro, letters };
}

function faultLength(text: string, percent: number, close: number): number {
  if (close !== -1) return close + 1 - percent;
  return text.charAt(percent + 1) === "{" ? text.length - percent : Math.min(2, text.length - percent);
}

function readMacro(body: string, place: MacroPlace): MacroExpand | null {
  const [, written, digits, r, delimiters] = MACRO.exec(body) ?? [];
  if (written === undefined || digits === undefined || r === undefined || delimiters === undefined) return null;
  const letter = letterOf(written.toLowerCase());
  // RFC 7208 section 7.2: c, r and t are allowed only in "exp" text.
  if (letter === null || (place === "term" && (letter === "c" || letter === "r" || letter === "t"))) return null;
  // RFC 7208 section 7.3: "If a DIGIT is specified, the value MUST be nonzero."
  if (digits !== "" && Number(digits) === 0) return null;
  return {
    letter,
    escaped: written !== letter,
    keep: digits === "" ? Infinity : Number(digits),
    reversed: r !== "",
    delimiters: delimiters === "" ? "." : delimiters,
    plain: digits === "" && r === "" && delimiters === "",
  };
}

function letterOf(text: string): MacroLetter | null {
  switch (text) {
    case "s": case "l": case "o": case "d": case "i": case "p": case "v": case "h": case "c": case "r": case "t":
      return text;
    default:
      return null;
  }
}

export type DomainSpecFault = MacroFault & { readonly code: "bad-macro" | "bad-domain-spec" };

/** What is wrong with `text` as a domain-spec: macro-string, then "." toplabel ["."], or a macro at the end. RFC 7208 section 7.1 */
export function domainSpecFaults(text: string): readonly DomainSpecFault[] {
  const read = readMacroString(text, "term");
  if (!read.ok) return read.faults.map((fault) => ({ ...fault, code: "bad-macro" }));
  if (read.endsInMacro) return [];
  const name = text.endsWith(".") ? text.slice(0, -1) : text;
  const dot = name.lastIndexOf(".");
  return dot !== -1 && isTopLabel(name.slice(dot + 1)) ? [] : [{ code: "bad-domain-spec", at: 0, length: text.length }];
}

/** Letters, digits and inner hyphens; all digits only with a hyphen among them. RFC 7208 section 7.1, `toplabel` */
export function isTopLabel(label: string): boolean {
  return /^[a-z\d-]+$/i.test(label) && !label.startsWith("-") && !label.endsWith("-") && !/^\d+$/.test(label);
}
