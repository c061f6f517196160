import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asMarkdown } from "./markdown.ts";
import type { Note } from "./note.ts";
import { asPlainText } from "./plain-text.ts";

const NOTE: Note = {
  title: "shop.test has no SPF record",
  sentences: [["Gmail refused mail from ", { tag: "code", text: "203.0.113.7" }, "; ", { tag: "b", text: "do this" }, "."]],
  fields: [{ label: "Domain", value: "shop.test" }],
  changes: [
    {
      title: "Add this TXT record",
      sentences: [],
      fields: [{ label: "Host", value: "@" }],
      records: [{ label: "Value", lines: ["v=spf1 include:_spf.google.com ~all"] }],
    },
  ],
  link: { label: "The whole report:", url: "https://rebound.example/r/AbC_d" },
};

test("Markdown", () => {
  expect(asMarkdown(NOTE)).toBe(
    [
      "## shop.test has no SPF record",
      "Gmail refused mail from `203.0.113.7`; **do this**.",
      "- Domain: `shop.test`",
      "### Add this TXT record",
      "- Host: `@`",
      "Value",
      "```\nv=spf1 include:_spf.google.com ~all\n```",
      "The whole report: <https://rebound.example/r/AbC_d>\n",
    ].join("\n\n"),
  );
});

test("plain text", () => {
  expect(asPlainText(NOTE)).toBe(
    [
      "shop.test has no SPF record",
      "Gmail refused mail from 203.0.113.7; do this.",
      "Domain: shop.test",
      "Add this TXT record",
      "Host: @",
      "Value\nv=spf1 include:_spf.google.com ~all",
      "The whole report: https://rebound.example/r/AbC_d\n",
    ].join("\n\n"),
  );
});

test("several changes are numbered in plain text, where headings are only lines", () => {
  const [one] = NOTE.changes;
  expect(asPlainText({ ...NOTE, changes: one === undefined ? [] : [one, one] })).toContain("\n\n2. Add this TXT record\n");
});

describe("Markdown keeps strangers’ text what it is", () => {
  test.each([
    ["*bold* _it_ [a](b) <i> #1 ~~x~~ | &amp;", String.raw`\*bold\* \_it\_ \[a\](b) \<i\> \#1 \~\~x\~\~ \| \&amp;`],
    ["- item", String.raw`\- item`],
    ["1. item", String.raw`1\. item`],
    ["a\n# b", String.raw`a \# b`],
  ])("%j", (text, markdown) => {
    expect(asMarkdown({ ...NOTE, sentences: [[text]], changes: [], fields: [] })).toContain(`\n\n${markdown}\n\n`);
  });

  test("no record ends its block, and each is whole on its line", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("`", "~", " ", "a", "\n", "#"), minLength: 1, maxLength: 20 }), (record) => {
        const said = asMarkdown({ ...NOTE, sentences: [], fields: [], changes: [{ title: "t", sentences: [], fields: [], records: [{ label: "l", lines: [record] }] }] });
        const lines = said.split("\n");
        const [open = 0, close = 0] = lines.flatMap((line, index) => (/^`{3,}$/.test(line) ? [index] : []));
        expect(close - open).toBe(2);
        expect(lines[open]).toBe(lines[close]);
        expect(lines[open + 1]).toBe(record.replace(/\n+/g, " "));
      }),
    );
  });

  test("no value ends its code span", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("`", "a", " "), minLength: 1, maxLength: 12 }), (value) => {
        const said = asMarkdown({ ...NOTE, fields: [{ label: "f", value }] }).split("\n").find((line) => line.startsWith("- f: "))?.slice(5) ?? "";
        const fence = /^`+/.exec(said)?.[0] ?? "";
        expect(said.endsWith(fence)).toBe(true);
        const inside = said.slice(fence.length, -fence.length);
        // CommonMark section 6.1: one space on each side is taken off, unless all are spaces.
        expect(inside.startsWith(" ") && inside.endsWith(" ") && inside.trim() !== "" ? inside.slice(1, -1) : inside).toBe(value);
        for (const run of value.match(/`+/g) ?? []) expect(run.length).toBeLessThan(fence.length);
      }),
    );
  });
});
