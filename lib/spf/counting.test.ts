/** Counting is where checkers of SPF go wrong most often: each known miscount, by its report, for check_host() and for the unfolded record. */

import { expect, test } from "vitest";
import { holds } from "./rfc-cases.ts";
import { COUNTING_CASES } from "./rfc7208/index.ts";

test.each(COUNTING_CASES)("$name", holds);

test.each(["checkdmarc #197", "checkdmarc #94", "checkdmarc #211", "checkdmarc #204", "checkdmarc #258", "stalwart mail-auth #35", "aboutmyemail #45", "Internet.nl #1336", "pyspf #44"])("%s has a case", (report) => {
  expect(COUNTING_CASES.some(({ name }) => name.includes(`${report}:`))).toBe(true);
});
