/** Once in each server process, before it answers: bad settings stop it, clients get their addresses, and it ends with whoever started it. */

import { restrainQuestions } from "../../lib/dns/restraint.ts";
import { type Environment, readEnvironment } from "../../lib/environment/index.ts";
import { reportStore } from "../../lib/store/index.ts";
import { log, logStoreFault } from "./log.ts";
import { sendKeptPages } from "./kept-pages.ts";
import { watchClientAddresses } from "./client-address.ts";
import { watchEveryAnswer } from "./every-answer.ts";

export async function atStart(): Promise<void> {
  const read = readEnvironment(process.env);
  if (!read.ok) {
    console.error(read.line);
    process.exit(1);
  }
  restrainQuestions(read.config.dnsQuestionsPerSecond);
  watchClientAddresses(read.config.trustProxy);
  watchEveryAnswer(read.config);
  sendKeptPages();
  log().info({ event: "start", node: process.version, database: read.config.database.kind });
  void prepareStore(read.config);
  endWithStarter();
  const { mail } = read.config;
  if (mail !== null) await (await import("../_smtp/at-start.ts")).takeTestMails(mail);
}

/** The database gets its shape before anybody waits for it. Serving without one is better than not serving: diagnoses need none. */
async function prepareStore(settings: Environment): Promise<void> {
  const { ping } = reportStore(settings);
  const first = await ping();
  // Starting is hard work: a connection that was not made in its midst may be made after it.
  const ready = first.status === "ok" ? first : await ping();
  if (ready.status === "fault") logStoreFault(ready.fault);
}

/** Our commands start the server with a channel to them. It breaks when they are gone, even by kill -9. */
function endWithStarter(): void {
  if (process.channel == null) return;
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}
