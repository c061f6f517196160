import { describe, expect, test } from "vitest";
import { parseDomain, parseIp } from "../../address/index.ts";
import { type Zone, zone } from "../../dns/zone.ts";
import { correctSpf } from "./index.ts";

/** A record is somebody else's text: whatever it holds, correcting it ends soon and asks little. */
const MOST_QUESTIONS = 150;
const MOST_MILLISECONDS = 1000;

const DOMAIN = "example.test";
const IP = "192.0.2.9";

const many = (count: number, term: (n: number) => string) => Array.from({ length: count }, (_, n) => term(n)).join(" ");
const filled = (length: number, piece: string) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
const published = (...TXT: string[]): Zone => ({ [DOMAIN]: { TXT, MX: [[10, "mx.example.test"]] }, "mx.example.test": { A: ["192.0.2.25"] } });

/** Each include has ten includes of its own: a million records six levels down. */
const exploding: Zone = Object.fromEntries([DOMAIN, ...Array.from({ length: 60 }, (_, n) => `x${n}.test`)].map((name, at) => [name, { TXT: [`v=spf1 ${many(10, (n) => `include:x${(at * 10 + n) % 60}.test`)} -all`] }]));
const wide: Zone = {
  ...published(`v=spf1 ${many(10, (n) => `include:w${n}.test`)} -all`),
  ...Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`w${n}.test`, { TXT: [`v=spf1 ${many(10, (m) => `include:w${n}-${m}.test`)} -all`] }])),
  ...Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`w${Math.floor(n / 10)}-${n % 10}.test`, { TXT: [`v=spf1 ip4:198.51.100.${n} ip4:203.0.113.${n} -all`] }])),
};

const HOSTILE: [why: string, entries: Zone][] = [
  ["each include has ten includes", exploding],
  ["a hundred includes two levels down", wide],
  ["5,000 terms", published(`v=spf1 ${many(5000, (n) => `a:h${n}.test`)} -all`)],
  ["5,000 networks", published(`v=spf1 ${many(5000, (n) => `ip4:198.${n >> 8}.${n & 255}.1`)} -all`)],
  ["64 KiB of one word", published(`v=spf1 ${"x".repeat(65_000)}`)],
  ["64 KiB in eight records", published(...Array.from({ length: 8 }, (_, at) => `v=spf1 ${many(500, (n) => `ip4:${at}.1.${n >> 8}.${n & 255}`)}`.slice(0, 8190)))],
  ["eight records of short terms", published(...Array.from({ length: 8 }, (_, at) => `v=spf1 ${many(1100, (n) => `a:${String.fromCharCode(97 + (n % 26), 97 + (Math.floor(n / 26) % 26))}.${at}t`)}`.slice(0, 8190)))],
  ["eight records of mx", published(...Array.from({ length: 8 }, (_, at) => `v=spf1 ${many(1500, (n) => (n % 2 === 0 ? "mx" : `?a/${at}`))}`.slice(0, 8190)))],
  ["8 KiB of networks that don't touch", published(`v=spf1 ${many(500, (n) => `ip4:10.${n >> 7}.${(n & 127) * 2}.1`)} -all`)],
  ["networks taken in turn and left out", published(`v=spf1 ${many(450, (n) => `${n % 2 === 0 ? "-" : ""}ip4:10.${n >> 8}.${n & 255}.0/17`)} -all`)],
  ["1,100 hosts", published(`v=spf1 ${many(1100, (n) => `a:${n}.t`)} -all`.slice(0, 8190))],
  ["900 macros", published(`v=spf1 ${many(500, (n) => `exists:%{i}.${n}.t`)} -all`)],
  ["ten macros", published(`v=spf1 ${many(9, (n) => `exists:%{i}.${n}.test`)} ip4:198.51.100.0/24 -all`)],
  ["a macro before many networks", published(`v=spf1 exists:%{i}.l.test ${many(60, (n) => `ip4:198.51.${n}.1`)} -all`)],
  ["a macro, two records", published(`v=spf1 exists:%{i}.l.test ${many(60, (n) => `ip4:198.51.${n}.1`)} -all`, `v=spf1 ip4:203.0.113.0/24 -all`)],
  ["an excluding ptr", published(`v=spf1 -ptr:spam.test ${many(60, (n) => `ip4:198.51.${n}.1`)} ~all`, `v=spf1 mx -all`)],
  ["hosts with many addresses", { [DOMAIN]: { TXT: [`v=spf1 ${many(12, (n) => `a:h${n}.test`)} -all`] }, ...Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`h${n}.test`, { A: Array.from({ length: 100 }, (__, m) => `10.${n}.${m}.1`) }])) }],
  ["many MX hosts", { [DOMAIN]: { TXT: [`v=spf1 ${many(11, (n) => `mx:m${n}.test`)} -all`] }, ...Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`m${n}.test`, { MX: Array.from({ length: 30 }, (__, m): [number, string] => [m, `h${m}.m${n}.test`]) }])) }],
  ...["a:", "mx", "ip4:", "include:a.b", "a:a-all", "1.", "1-", "::", "....", "-all", "mx=", "%{d}", "\"", "“", "a.b,", "ipv4:1.2.3.4", ".:;", "/", "@", "v=spf1", "redirect", "inclde:"].flatMap((piece): [string, Zone][] => [
    [`words of ${piece}`, published(`v=spf1 ${many(8, () => filled(1000, piece))}`)],
    [`one long word of ${piece}`, published(`v=spf1 ${filled(8000, piece)} -all`)],
    [`short words of ${piece}`, published(`v=spf1 ${many(1200, () => `${piece}x`)}`.slice(0, 8190))],
    [`blanks between ${piece}`, published(`v=spf1 ${many(2000, () => piece)}`.slice(0, 8190))],
  ]),
  ...([["include:gone.test"], ["ipv4:192.0.2.7"], []] as const).map(([fault]): [string, Zone] => [
    `ten includes that each fill an answer, and ${fault ?? "no fault"}`,
    { ...published(`v=spf1 ${fault ?? ""} ${many(10, (n) => `include:full${n}.test`)} -all`), ...Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`full${at}.test`, { TXT: [`v=spf1 ${many(3000, (n) => `${n % 2 === 0 ? "" : "-"}ip4:${20 + at}.${n >> 7}.${(n & 127) * 2}.0/24`)} -all`] }])) },
  ]),
  ["odd names", published(`v=spf1 ${many(400, (n) => `include:${n}.t/x`)} -all`)],
  ["TXT records that speak of SPF", published(...Array.from({ length: 30 }, (_, at) => `spf ${many(20, (n) => `include:http://${at}.${n}.t`)}`))],
];

describe("bounded work", () => {
  test.each(HOSTILE)("%s", async (_why, entries) => {
    const request = parseDomain(DOMAIN);
    if (!request.ok) throw new Error(DOMAIN);
    for (const ip of [IP, null]) {
      const asked: string[] = [];
      const resolver = zone(entries, asked);
      const before = process.cpuUsage();
      await correctSpf({ domain: request.domain, ip: ip === null ? null : parseIp(ip), helo: null, ptr: null, mx: [], stranger: false }, resolver);
      const used = process.cpuUsage(before);
      expect(asked.length).toBeLessThanOrEqual(MOST_QUESTIONS);
      expect((used.user + used.system) / 1000).toBeLessThan(MOST_MILLISECONDS);
    }
  });
});
