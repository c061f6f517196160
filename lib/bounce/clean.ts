/**
 * What mail clients, web pages and terminals do to a text on its way into the form, undone: HTML, entities, quoted-printable,
 * full-width characters, zero-width characters, quoting. Nothing here changes what a domain is: an internationalised name keeps its own characters.
 * Each change is a step that can be followed back, so that a report can show where in the paste a fact stands.
 */

import { type Change, type Edit, editing, inTurn, replacing, type Step, type Trace, traced } from "./edits.ts";
import { blankEndsDropped, eachLine, linesJoined, marginsDropped, prefixesDropped } from "./line-marks.ts";

/** The paste as lines without the marks of quoting and of dialogues. */
export function cleanText(raw: string): string {
  return inTurn(TEXT, raw);
}

/** The same text, with the way back to where its pieces stand in what was pasted. */
export function traceText(raw: string): Trace {
  return traced(TEXT, raw);
}

/** The same, with the escapes of JSON left for its parser. */
export function cleanJson(raw: string): string {
  return inTurn(JSON_TEXT, raw);
}

const only = (when: (text: string) => boolean, ...steps: readonly Step[]): Step => ({ when, steps });
const to = (value: string) => (): string => value;

const LINE_ENDS = replacing(/\r\n?/g, to("\n"));

