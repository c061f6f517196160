import { describe, expect, it } from "vitest";
import { FINDING_KINDS } from "../../lib/diagnosis/finding-codes.ts";
import { referenceLink } from "./reference-link.ts";

describe("referenceLink", () => {
  it.each([
    ["RFC 7208 section 4.6.4", "https://www.rfc-editor.org/rfc/rfc7208.html#section-4.6.4"],
    ["RFC 7208 appendix D", "https://www.rfc-editor.org/rfc/rfc7208.html#appendix-D"],
    ["RFC 7505", "https://www.rfc-editor.org/rfc/rfc7505.html"],
    ["Gmail sender guidelines", "https://support.google.com/a/answer/81126"],
    ["javascript:alert(1)", null],
  ])("%s", (reference, link) => {
    expect(referenceLink(reference)).toBe(link);
  });

  it("knows every reference that a finding has", () => {
    expect(Object.values(FINDING_KINDS).filter(({ reference }) => referenceLink(reference) === null)).toEqual([]);
  });
});
