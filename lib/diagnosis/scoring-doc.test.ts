/** docs/scoring.md lists what the code charges, row by row. `UPDATE_GOLDEN=1` writes the rows anew. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FINDING_CODES, FINDING_KINDS } from "./finding-codes.ts";

test("docs/scoring.md and the table of findings are the same", () => {
  const file = join(import.meta.dirname, "../../docs/scoring.md");
  const isRow = (line: string) => /^\| `/.test(line);
  if (process.env["UPDATE_GOLDEN"] === "1") {
    const lines = readFileSync(file, "utf8").split("\n");
    const rows = FINDING_CODES.map((code) => `| \`${code}\` | ${FINDING_KINDS[code].area} | ${FINDING_KINDS[code].severity} | ${FINDING_KINDS[code].cost} | ${FINDING_KINDS[code].reference} |`);
    const first = lines.findIndex(isRow);
    writeFileSync(file, [...lines.slice(0, first), ...rows, ...lines.slice(first).filter((line) => !isRow(line))].join("\n"));
  }
  const text = readFileSync(file, "utf8");
  const listed = text.split("\n").filter(isRow).map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
  const expected = FINDING_CODES.map((code) => [`\`${code}\``, FINDING_KINDS[code].area, FINDING_KINDS[code].severity, String(FINDING_KINDS[code].cost), FINDING_KINDS[code].reference]);
  expect(listed).toEqual(expected);
});
