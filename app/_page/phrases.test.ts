import fc from "fast-check";
import { expect, test } from "vitest";
import { phrases } from "./phrases.ts";

test.each([
  ["日本語.test に SPF レコードがないため、Gmail はどのサーバーがそのメールを送ってよいのか判断できません。", "日本語.test に |SPF |レコードが|ないため、|Gmail は|どの|サーバーが|その|メールを|送ってよいのか|判断できません。"],
  ["（セレクター s1）", "（セレクター |s1）"],
  ["「v=spf1 -all」と答えます。", "「v=spf1 |-all」と|答えます。"],
  ["上限の 10 回を超えます", "上限の |10 回を|超えます"],
  ["受信側では認識されません。", "受信側では|認識されません。"],
  ["日時が未来になっています。", "日時が|未来になっています。"],
  ["本来のレコードが別の名前に置かれています", "本来の|レコードが|別の|名前に|置かれています"],
  ["lantern-tea.test は", "lantern-tea.test は"],
  ["", ""],
])("%s", (text, cut) => {
  expect(phrases(text).join("|")).toBe(cut);
});

test("nothing is lost, and no phrase begins with what may not begin a line", () => {
  const letters = fc.constantFrom(..."日本の、。（）「」ーっメ ab.-1 ");
  fc.assert(
    fc.property(fc.array(letters).map((all) => all.join("")), (text) => {
      expect(phrases(text).join("")).toBe(text);
      for (const phrase of phrases(text).slice(1)) expect(phrase).not.toMatch(/^[、。）」ーっ]/);
      for (const phrase of phrases(text).slice(0, -1)) expect(phrase).not.toMatch(/[（「]$/);
    }),
  );
});
