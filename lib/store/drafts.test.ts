import { beforeEach, expect, test } from "vitest";
import { type Draft, keepDraft, readDraft } from "./drafts.ts";

beforeEach(() => {
  globalThis.reboundDrafts = undefined;
});

const draft = (input: string): Draft => ({ input, sendingIp: "", selectors: "", domain: "", keepAddresses: false, error: { code: "no-domain", params: {}, ask: "domain" } });

test("a draft is read back, as often as asked, for a quarter of an hour", () => {
  const id = keepDraft(draft("550 5.7.26"), 0);
  expect(readDraft(id, 0)).toEqual(draft("550 5.7.26"));
  expect(readDraft(id, 14 * 60_000)).toEqual(draft("550 5.7.26"));
  expect(readDraft(id, 15 * 60_000)).toBeNull();
  expect(readDraft(id, 0)).toBeNull();
});

test("an unknown id has no draft", () => {
  expect(readDraft("nothing")).toBeNull();
});

test("the oldest give way: by number", () => {
  const ids = Array.from({ length: 600 }, (_, n) => keepDraft(draft(String(n)), n));
  expect(readDraft(ids[99] ?? "", 600)).toBeNull();
  expect(readDraft(ids[100] ?? "", 600)?.input).toBe("100");
  expect(readDraft(ids[599] ?? "", 600)?.input).toBe("599");
});

test("the oldest give way: by size", () => {
  const text = "x".repeat(1024 * 1024);
  const ids = Array.from({ length: 20 }, () => keepDraft(draft(text), 0));
  expect(ids.filter((id) => readDraft(id, 0) !== null)).toEqual(ids.slice(4));
});
