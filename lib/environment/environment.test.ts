import { describe, expect, test } from "vitest";
import { ENVIRONMENT_VARIABLES, readEnvironment } from "./index.ts";

const DEFAULTS = { port: 3000, publicUrl: null, dnsServers: null, dnsQuestionsPerSecond: 500, database: { kind: "sqlite", path: ".data/rebound.db" }, rateLimit: 30, trustProxy: 0, reportDays: 90, watchResolvers: ["8.8.8.8", "1.1.1.1", "9.9.9.9"], watchIntervalMs: 5000, nameServerAt: null, logLevel: "info", metrics: false, mail: null };

describe("what is read", () => {
  test.each<[Record<string, string>, object]>([
    [{}, {}],
    [{ PORT: "  ", DATABASE_URL: "", REBOUND_DNS_SERVERS: " " }, {}],
    [{ PORT: "8080", PATH: "/bin" }, { port: 8080 }],
    [{ PUBLIC_URL: "https://rebound.example.com/" }, { publicUrl: "https://rebound.example.com" }],
    [{ PUBLIC_URL: "http://192.0.2.1:8080/mail" }, { publicUrl: "http://192.0.2.1:8080/mail" }],
    [{ REBOUND_DNS_SERVERS: "192.0.2.53, [2001:db8::53]:5353" }, { dnsServers: ["192.0.2.53", "[2001:db8::53]:5353"] }],
    [{ REBOUND_DNS_QPS: "0" }, { dnsQuestionsPerSecond: 0 }],
    [{ DATABASE_URL: "file:/var/lib/rebound/r.db" }, { database: { kind: "sqlite", path: "/var/lib/rebound/r.db" } }],
    [{ DATABASE_URL: "file:///var/lib/r.db" }, { database: { kind: "sqlite", path: "/var/lib/r.db" } }],
    [{ DATABASE_URL: "postgres://rebound:secret@db.example.com/rebound" }, { database: { kind: "postgres", url: "postgres://rebound:secret@db.example.com/rebound" } }],
    [{ DATABASE_URL: "postgresql://db.example.com:26257/rebound?sslmode=verify-full" }, { database: { kind: "postgres", url: "postgresql://db.example.com:26257/rebound?sslmode=verify-full" } }],
    [{ DATABASE_URL: "postgres:///rebound?host=/run/postgresql" }, { database: { kind: "postgres", url: "postgres:///rebound?host=/run/postgresql" } }],
    [{ REBOUND_RATE_LIMIT: "0", REBOUND_TRUST_PROXY: "2", REBOUND_REPORT_DAYS: "0" }, { rateLimit: 0, trustProxy: 2, reportDays: 0 }],
    [{ REBOUND_WATCH_RESOLVERS: "192.0.2.8, 192.0.2.9:5353" }, { watchResolvers: ["192.0.2.8", "192.0.2.9:5353"] }],
    [{ REBOUND_WATCH_INTERVAL_MS: "200", REBOUND_NAME_SERVER_AT: "127.0.0.1:5353" }, { watchIntervalMs: 200, nameServerAt: "127.0.0.1:5353" }],
    [{ REBOUND_LOG_LEVEL: "warn", REBOUND_METRICS: "1" }, { logLevel: "warn", metrics: true }],
    [{ REBOUND_MAIL_DOMAIN: "Check.Rebound.example." }, { mail: { domain: "check.rebound.example", port: 2525, tls: null, trustProxy: [] } }],
    [
      { REBOUND_MAIL_DOMAIN: "check.rebound.example", REBOUND_SMTP_PORT: "25", REBOUND_SMTP_CERT: "/etc/mail/cert.pem", REBOUND_SMTP_KEY: "/etc/mail/key.pem", REBOUND_SMTP_TRUST_PROXY: "192.0.2.1, 2001:DB8::1" },
      { mail: { domain: "check.rebound.example", port: 25, tls: { certFile: "/etc/mail/cert.pem", keyFile: "/etc/mail/key.pem" }, trustProxy: ["192.0.2.1", "2001:db8::1"] } },
    ],
    // Without a domain nothing of it is used.
    [{ REBOUND_SMTP_PORT: "25" }, {}],
  ])("%j", (variables, expected) => {
    expect(readEnvironment(variables)).toEqual({ ok: true, config: { ...DEFAULTS, ...expected } });
  });
});

