/** The cookie that lets whoever made a report delete it: `rebound-delete-{id}`, one for each report. */

import { isReportId } from "../../lib/store/index.ts";
import type { Birth } from "./make-report.ts";
import type { WithHeaders } from "./with-headers.ts";

const PREFIX = "rebound-delete-";
/** Browsers keep no cookie longer. */
const LONGEST_AGE_SECONDS = 400 * 24 * 60 * 60;
/** Each request carries them all, and servers refuse long headers. */
const MOST_COOKIES = 20;

/** `Set-Cookie` values: the new one, and the end of those for which there is no more room, oldest first. */
export function deleteCookies({ id, deleteToken, now, expiresAt }: Birth, request: Request, origin: string): readonly string[] {
  const age = expiresAt === null ? LONGEST_AGE_SECONDS : Math.round((expiresAt.getTime() - now.getTime()) / 1000);
  const surplus = reportsOf(request).slice(0, -(MOST_COOKIES - 1));
  return [
    [`${PREFIX}${id}=${deleteToken}`, ...attributes(origin), `Max-Age=${Math.min(age, LONGEST_AGE_SECONDS)}`].join("; "),
    ...surplus.map((old) => endOfCookie(old, origin)),
  ];
}

export function endOfCookie(id: string, origin: string): string {
  return [`${PREFIX}${id}=`, ...attributes(origin), "Max-Age=0"].join("; ");
}

function attributes(origin: string): readonly string[] {
  return ["Path=/", "HttpOnly", "SameSite=Lax", ...(origin.startsWith("https:") ? ["Secure"] : [])];
}

export function deleteCookieName(id: string): string {
  return `${PREFIX}${id}`;
}

export function deleteTokenOf(request: WithHeaders, id: string): string | null {
  return cookiesOf(request).find(({ name }) => name === deleteCookieName(id))?.value ?? null;
}

/** In the order the browser sends them: the oldest first (RFC 6265 section 5.4). */
function reportsOf(request: Request): readonly string[] {
  return cookiesOf(request)
    .filter(({ name }) => name.startsWith(PREFIX))
    .map(({ name }) => name.slice(PREFIX.length))
    .filter(isReportId);
}

function cookiesOf(request: WithHeaders): readonly { readonly name: string; readonly value: string }[] {
  return (request.headers.get("cookie") ?? "").split(";").map((pair) => {
    const equals = pair.indexOf("=");
    return { name: pair.slice(0, Math.max(equals, 0)).trim(), value: pair.slice(equals + 1).trim() };
  });
}
