/** Reports of Proofpoint's gateways: sendmail's form, from hosts of its own. */

import { written } from "./written.ts";

export const proofpoint = written("proofpoint", /\bpp(?:ops|hosted|e-hosted)\.(?:net|com)\b|\bProofpoint (?:Essentials|Protection|Email)/i);
