/** Run by the store's test as a process of its own: saves reports until it is killed, and prints the id of each once it is saved. */

import { openSqliteStore } from "./sqlite-store.ts";
import { sampleReport } from "./sample-report.ts";
import { deleteTokenHash } from "./secrets.ts";

const opened = openSqliteStore({ path: process.argv[2] ?? "" });
if (!opened.ok) throw new Error(opened.fault.detail);
for (;;) {
  const report = sampleReport();
  const saved = await opened.store.save(report, deleteTokenHash("token"));
  if (saved.status === "saved") process.stdout.write(`${report.id}\n`);
}
