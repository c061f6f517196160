/** Which language a program is answered in, and where a form's answer leads. */

import { isLocale, type Locale } from "../../lib/messages/translate.ts";
import type { WithHeaders } from "./with-headers.ts";

export { isLocale, type Locale } from "../../lib/messages/translate.ts";

/** By `Accept-Language` (RFC 9110 section 12.5.4); English when it names none of ours. */
export function acceptedLocale(request: WithHeaders): Locale {
  const accepted = (request.headers.get("accept-language") ?? "")
    .slice(0, 500)
    .split(",")
    .map((range) => {
      const [tag = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
      return { language: tag.split("-")[0] ?? "", weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return accepted.map(({ language }) => language).find(isLocale) ?? "en";
}
