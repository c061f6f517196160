/** Once in each server process, before it answers: bad settings stop it, clients get their addresses, and it ends with whoever started it. */

import { readEnvironment } from "../../lib/environment/index.ts";
import { watchClientAddresses } from "./client-address.ts";

export function atStart(): void {
  const read = readEnvironment(process.env);
  if (!read.ok) {
    console.error(read.line);
    process.exit(1);
  }
  watchClientAddresses(read.config.trustProxy);
  endWithStarter();
}

/** Our commands start the server with a channel to them. It breaks when they are gone, even by kill -9. */
function endWithStarter(): void {
  if (process.channel == null) return;
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}
