/** `name=value; name=value`: the tag-lists that DKIM key records and signatures are written in (RFC 6376 section 3.2). */

export interface Tag {
  readonly name: string;
  /** Without the white space around it; white space inside is kept. */
  readonly value: string;
  /** Where the name and the value begin, in UTF-16 code units of the text. */
  readonly at: number;
  readonly valueAt: number;
}

export interface TagListError {
  readonly code: "syntax" | "duplicate-tag" | "non-ascii";
  readonly at: number;
  readonly length: number;
}

export type TagListResult = { readonly ok: true; readonly tags: readonly Tag[] } | { readonly ok: false; readonly error: TagListError; readonly tags: readonly Tag[] };

/** Reads a tag-list. The tags that could be read are returned with an error, too. Names are case-sensitive; one final ";" is allowed. */
export function parseTagList(text: string): TagListResult {
  const tags: Tag[] = [];
  const names = new Set<string>();
  let error: TagListError | null = null;
  const fail = (code: TagListError["code"], at: number, length: number) => {
    error ??= { code, at, length };
  };
  const specs = text.split(";");
  let at = 0;
  for (const [index, spec] of specs.entries()) {
    const start = at;
    at += spec.length + 1;
    if (trimFws(spec) === "") {
      // RFC 6376 section 3.2: only the last ";" may have nothing after it.
      if (index < specs.length - 1 || specs.length === 1) fail("syntax", start, spec.length + 1);
      continue;
    }
    const equals = spec.indexOf("=");
    const name = trimFws(equals === -1 ? spec : spec.slice(0, equals));
    const value = equals === -1 ? "" : trimFws(spec.slice(equals + 1));
    const nameAt = start + spec.indexOf(name);
    const valueAt = value === "" ? start + spec.length : start + spec.indexOf(value, equals + 1);
    const strange = /[^\t\n\r\x20-\x7e]/.exec(spec);
    if (strange !== null) fail("non-ascii", start + strange.index, 1);
    else if (equals === -1 || !/^[a-z]\w*$/i.test(name)) fail("syntax", nameAt, name.length);
    else if (names.has(name)) fail("duplicate-tag", nameAt, name.length);
    else {
      names.add(name);
      tags.push({ name, value, at: nameAt, valueAt });
    }
  }
  return error === null ? { ok: true, tags } : { ok: false, error, tags };
}

/** `h=`, `s=` and `t=` are lists with ":" between, and white space around each entry. RFC 6376 section 3.6.1 */
export function colonList(value: string): readonly string[] {
  return value.split(":").map(trimFws).filter((entry) => entry !== "");
}

/** Folding white space: blanks, tabs, line ends (RFC 6376 section 2.8). Not JavaScript's `trim`, which takes more. */
function trimFws(text: string): string {
  const isFws = (index: number) => " \t\r\n".includes(text.charAt(index));
  let from = 0;
  let to = text.length;
  while (from < to && isFws(from)) from += 1;
  while (to > from && isFws(to - 1)) to -= 1;
  return text.slice(from, to);
}
