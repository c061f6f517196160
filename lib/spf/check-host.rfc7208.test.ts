/** The suite of RFC 7208, section by section, over maps. The same cases go through the product and real DNS packets in e2e/spf-suite.spec.ts. */

import { expect, test } from "vitest";
import { RFC7208_CASES } from "./rfc7208/index.ts";
import { holds } from "./rfc-cases.ts";

test.each(RFC7208_CASES)("$name", holds);

test("each case has a name of its own", () => {
  const names = RFC7208_CASES.map(({ name }) => name);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

/** Every section that says what check_host() does. */
const SECTIONS = ["2.4", "3.3", "4.1", "4.3", "4.4", "4.5", "4.6", "4.6.2", "4.6.4", "4.7", "4.8", "5", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7", "6", "6.1", "6.2", "7.1", "7.2", "7.3", "7.4"];

test.each(SECTIONS)("section %s has its cases", (section) => {
  expect(RFC7208_CASES.some((one) => one.section === section)).toBe(true);
});
