import { beforeEach, expect, test } from "vitest";
import { type Draft, keepDraftHere, readDraftHere } from "./drafts.ts";

beforeEach(() => {
  globalThis.reboundDrafts = undefined;
});

const draft = (input: string): Draft => ({ input, sendingIp: "", selectors: "", domain: "", keepAddresses: false, error: { code: "no-domain", params: {}, ask: "domain" } });

test("a draft is read back, as often as asked, for a quarter of an hour", () => {
  const id = keepDraftHere(draft("550 5.7.26"), 0);
  expect(readDraftHere(id, 0)).toEqual(draft("550 5.7.26"));
  expect(readDraftHere(id, 14 * 60_000)).toEqual(draft("550 5.7.26"));
  expect(readDraftHere(id, 15 * 60_000)).toBeNull();
  expect(readDraftHere(id, 0)).toBeNull();
});

test("an unknown id has no draft", () => {
  expect(readDraftHere("nothing")).toBeNull();
});

test("the oldest give way: by number", () => {
  const ids = Array.from({ length: 600 }, (_, n) => keepDraftHere(draft(String(n)), n));
  expect(readDraftHere(ids[99] ?? "", 600)).toBeNull();
  expect(readDraftHere(ids[100] ?? "", 600)?.input).toBe("100");
  expect(readDraftHere(ids[599] ?? "", 600)?.input).toBe("599");
});

test("the oldest give way: by size", () => {
  const text = "x".repeat(1024 * 1024);
  const ids = Array.from({ length: 20 }, () => keepDraftHere(draft(text), 0));
  expect(ids.filter((id) => readDraftHere(id, 0) !== null)).toEqual(ids.slice(4));
});
