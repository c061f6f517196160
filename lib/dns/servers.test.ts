import { expect, test } from "vitest";
import { startDnsServer } from "../../e2e/dns-server.ts";
import { diagnosisResolver, dnsServersSchema } from "./servers.ts";

test.each<[text: string | undefined, servers: string[] | null]>([
  [undefined, null],
  [" ", null],
  ["192.0.2.53", ["192.0.2.53"]],
  ["192.0.2.53:5353, 198.51.100.1", ["192.0.2.53:5353", "198.51.100.1"]],
  ["2001:db8::53", ["[2001:db8::53]"]],
  ["[2001:db8::53],[2001:db8::54]:5300", ["[2001:db8::53]", "[2001:db8::54]:5300"]],
  ["[::ffff:192.0.2.1]:53", ["[::ffff:192.0.2.1]:53"]],
])("REBOUND_DNS_SERVERS=%j", (text, servers) => {
  expect(dnsServersSchema.parse(text)).toEqual(servers);
  if (servers !== null) diagnosisResolver({ servers }).close();
});

test.each(["dns.google", "192.0.2.53:", "192.0.2.53:0", "192.0.2.53:65536", "[2001:db8::53", "192.0.2.999", ",", "192.0.2.1,,192.0.2.2", "[192.0.2.1]", "192.0.2.1;192.0.2.2"])("REBOUND_DNS_SERVERS=%j is refused with the entry named", (text) => {
  const result = dnsServersSchema.safeParse(text);
  expect(result.success).toBe(false);
  expect(result.error?.issues[0]?.message).toContain("is not ip, ip:port or [v6]:port");
});

test("a diagnosis ends at its deadline, and close ends it sooner", async () => {
  const server = await startDnsServer({ zones: [{ "slow.test": { fail: "timeout" }, "bakery.test": { A: ["192.0.2.1"] } }] });
  const servers = [`127.0.0.1:${server.port}`];
  const short = diagnosisResolver({ servers, deadlineMs: 60 });
  const started = performance.now();
  expect((await short.query("bakery.test", "A")).status).toBe("ok");
  expect((await short.query("slow.test", "A")).status).toBe("timeout");
  expect((await short.query("bakery.test", "MX")).status).toBe("not-asked");
  expect(performance.now() - started).toBeLessThan(1000);
  expect(short.servers).toEqual(servers);

  const closed = diagnosisResolver({ servers });
  setTimeout(() => closed.close(), 20);
  expect((await closed.query("slow.test", "A")).status).toBe("timeout");
  expect(performance.now() - started).toBeLessThan(1000);
  await server.close();
});

test("a server that is silent for one name costs under five seconds, well inside the deadline, and holds nobody else up", async () => {
  const server = await startDnsServer({ zones: [{ "slow.test": { fail: "timeout" }, "bakery.test": { A: ["192.0.2.1"] } }] });
  const resolver = diagnosisResolver({ servers: [`127.0.0.1:${server.port}`] });
  const slow = [resolver.query("slow.test", "A"), resolver.query("slow.test", "TXT"), resolver.query("odd:name.slow.test", "TXT")];
  expect((await resolver.query("bakery.test", "A")).ms).toBeLessThan(500);
  const answers = await Promise.all(slow);
  expect(answers.map(({ status }) => status)).toEqual(["timeout", "timeout", "no-name"]);
  for (const answer of answers.slice(0, 2)) expect(answer.ms).toSatisfy((ms: number) => ms > 2500 && ms < 6000);
  resolver.close();
  await server.close();
}, 10_000);
