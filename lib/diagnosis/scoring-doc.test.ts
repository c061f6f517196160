/** docs/scoring.md lists what the code charges, row by row. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FINDING_CODES, FINDING_KINDS } from "./finding-codes.ts";

test("docs/scoring.md and the table of findings are the same", () => {
  const text = readFileSync(join(import.meta.dirname, "../../docs/scoring.md"), "utf8");
  const listed = text.split("\n").filter((line) => /^\| `/.test(line)).map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
  const expected = FINDING_CODES.map((code) => [`\`${code}\``, FINDING_KINDS[code].area, FINDING_KINDS[code].severity, String(FINDING_KINDS[code].cost), FINDING_KINDS[code].reference]);
  expect(listed).toEqual(expected);
});
