import { expect, test } from "vitest";
import { scriptsLater } from "./scripts-later.ts";

const chunk = (name: string) => `/_next/static/chunks/${name}.js`;

test.each([
  ["in either order of attributes", `<script src="${chunk("a-1")}" async="" nonce="N0"></script><script src="${chunk("b~2")}" nonce="N0" id="_R_" async=""></script>`, [{ src: chunk("a-1"), id: "" }, { src: chunk("b~2"), id: "_R_" }], ""],
  ["but not those of old browsers, nor anybody else's", `<script src="${chunk("a")}" noModule="" nonce="N0"></script><script src="/x.js" async="" nonce="N0"></script><script src="${chunk("c")}" nonce="N0" async=""></script>`, [{ src: chunk("c"), id: "" }], `<script src="${chunk("a")}" noModule="" nonce="N0"></script><script src="/x.js" async="" nonce="N0"></script>`],
])("scripts are named at the page's end, %s", (_, scripts, named, left) => {
  const page = scriptsLater(`<html><head><link rel="preload" as="script" fetchPriority="low" nonce="N0" href="${chunk("a")}"/></head><body><p>1</p>${scripts}<script nonce="N0">self.x=1</script></body></html>`, "N0");
  expect(page.startsWith(`<html><head></head><body><p>1</p>${left}<script nonce="N0">self.x=1</script><script nonce="N0">`)).toBe(true);
  expect(page.endsWith(`(${JSON.stringify(named)})</script></body></html>`)).toBe(true);
});

test.each([["<html><body><p>1</p></body></html>"], [`<p>1</p><script src="${chunk("a")}" async="" nonce="N0"></script>`], [""]])("a page without them is left as it is: %s", (html) => {
  expect(scriptsLater(html, "N0")).toBe(html);
});

test("they are fetched once, after the next frame or at once where nothing is painted", () => {
  const page = scriptsLater(`<body><script src="${chunk("a")}" async="" nonce="N0"></script></body>`, "N0");
  const source = /<script nonce="N0">(.*)<\/script>/.exec(page)?.[1] ?? "";
  for (const hidden of [false, true]) {
    const waiting: { readonly work: () => void; readonly ms: number }[] = [];
    const frames: (() => void)[] = [];
    const added: unknown[] = [];
    const document = { hidden, head: { append: (element: unknown) => added.push(element) }, createElement: (tag: string) => ({ tag }), currentScript: { remove: () => undefined } };
    new Function("document", "setTimeout", "requestAnimationFrame", "addEventListener", source)(document, (work: () => void, ms = 0) => waiting.push({ work, ms }), (work: () => void) => frames.push(work), () => undefined);
    expect(added).toEqual([]);
    expect(waiting.map(({ ms }) => ms)).toEqual([hidden ? 0 : 2000]);
    for (const frame of frames) frame();
    for (const { work } of waiting) work();
    expect(added).toEqual([{ tag: "script", src: chunk("a"), id: "", async: true }]);
  }
});
