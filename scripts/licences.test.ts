import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { productLicences } from "./licences.ts";
import { ROOT } from "./process.ts";

/** What lets anybody run, change and serve it; those that ask for sources back apply to files of theirs alone. */
const FREE = /^\(?(?:(?:MIT|MIT-0|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|CC0-1\.0|CC-BY-4\.0|BlueOak-1\.0\.0|Unlicense|Python-2\.0|EUPL-1\.1\+|MPL-2\.0|AFL-2\.1|OFL-1\.1)(?: OR | AND )?)+\)?$/;
const FILE = join(ROOT, "docs", "licences.md");

const page = () =>
  [
    "# Licences of what the product is made of",
    "",
    "Made from the lockfile by `UPDATE_LICENCES=1 npx vitest run scripts/licences.test.ts`; a test keeps it true. Libraries for tests alone are not in it.",
    "",
    "| library | version | licence |",
    "| --- | --- | --- |",
    ...productLicences().map(({ name, version, licence }) => `| \`${name}\` | ${version} | ${licence} |`),
    "",
  ].join("\n");

test("each library's licence is known, and lets the product be run and served", () => {
  expect(productLicences().length).toBeGreaterThan(20);
  expect(productLicences().filter(({ licence }) => !FREE.test(licence))).toEqual([]);
});

test("docs/licences.md lists them all", () => {
  if (process.env.UPDATE_LICENCES === "1") writeFileSync(FILE, page());
  expect(readFileSync(FILE, "utf8")).toBe(page());
});
