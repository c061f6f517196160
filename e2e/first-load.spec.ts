/** What a browser has to load before a page is all there, beyond a page of the same Next that only says hello: no more than was agreed. */

import { expect, test } from "@playwright/test";
import { emptyPageWeight } from "../bench/empty-page.ts";
import { pageWeight } from "../bench/page-weight.ts";
import { CASES } from "./cases.ts";
import { makeReport } from "./page-helpers.ts";

/** KB gzip above the page that says hello. */
const ALLOWED = { form: 25, report: 45 } as const;

test("the scripts of the form and of a report weigh what they may", async ({ baseURL }) => {
  const origin = baseURL ?? "";
  const { id } = await makeReport(origin, { input: CASES.find((one) => one.id === "eleven-lookups")?.input });
  const [empty, form, report] = await Promise.all([emptyPageWeight(), pageWeight(origin, "/"), pageWeight(origin, `/r/${id}`)]);
  expect(empty.gzipKb).toBeGreaterThan(100);
  expect(form.gzipKb - empty.gzipKb).toBeLessThanOrEqual(ALLOWED.form);
  expect(report.gzipKb - empty.gzipKb).toBeLessThanOrEqual(ALLOWED.report);
});
