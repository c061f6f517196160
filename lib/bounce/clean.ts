/**
 * What mail clients, web pages and terminals do to a text on its way into the form, undone: HTML, entities, quoted-printable,
 * full-width characters, zero-width characters, quoting. Nothing here changes what a domain is: an internationalised name keeps its own characters.
 */

/** The paste as lines without the marks of quoting and of dialogues. */
export function cleanText(raw: string): string {
  const lines = withoutMarkup(decoded(raw)).split("\n");
  return unwrapped(lines.map(withoutPrefix)).map((line) => line.trimEnd()).join("\n");
}

/** Words and codes broken by a wrap at a fixed column, as terminals and web forms make it: where many lines are as long as the longest, they go on in the next. */
function unwrapped(lines: readonly string[]): readonly string[] {
  const longest = lines.reduce((most, line) => Math.max(most, line.length), 0);
  const full = lines.filter((line) => line.length === longest).length;
  if (longest < 12 || longest > WRAP_MAX || full < 3 || full * 4 < lines.length) return lines;
  const joined: string[] = [];
  let open = false;
  for (const line of lines) {
    if (open && !STARTS_ANEW.test(line)) joined.push((joined.pop() ?? "") + line);
    else joined.push(line);
    open = line.length === longest;
  }
  return joined;
}

const WRAP_MAX = 200;
/** An empty line, a folded one, a reply's code, a field, a log's stamp, a quote of MIME. */
const STARTS_ANEW = /^(?:$|\s|--|[245]\d\d[- ]|[A-Z][A-Za-z-]{1,40}: |[A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:|\d{4}-\d{2}-\d{2}[T ])/;

function decoded(raw: string): string {
  let text = raw.replace(/\r\n?/g, "\n");
  // JSON and program logs write line ends as escapes.
  text = text.replace(/(?:\\r)?\\n/g, "\n").replace(/\\r/g, "").replace(/\\"/g, '"').replace(/\\u003c/gi, "<").replace(/\\u003e/gi, ">").replace(/\\u0026/gi, "&").replace(/\\t/g, " ");
  if (/=3D|=20\n|=C2=A0|^.{70,75}=$/m.test(text)) text = fromQuotedPrintable(text);
  return plainCharacters(text.replace(ANSI_COLOUR, ""));
}

// eslint-disable-next-line no-control-regex
const ANSI_COLOUR = /\u001B\[[\d;]{0,20}[A-Za-z]/g;

/**
 * Only what is ASCII when decoded, and the no-break space: other octets need a charset that a paste does not tell. Lines in which
 * an "=" stands for itself are left alone: `s=20230601` is a selector, and base64 ends in "=".
 */
function fromQuotedPrintable(text: string): string {
  const joined = text.replace(/=[ \t]{0,4}\n(?!\n|[A-Z][A-Za-z-]{2,60}:[ \t]|--|$)/g, "");
  return joined.split("\n").map((line) => (isQuotedPrintable(line) ? line.replace(/=C2=A0/g, " ").replace(/=(3D|2[0-9A-F]|3[ABCEF]|5[BD]|40|09)/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : line)).join("\n");
}

function isQuotedPrintable(line: string): boolean {
  return /=[0-9A-F]{2}/.test(line) && !/=(?![0-9A-F]{2}|$)/.test(line) && !/(?:^|[\s;])[a-z]{1,2}=[0-9A-F]{2}\w/.test(line.replaceAll("=3D", ""));
}

function plainCharacters(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g, " ")
    .replace(/[\u200B\u2060\uFEFF\u00AD\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, "")
    .replace(/(?<=[\x20-\x7E])[\u200C\u200D](?=[\x20-\x7E])/g, "")
    .replace(/[\u2018\u2019\u201A\u2032]/g, "'")
    .replace(/[\u201C\u201D\u201E\u2033]/g, '"')
    .replace(/[\u2010\u2011\u2012\u2013\u2212]/g, "-")
    .replace(/[\u2028\u2029\u0085\v\f]/g, "\n")
    .replace(/\[\.\]|\(dot\)/g, ".");
}

const BREAKING = /<\/?(?:br|p|div|tr|li|ul|ol|table|tbody|h[1-6]|pre|blockquote|hr|title)(?:[\s/][^<>]*)?>/gi;
const INLINE = /<\/?(?:html|head|body|meta|link|[abiu]|em|strong|span|font|td|th|img|code|tt|small|big|center|wbr|o:p|sup|sub|kbd|samp|style|script|col|colgroup|thead|input|button|abbr)(?:[\s/][^<>]*)?>/gi;

function withoutMarkup(text: string): string {
  let plain = text;
  if (/<(?:html|body|div|p|br|td|span|table|pre|a|blockquote)[\s/>]/i.test(plain)) {
    plain = withoutElement(withoutElement(plain, "style"), "script").replace(BREAKING, "\n").replace(INLINE, "");
  }
  if (plain.includes("&")) plain = plainCharacters(withoutEntities(plain));
  // What clients add to make names clickable: "example.test<http://example.test>", "[example.test](http://example.test)".
  return plain.replace(/(?<=\S)<(?:https?|mailto):[^\s<>]{0,2000}>/g, " ").replace(/\[([^[\]\n]{1,255})\]\((?:https?|mailto):[^()\s]{0,2000}\)/g, "$1");
}

function withoutElement(text: string, name: string): string {
  const lower = text.toLowerCase();
  let kept = "";
  let at = 0;
  for (;;) {
    const open = lower.indexOf(`<${name}`, at);
    const close = open === -1 ? -1 : lower.indexOf(`</${name}`, open);
    if (close === -1) return kept + text.slice(at);
    kept += text.slice(at, open);
    at = close;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " ", lsquo: "'", rsquo: "'", ldquo: '"', rdquo: '"', ndash: "-", mdash: "-", zwnj: "", shy: "" };

function withoutEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,6}));/g, (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Quoting (`> `), sendmail (`<<< `, `>>> `), swaks (`<- `, `<** `, ` -> `), exim (`SMTP<< `), program logs (`S: `, `C: `). */
const PREFIX = /^[ \t]*(?:>+(?!>)|<<<|<\*\*|<[-~](?=\s|$)|[-~]>|={1,2}>(?=\s)|\|(?=\s)|SMTP(?:<<|>>)|[SC](?::|>)(?=\s))/;
const PREFIXES_MAX = 12;

function withoutPrefix(line: string): string {
  let rest = line;
  for (let round = 0; round < PREFIXES_MAX; round += 1) {
    const found = PREFIX.exec(rest);
    if (found === null) return rest;
    rest = rest.slice(found[0].length);
    if (rest.startsWith(" ")) rest = rest.slice(1);
  }
  return rest;
}

/** Characters that no text has: an image or program was pasted. */
export function isBinary(text: string): boolean {
  if (text.includes("\0")) return true;
  let odd = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0xfffd || (code < 32 && code !== 9 && code !== 10 && code !== 11 && code !== 12 && code !== 13 && code !== 27)) odd += 1;
  }
  return odd > 0 && odd * 20 > text.length;
}
