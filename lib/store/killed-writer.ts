/** Run by the store's test as a process of its own: saves reports until it is killed, and prints the id of each once it is saved. */

import { openPostgresStore } from "./postgres-store.ts";
import { sampleReport } from "./sample-report.ts";
import { deleteTokenHash } from "./secrets.ts";
import { openSqliteStore } from "./sqlite-store.ts";

const [, , place = ""] = process.argv;
const opened = place.startsWith("postgres:") ? { ok: true as const, store: openPostgresStore({ url: place }) } : openSqliteStore({ path: place });
if (!opened.ok) throw new Error(opened.fault.detail);
for (;;) {
  const report = sampleReport();
  const saved = await opened.store.save(report, deleteTokenHash("token"));
  if (saved.status === "saved") process.stdout.write(`${report.id}\n`);
}
