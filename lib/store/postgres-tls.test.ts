/** TLS to a real PostgreSQL, with an authority made for it: who is believed, and that nothing ever goes on in clear text instead. */

import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PostgresServer, postgresPrograms, startPostgres } from "../../e2e/postgres-server.ts";
import { certificateFault } from "./postgres-tls.ts";
import { openPostgresStore } from "./postgres-store.ts";

const OPENSSL = "openssl";
const hasOpenssl = spawnSync(OPENSSL, ["version"]).status === 0;
if (!hasOpenssl) console.error("SKIPPED: no openssl is installed here: TLS to PostgreSQL is NOT TESTED.");

const UNKNOWN = /^the database server's certificate is not accepted \(sslmode and sslrootcert in DATABASE_URL\): (?:SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY) /;
const OTHER_NAME = /certificate is not accepted .*ERR_TLS_CERT_ALTNAME_INVALID .*127\.0\.0\.1/;

describe.skipIf(postgresPrograms() === null || !hasOpenssl)("TLS", () => {
  let server: PostgresServer;
  let database = "";
  const folder = mkdtempSync(join(tmpdir(), "rebound-tls-"));
  const file = (name: string) => join(folder, name);
  beforeAll(async () => {
    for (const name of ["right", "wrong"]) openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", `/CN=The ${name} authority`, "-keyout", file(`${name}.key`), "-out", file(`${name}.pem`));
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost", "-keyout", file("server.key"), "-out", file("server.csr"));
    writeFileSync(file("names"), "subjectAltName = DNS:localhost\n");
    openssl("x509", "-req", "-in", file("server.csr"), "-CA", file("right.pem"), "-CAkey", file("right.key"), "-CAcreateserial", "-days", "2", "-extfile", file("names"), "-out", file("server.pem"));
    writeFileSync(file("words"), "no certificate\n");
    const started = await startPostgres({ tls: { cert: file("server.pem"), key: file("server.key") } });
    if (started === null) throw new Error("there is no PostgreSQL");
    server = started;
    database = await server.database();
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  /** "{right}" and the like stand for files. The certificate is that of "localhost". */
  test.each<[host: string, query: string, outcome: "tls" | "clear" | RegExp]>([
    ["localhost", "", "clear"],
    ["localhost", "sslmode=disable", "clear"],
    ["localhost", "sslmode=require", "tls"],
    ["127.0.0.1", "sslmode=require", "tls"],
    ["localhost", "sslmode=require&sslrootcert={right.pem}", "tls"],
    ["127.0.0.1", "sslmode=require&sslrootcert={right.pem}", "tls"],
    ["localhost", "sslmode=require&sslrootcert={wrong.pem}", UNKNOWN],
    ["localhost", "sslmode=verify-ca&sslrootcert={right.pem}", "tls"],
    ["127.0.0.1", "sslmode=verify-ca&sslrootcert={right.pem}", "tls"],
    ["localhost", "sslmode=verify-ca&sslrootcert={wrong.pem}", UNKNOWN],
    ["localhost", "sslmode=verify-full&sslrootcert={right.pem}", "tls"],
    ["127.0.0.1", "sslmode=verify-full&sslrootcert={right.pem}", OTHER_NAME],
    ["localhost", "sslmode=verify-full&sslrootcert={wrong.pem}", UNKNOWN],
    ["localhost", "sslmode=verify-full", UNKNOWN],
    ["localhost", "sslmode=verify-full&sslrootcert=system", UNKNOWN],
    ["localhost", "sslrootcert={right.pem}", "tls"],
    ["localhost", "sslrootcert={wrong.pem}", UNKNOWN],
    ["localhost", "ssl=true", "tls"],
    ["localhost", "sslmode=verify-full&sslrootcert={none.pem}", /^sslrootcert=.*none\.pem in DATABASE_URL cannot be read: ENOENT$/],
    ["localhost", "sslmode=verify-full&sslrootcert={words}", /^sslrootcert=.*words in DATABASE_URL is no PEM file$/],
    ["localhost", "sslmode=prefer", /^DATABASE_URL takes sslmode=disable, require, verify-ca or verify-full/],
  ])("%s ?%s", async (host, query, outcome) => {
    const files = query.replace(/\{([a-z.]+)\}/, (_, name: string) => encodeURIComponent(file(name)));
    const store = openPostgresStore({ url: `${database.replace("127.0.0.1", host)}?${files}` });
    const answer = await store.ping();
    const connections = await server.sql(database, "SELECT DISTINCT ssl FROM pg_stat_activity JOIN pg_stat_ssl USING (pid) WHERE application_name = 'rebound'");
    await store.close();
    await expect.poll(() => server.sql(database, "SELECT 1 FROM pg_stat_activity WHERE application_name = 'rebound'"), { interval: 20 }).toEqual([]);
    if (typeof outcome === "string") expect([answer, connections]).toEqual([{ status: "ok" }, [{ ssl: outcome === "tls" }]]);
    else expect([answer, connections]).toEqual([{ status: "fault", fault: { kind: "unavailable", detail: expect.stringMatching(outcome) } }, []]);
  });

  test("a file that comes later is read then", async () => {
    const store = openPostgresStore({ url: `${database.replace("127.0.0.1", "localhost")}?sslmode=verify-full&sslrootcert=${encodeURIComponent(file("late.pem"))}` });
    expect((await store.ping()).status).toBe("fault");
    copyFileSync(file("right.pem"), file("late.pem"));
    expect(await store.ping()).toEqual({ status: "ok" });
    await store.close();
  });

  function openssl(...args: readonly string[]): void {
    execFileSync(OPENSSL, args, { stdio: ["ignore", "ignore", "pipe"] });
  }
});

test.each<[code: string, isOne: boolean]>([
  ["CERT_HAS_EXPIRED", true],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", true],
  ["SELF_SIGNED_CERT_IN_CHAIN", true],
  ["ERR_TLS_CERT_ALTNAME_INVALID", true],
  ["ECONNREFUSED", false],
  ["08P01", false],
  ["", false],
])("%s is said of a certificate: %s", (code, isOne) => {
  expect(certificateFault(code) !== null).toBe(isOne);
});
