/** A JSON request of a known shape. */

import type { z } from "zod";
import type { ErrorFacts } from "./api-error.ts";
import { mediaType, parseJson, readBody } from "./body.ts";

export const MOST_JSON_OCTETS = 256 * 1024;

export type JsonRequest<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorFacts };

export async function readJson<T>(request: Request, schema: z.ZodType<T>): Promise<JsonRequest<T>> {
  if (mediaType(request) !== "application/json") return { ok: false, error: { code: "unsupported-media-type", params: { accepted: "application/json" } } };
  const body = await readBody(request, MOST_JSON_OCTETS);
  if (!body.ok) return { ok: false, error: bodyError(body.reason, MOST_JSON_OCTETS) };
  const json = parseJson(body.octets);
  if (json === undefined) return { ok: false, error: { code: "bad-json" } };
  const read = schema.safeParse(json.value);
  if (read.success) return { ok: true, value: read.data };
  const path = read.error.issues[0]?.path.join(".") ?? "";
  return { ok: false, error: { code: "bad-request", params: { field: path === "" ? "(body)" : path } } };
}

export function bodyError(reason: "too-large" | "aborted" | "encoded", mostOctets: number): ErrorFacts {
  switch (reason) {
    case "too-large":
      return { code: "too-large", params: { kib: mostOctets / 1024 } };
    case "encoded":
      return { code: "unsupported-media-type", params: { accepted: "Content-Encoding: identity" } };
    case "aborted":
      return { code: "bad-request", params: { field: "(body)" } };
    default:
      return reason satisfies never;
  }
}
