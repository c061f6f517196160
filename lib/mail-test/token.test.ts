import { expect, test } from "vitest";
import { isTestId, newTestId, testAddress, tokenHash, tokenOf, tokenOfAddress } from "./token.ts";

const DOMAIN = "check.rebound.example";

test("an id is unguessable, and gives one token that gives it not away", () => {
  const ids = Array.from({ length: 500 }, newTestId);
  expect(ids.every(isTestId)).toBe(true);
  expect(new Set(ids).size).toBe(500);
  const [id = ""] = ids;
  const tokens = ids.map(tokenOf);
  expect(tokens.every((token) => /^[a-z2-7]{26}$/.test(token))).toBe(true);
  expect(new Set(tokens).size).toBe(500);
  expect(tokenOf(id)).toBe(tokens[0]);
  // Every place of the token holds every kind of character: no bit of it is fixed.
  for (let place = 0; place < 26; place += 1) expect(new Set(tokens.map((token) => token[place])).size).toBeGreaterThan(24);
  expect(tokenHash(tokens[0] ?? "")).toMatch(/^[0-9a-f]{64}$/);
});

const TOKEN = "abcdefghijklmnopqrstuvwx27";

test.each<[string, string | null]>([
  [testAddress(TOKEN, DOMAIN), TOKEN],
  [testAddress(TOKEN, DOMAIN).toUpperCase(), TOKEN],
  [`check-${TOKEN}@${DOMAIN}.`, null],
  [`check-${TOKEN}@other.example`, null],
  [`check-${TOKEN}@sub.${DOMAIN}`, null],
  [`"check-${TOKEN}"@${DOMAIN}`, null],
  [`check-${TOKEN}%victim.example@${DOMAIN}`, null],
  [`victim%other.example@${DOMAIN}`, null],
  [`victim.example!check-${TOKEN}@${DOMAIN}`, null],
  [`check-${TOKEN}@victim.example@${DOMAIN}`, null],
  [`check-${TOKEN}+more@${DOMAIN}`, null],
  [`check-${TOKEN}a@${DOMAIN}`, null],
  [`check-${TOKEN.slice(1)}@${DOMAIN}`, null],
  [`check-${TOKEN}\u0000@${DOMAIN}`, null],
  [`postmaster@${DOMAIN}`, null],
  [`check-${TOKEN}@[192.0.2.1]`, null],
  [`check-${TOKEN}`, null],
  ["", null],
])("%j", (address, token) => {
  expect(tokenOfAddress(address, DOMAIN)).toBe(token);
});