describe("what is refused, on one line that names the variable, its value and what it takes", () => {
  test.each<[string, string, RegExp]>([
    ["PORT", "http", /a whole number from 0 to 65535/],
    ["PORT", "65536", /a whole number from 0 to 65535/],
    ["PORT", "-1", /whole number/],
    ["PORT", "30.5", /whole number/],
    ["PUBLIC_URL", "rebound.example.com", /a URL such as/],
    ["PUBLIC_URL", "ftp://rebound.example.com", /a URL such as/],
    ["PUBLIC_URL", "https://rebound.example.com/?a=b", /without a user, query/],
    ["REBOUND_DNS_SERVERS", "dns.example.com", /ip, ip:port or \[v6\]:port/],
    ["REBOUND_DNS_SERVERS", "192.0.2.1:0", /ip:port/],
    ["REBOUND_WATCH_RESOLVERS", "dns.example.com", /comma list of ip, ip:port/],
    ["REBOUND_WATCH_RESOLVERS", Array.from({ length: 9 }, (_, n) => `192.0.2.${n}`).join(","), /8 at most/],
    ["REBOUND_WATCH_INTERVAL_MS", "50", /a whole number from 100 to 60000/],
    ["REBOUND_NAME_SERVER_AT", "127.0.0.1", /ip:port/],
    ["REBOUND_NAME_SERVER_AT", "localhost:53", /ip:port/],
    ["REBOUND_DNS_QPS", "-5", /whole number from 0 to 1000000/],
    ["DATABASE_URL", "postgres://db.example.com", /postgres:\/\/USER/],
    ["DATABASE_URL", "mysql://db.example.com/rebound", /postgres:\/\/USER/],
    ["DATABASE_URL", "postgres://db.example.com/rebound?sslmode=prefer", /it takes sslmode=disable, require, verify-ca or verify-full: with any other word a connection could go on in clear text\.$/],
    ["DATABASE_URL", "rebound.db", /file:PATH/],
    ["DATABASE_URL", "file:", /file:PATH/],
    ["REBOUND_RATE_LIMIT", "many", /whole number/],
    ["REBOUND_TRUST_PROXY", "true", /whole number from 0 to 32/],
    ["REBOUND_REPORT_DAYS", "99999999999999999999", /whole number/],
    ["REBOUND_LOG_LEVEL", "loud", /debug, info, warn, error or silent/],
    ["REBOUND_METRICS", "yes", /0 or 1/],
    ["REBOUND_MAIL_DOMAIN", "localhost", /a domain such as/],
    ["REBOUND_MAIL_DOMAIN", "kim@shop.example", /a domain such as/],
    ["REBOUND_SMTP_PORT", "smtp", /a whole number from 1 to 65535/],
    ["REBOUND_SMTP_TRUST_PROXY", "192.0.2.0/24", /a comma list of IP addresses/],
  ])("%s=%s", (name, value, accepted) => {
    const read = readEnvironment({ [name]: value });
    const line = read.ok ? "" : read.line;
    expect(line).toMatch(new RegExp(`^${name} is ${JSON.stringify(value).replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}; it takes `));
    expect(line).toMatch(accepted);
    expect(line).not.toContain("\n");
  });

  test.each([
    ["REBOUND_SMTP_CERT", "REBOUND_SMTP_KEY"],
    ["REBOUND_SMTP_KEY", "REBOUND_SMTP_CERT"],
  ])("%s without %s", (given, missing) => {
    const read = readEnvironment({ [given]: "/etc/mail/one.pem" });
    expect(read.ok ? "" : read.line).toBe(`${missing} is missing; ${given} needs it.`);
  });

  test("a password in a database URL is not printed", () => {
    for (const url of ["mysql://rebound:secret@db.example.com/rebound", "postgres://rebound:se/cret@db.example.com", "postgres://rebound:s@secret@db.example.com", "postgres://db.example.com/rebound?user=me&password=secret&sslmode=allow", "postgres://db.example.com/rebound?sslpassword=secret&sslmode=allow"]) {
      const read = readEnvironment({ DATABASE_URL: url });
      expect(read.ok ? "secret" : read.line).not.toMatch(/secret|se\/cret/);
    }
  });

  test("a line break in a value does not make a second line", () => {
    const read = readEnvironment({ PORT: "1\n2" });
    expect(read.ok ? "" : read.line).not.toContain("\n");
  });
});

test("every variable, no more and no fewer", () => {
  expect(ENVIRONMENT_VARIABLES).toEqual(["PORT", "PUBLIC_URL", "REBOUND_DNS_SERVERS", "REBOUND_DNS_QPS", "DATABASE_URL", "REBOUND_RATE_LIMIT", "REBOUND_TRUST_PROXY", "REBOUND_REPORT_DAYS", "REBOUND_WATCH_RESOLVERS", "REBOUND_WATCH_INTERVAL_MS", "REBOUND_NAME_SERVER_AT", "REBOUND_LOG_LEVEL", "REBOUND_METRICS", "REBOUND_MAIL_DOMAIN", "REBOUND_SMTP_PORT", "REBOUND_SMTP_CERT", "REBOUND_SMTP_KEY", "REBOUND_SMTP_TRUST_PROXY"]);
});
