/** What nobody runs here, since there is no container engine, is at least read by a parser. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { validate, ValidationSeverity } from "dockerfile-utils";
import { expect, test } from "vitest";
import { ROOT } from "./process.ts";

const text = (name: string) => readFileSync(join(ROOT, name), "utf8");

test("the Dockerfile: nothing that its linter finds", () => {
  const rules = { deprecatedMaintainer: ValidationSeverity.ERROR, directiveCasing: ValidationSeverity.ERROR, emptyContinuationLine: ValidationSeverity.ERROR, instructionCasing: ValidationSeverity.ERROR, instructionCmdMultiple: ValidationSeverity.ERROR, instructionEntrypointMultiple: ValidationSeverity.ERROR, instructionHealthcheckMultiple: ValidationSeverity.ERROR, instructionJSONInSingleQuotes: ValidationSeverity.ERROR, instructionWorkdirRelative: ValidationSeverity.ERROR };
  expect(validate(text("Dockerfile"), rules).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
});

test("the linter finds what is wrong", () => {
  expect(validate("FROM node:24\nRUNN npm ci\nWORKDIR app\n", { instructionWorkdirRelative: ValidationSeverity.ERROR }).length).toBe(2);
});

test("it runs as a user without rights, from a stage without sources, and tells its health", () => {
  const last = text("Dockerfile").split(/^FROM /m).at(-1) ?? "";
  expect(last).toMatch(/^USER node$/m);
  expect(last).toMatch(/^HEALTHCHECK /m);
  expect(last).not.toMatch(/^COPY \. /m);
});
