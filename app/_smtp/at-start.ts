/** Begins to listen for test mails where a mail domain is set; what cannot be listened on stops the server with one line. */

import type { Environment } from "../../lib/environment/index.ts";
import { listenForMail } from "./listener.ts";

export async function takeTestMails(settings: NonNullable<Environment["mail"]>): Promise<void> {
  try {
    await listenForMail(settings);
    console.log(`Test mails: check-…@${settings.domain}, SMTP on port ${settings.port}${settings.tls === null ? ", without STARTTLS" : ""}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
