/** The suite: RFC 7208 section by section, as tables. */

import { APPENDIX_A } from "./appendix-a.ts";
import { COUNTING } from "./counting.ts";
import { INITIAL } from "./initial.ts";
import { LIMITS } from "./limits.ts";
import { MACROS } from "./macros.ts";
import { MECHANISMS } from "./mechanisms.ts";
import { MODIFIERS } from "./modifiers.ts";
import { RECORD } from "./record.ts";
import { type WholeCase, wholeCases } from "./table.ts";

export { unfoldedCounts, type WholeCase } from "./table.ts";

export const RFC7208_CASES: readonly WholeCase[] = wholeCases([...INITIAL, ...RECORD, ...LIMITS, ...MECHANISMS, ...MODIFIERS, ...MACROS, ...APPENDIX_A]);

/** Miscounts known from elsewhere. */
export const COUNTING_CASES: readonly WholeCase[] = wholeCases(COUNTING);
