import { describe, expect, test } from "vitest";
import { deleteTokenHash, isDeleteToken, isReportId, newDeleteToken, newReportId } from "./secrets.ts";

describe("secrets", () => {
  test("ids are of 128 bits, URL-safe and all different", () => {
    const ids = Array.from({ length: 1000 }, newReportId);
    expect(new Set(ids).size).toBe(1000);
    expect(ids.every(isReportId)).toBe(true);
    expect(Buffer.from(ids[0] ?? "", "base64url").length * 8).toBeGreaterThanOrEqual(128);
  });

  test.each(["", "x", "../../../../etc/passwd", "a".repeat(23), `${"a".repeat(22)}\n`, "'; DROP TABLE report;"])("%j is no id", (text) => {
    expect(isReportId(text)).toBe(false);
  });

  test("a token fits its own hash only", () => {
    const token = newDeleteToken();
    expect(isDeleteToken(token, deleteTokenHash(token))).toBe(true);
    expect(isDeleteToken(newDeleteToken(), deleteTokenHash(token))).toBe(false);
    expect(isDeleteToken(token, "")).toBe(false);
  });
});
