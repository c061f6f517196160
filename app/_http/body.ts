/** A request's body, read no further than it may be long. */

export type Body = { readonly ok: true; readonly octets: Uint8Array<ArrayBuffer> } | { readonly ok: false; readonly reason: "too-large" | "aborted" | "encoded" };

/** Counts what arrives: `Content-Length` may be absent or wrong. */
export async function readBody(request: Request, mostOctets: number): Promise<Body> {
  if (isEncoded(request)) return { ok: false, reason: "encoded" };
  if (Number(request.headers.get("content-length") ?? 0) > mostOctets) return { ok: false, reason: "too-large" };
  const body = await readBeginning(request, mostOctets, mostOctets);
  return body.ok ? { ok: true, octets: body.octets } : body;
}

export type Beginning = { readonly ok: true; readonly octets: Uint8Array<ArrayBuffer>; readonly cut: boolean } | Extract<Body, { ok: false }>;

/** Keeps the first of it, and hears out the rest up to a bound. */
export async function readBeginning(request: Request, mostKept: number, mostHeard: number): Promise<Beginning> {
  if (isEncoded(request)) return { ok: false, reason: "encoded" };
  const chunks: Uint8Array[] = [];
  let length = 0;
  let heard = 0;
  const reader = request.body?.getReader();
  try {
    for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
      heard += part.value.length;
      if (heard > mostHeard) {
        void reader?.cancel().catch(() => undefined);
        return { ok: false, reason: "too-large" };
      }
      const kept = part.value.subarray(0, mostKept - length);
      length += kept.length;
      if (kept.length > 0) chunks.push(kept);
    }
  } catch {
    // The client went away.
    return { ok: false, reason: "aborted" };
  }
  const octets = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    octets.set(chunk, at);
    at += chunk.length;
  }
  return { ok: true, octets, cut: heard > length };
}

function isEncoded(request: Request): boolean {
  return (request.headers.get("content-encoding") ?? "identity").toLowerCase() !== "identity";
}

/** `application/json; charset=utf-8` → `application/json`; "" when absent. */
export function mediaType(request: Request): string {
  return (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

/** Undefined when it is not UTF-8 or not JSON. */
export function parseJson(octets: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(octets)) };
  } catch {
    return undefined;
  }
}
