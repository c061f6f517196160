/** The clients, as a process of their own: autocannon's options in, every answer's time kept, so that each percentile is exact. */

import autocannon from "autocannon";

const { percentiles, ...options } = JSON.parse(process.argv[2] ?? "{}");
const times = [];
const statuses = {};
const run = autocannon({ ...options, excludeErrorStats: true });
run.on("response", (_client, status, _octets, ms) => {
  times.push(ms);
  statuses[status] = (statuses[status] ?? 0) + 1;
});
const { duration, errors, timeouts } = await run;
const sorted = Float64Array.from(times).sort();
const at = percentiles.map((percent) => sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? null);
console.log(JSON.stringify({ percentiles: at, statuses, errors: errors + timeouts, duration }));
