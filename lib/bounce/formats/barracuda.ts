/** Notices of Barracuda's gateways. */

import { written } from "./written.ts";

export const barracuda = written("barracuda", /\bBarracuda (?:Email|Spam|Networks|Essentials)|\bess\.barracudanetworks\.com\b/i);
