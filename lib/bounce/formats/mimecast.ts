/** Mimecast's notices: "Rejection Information" and the server that gave it. */

import { written } from "./written.ts";

export const mimecast = written("mimecast", /\bMimecast (?:could not|was unable|has)|\bRejection (?:Type|Information):|\bmimecast(?:-offshore)?\.com\b/i);
