/**
 * Before each file of unit tests: the seed of its properties. In `npm test` it is always the same, so that a red run can be run
 * again and a change that is green stays green; `npm run fuzz` gives new ones, which is what looks for what nobody has seen.
 */

import fc from "fast-check";

const { PROPERTY_SEED = "7208" } = process.env;

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(PROPERTY_SEED) });
