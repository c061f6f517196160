/** Why the report goes by this sending address: where it was taken from, or why a message's header gave none. */

import type { Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { RichText } from "../ui/rich-text.tsx";

/** Nothing in reports from before the source was kept. */
export function AddressSource({ report: { subject, testMail }, t }: { report: Pick<Report, "subject" | "testMail">; t: Translator }) {
  const { kind, sendingIp, sendingIpFrom } = subject;
  // A test mail's address is always known; a private one is told with the answer.
  const source = sendingIp !== null ? sendingIpFrom : kind === "message" && testMail === null ? "none" : null;
  return source === null ? null : (
    <span data-address-source={source} className="block text-sm text-soft wrap-anywhere">
      <RichText t={t} id={`report.address.${source}`} />
    </span>
  );
}
