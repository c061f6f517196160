/** How many tests of a stage passed and failed, from its exit code and the file in which its runner reports. */

import { readFileSync } from "node:fs";
import { z } from "zod";

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A test that failed: where it stands, and what it said. */
export interface Failure {
  readonly name: string;
  readonly message: string;
}

/** A stage that is one test: it passes or it fails. */
export function checked({ code }: { readonly code: number }): Count {
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), message: z.string().optional(), name: z.string(), assertionResults: z.array(z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() })) })),
});

export function vitestCount(file: string, code: number): Count {
  const report = vitestReport.safeParse(readJson(file));
  if (!report.success) return checked({ code: code || 1 });
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = report.data;
  // A file that could not be loaded fails without a test of its own.
  const broken = testResults.filter(({ status, assertionResults }) => status === "failed" && !assertionResults.some((test) => test.status === "failed")).length;
  return complete({ passed: numPassedTests, failed: numFailedTests + broken, skipped: numPendingTests + numTodoTests }, code);
}

/** What failed in a file of Vitest's report: the end of a run is all that is kept of it in some places, and the tests run early. */
export function vitestFailures(file: string): readonly Failure[] {
  const report = vitestReport.safeParse(readJson(file));
  if (!report.success) return [];
  return report.data.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (status === "failed" && failed.length === 0) return [{ name, message: message ?? "" }];
    return failed.map((test) => ({ name: `${name} › ${test.fullName}`, message: (test.failureMessages ?? []).join("\n") }));
  });
}

const playwrightReport = z.object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }), errors: z.array(z.unknown()) });

export function playwrightCount(file: string, code: number): Count {
  const report = playwrightReport.safeParse(readJson(file));
  if (!report.success) return checked({ code: code || 1 });
  const { expected, unexpected, flaky, skipped } = report.data.stats;
  return complete({ passed: expected, failed: unexpected + flaky, skipped }, code);
}

/** Nothing that ran, or a runner that failed without a failing test, is one failure. */
function complete(count: Count, code: number): Count {
  const silent = count.failed === 0 && (code !== 0 || count.passed === 0);
  return silent ? { ...count, failed: 1 } : count;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