/** JSON and program logs write line ends as escapes. */
const hasEscapes = (text: string): boolean => text.includes("\\");
const ESCAPES: readonly Step[] = [
  only((text) => text.includes("\\n") && !/=$/m.test(text), linesJoined),
  only(hasEscapes, replacing(/(?:\\r)?\\n|\\r|\\"|\\t|\\u00(?:3[ce]|26)/gi, ([found = ""]) => ESCAPED[found.toLowerCase()] ?? "\n")),
];
const ESCAPED: Readonly<Record<string, string>> = { "\\r": "", '\\"': '"', "\\t": " ", "\\u003c": "<", "\\u003e": ">", "\\u0026": "&" };

const isQuotedPrintableText = (text: string): boolean => text.includes("=") && /=3D|=20\n|=C2=A0|^.{70,75}=$/m.test(text);

const SOFT_ENDS = replacing(/=[ \t]{0,4}\n(?!\n|[A-Z][A-Za-z-]{2,60}:[ \t]|--|$)/g, to(""));
/**
 * Only what is ASCII when decoded, and the no-break space: other octets need a charset that a paste does not tell. Lines in which
 * an "=" stands for itself are left alone: `s=20230601` is a selector, and base64 ends in "=".
 */
const OCTETS = editing((text) => {
  const edits: Edit[] = [];
  eachLine(text, (start, end) => {
    const line = text.slice(start, end);
    if (!line.includes("=") || !isQuotedPrintable(line)) return;
    for (const octet of line.matchAll(/=C2=A0|=(3D|2[0-9A-F]|3[ABCEF]|5[BD]|40|09)/g)) {
      edits.push({ from: start + octet.index, to: start + octet.index + octet[0].length, with: octet[1] === undefined ? " " : String.fromCharCode(Number.parseInt(octet[1], 16)) });
    }
  });
  return edits;
});

function isQuotedPrintable(line: string): boolean {
  return /=[0-9A-F]{2}/.test(line) && !/=(?![0-9A-F]{2}|$)/.test(line) && !/(?:^|[\s;])[a-z]{1,2}=[0-9A-F]{2}\w/.test(line.replaceAll("=3D", ""));
}

// eslint-disable-next-line no-control-regex
const COLOURS = replacing(/\u001B\[[\d;]{0,20}[A-Za-z]/g, to(""));

const isPlain = (text: string): boolean => !/[^\n\x20-\x7e]/.test(text);
/** Each is one character for one, or none for one. */
const CHARACTERS: Step = only(
  (text) => !isPlain(text),
  replacing(/[\uFF01-\uFF5E]/g, ([wide = ""]) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)),
  replacing(/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g, to(" ")),
  replacing(/[\u200B\u2060\uFEFF\u00AD\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, to("")),
  replacing(/(?<=[\x20-\x7E])[\u200C\u200D](?=[\x20-\x7E])/g, to("")),
  replacing(/[\u2018\u2019\u201A\u2032\u201B]/g, to("'")),
  replacing(/[\u201C\u201D\u201E\u2033\u201F]/g, to('"')),
  replacing(/[\u2010\u2011\u2012\u2013\u2212]/g, to("-")),
  replacing(/[\u2028\u2029\u0085\v\f]/g, to("\n")),
);
/** Names written so that no program takes them for links: "kim [at] example [dot] test". */
const DISARMED = only(
  (text) => /\[\.\]|[[(](?:at|dot)[\])]/i.test(text),
  replacing(/\[\.\]| ?[[(]dot[\])] ?/gi, to(".")),
  replacing(/(?<=[\w.+-]) ?[[(]at[\])] ?(?=[\w-])/gi, to("@")),
);

const isMarkup = (text: string): boolean => text.includes("<") && /<(?:html|body|div|p|br|td|span|table|pre|a|blockquote)[\s/>]/i.test(text);
const BREAKING = replacing(/<\/?(?:br|p|div|tr|li|ul|ol|table|tbody|h[1-6]|pre|blockquote|hr|title)(?:[\s/][^<>]*)?>/gi, to("\n"));
const INLINE = replacing(/<\/?(?:html|head|body|meta|link|[abiu]|em|strong|span|font|td|th|img|code|tt|small|big|center|wbr|o:p|sup|sub|kbd|samp|style|script|col|colgroup|thead|input|button|abbr)(?:[\s/][^<>]*)?>/gi, to(""));
const element = (name: string): Change => editing((text) => {
  const lower = text.toLowerCase();
  const edits: Edit[] = [];
  for (let at = 0; ; ) {
    const open = lower.indexOf(`<${name}`, at);
    const close = open === -1 ? -1 : lower.indexOf(`</${name}`, open);
    if (close === -1) return edits;
    edits.push({ from: open, to: close, with: "" });
    at = close + 1;
  }
});

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " ", lsquo: "'", rsquo: "'", ldquo: '"', rdquo: '"', ndash: "-", mdash: "-", zwnj: "", shy: "", lsqb: "[", rsqb: "]", lbrack: "[", rbrack: "]", equals: "=", colon: ":", commat: "@", period: ".", sol: "/", hyphen: "-" };
const ENTITY = replacing(/&(?:#(\d{1,6})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,6}));/g, ([whole = "", decimal, hex, name]) => {
  if (name !== undefined) return ENTITIES[name] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
});

/** The marks of Markdown as themselves: "550\\-5.7.26", "\\[example.test\\]". */
const MARKDOWN = only((text) => /\\[[\]_*-]/.test(text), replacing(/\\([[\](){}_*#+.!|~<>`-])/g, ([, mark = ""]) => mark));

/** What clients add to make names clickable: "example.test<http://example.test>", "<http://example.test|example.test>", "[example.test](http://example.test)". */
const LINKS: readonly Step[] = [
  only((text) => text.includes("|") && text.includes("<"), replacing(/<(?:https?|mailto):[^\s<>|]{0,2000}\|([^<>\n]{1,255})>/g, ([, name = ""]) => name)),
  only((text) => text.includes("<"), replacing(/(?<=\S)<(?:https?|mailto):[^\s<>]{0,2000}>/g, to(" "))),
  only((text) => text.includes("]("), replacing(/\[([^[\]\n]{1,255})\]\((?:https?|mailto):[^()\s]{0,2000}\)/g, ([, name = ""]) => name)),
];

const AFTER_ESCAPES: readonly Step[] = [
  only(isQuotedPrintableText, SOFT_ENDS, OCTETS),
  only((text) => text.includes("\u001B"), COLOURS),
  CHARACTERS,
  DISARMED,
  only(isMarkup, element("style"), element("script"), BREAKING, INLINE),
  only((text) => text.includes("&"), ENTITY, CHARACTERS, DISARMED),
  ...LINKS,
  marginsDropped,
  prefixesDropped,
  linesJoined,
  blankEndsDropped,
];
const TEXT: readonly Step[] = [LINE_ENDS, ...ESCAPES, MARKDOWN, ...AFTER_ESCAPES];
const JSON_TEXT: readonly Step[] = [LINE_ENDS, ...AFTER_ESCAPES];

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
