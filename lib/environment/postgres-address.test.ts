import { describe, expect, test } from "vitest";
import { type PostgresTls, parsePostgresAddress } from "./postgres-address.ts";

const AT = "postgres://me:secret@db.example.com:6432/rebound";
const PLAIN: PostgresTls = { checks: "nothing", authorities: "public", certFile: null, keyFile: null, keyPassword: null, isDirect: false };

describe("what is said of TLS", () => {
  test.each<[query: string, tls: Partial<PostgresTls> | null]>([
    ["", null],
    ["sslmode=disable", null],
    ["sslmode=disable&sslrootcert=/ca.pem", null],
    ["ssl=false", null],
    ["ssl=0", null],
    ["sslmode=", null],
    ["gssencmode=prefer&channel_binding=prefer", null],
    ["sslmode=require", {}],
    ["sslmode=no-verify", {}],
    ["ssl=true", {}],
    ["ssl=1", {}],
    ["uselibpqcompat=true&sslmode=require", {}],
    ["sslmode=disable&sslmode=require", {}],
    ["sslmode=require&sslrootcert=/etc/db%20ca.pem", { checks: "authority", authorities: { file: "/etc/db ca.pem" } }],
    ["sslmode=verify-ca&sslrootcert=/ca.pem", { checks: "authority", authorities: { file: "/ca.pem" } }],
    ["sslmode=verify-full", { checks: "name" }],
    ["sslmode=verify-full&sslrootcert=/ca.pem", { checks: "name", authorities: { file: "/ca.pem" } }],
    ["sslmode=verify-full&sslrootcert=system", { checks: "name", authorities: "system" }],
    ["sslrootcert=system", { checks: "name", authorities: "system" }],
    ["sslrootcert=/ca.pem", { checks: "name", authorities: { file: "/ca.pem" } }],
    ["sslmode=verify-full&channel_binding=require", { checks: "name" }],
    ["sslmode=require&sslcert=/me.pem&sslkey=/me.key&sslpassword=word", { certFile: "/me.pem", keyFile: "/me.key", keyPassword: "word" }],
    ["sslmode=require&sslnegotiation=direct", { isDirect: true }],
  ])("?%s", (query, tls) => {
    expect(parsePostgresAddress(`${AT}?${query}`)).toEqual({ ok: true, address: { url: expect.stringMatching(/^postgres:\/\/me:secret@db\.example\.com:6432\/rebound(?:\?gssencmode=prefer)?\??$/), tls: tls === null ? null : { ...PLAIN, ...tls } } });
  });
});

describe("what is refused: less safe than it was asked for", () => {
  test.each<[query: string, takes: RegExp]>([
    ["sslmode=prefer", /^sslmode=disable, require, verify-ca or verify-full: with any other word/],
    ["sslmode=allow", /clear text$/],
    ["sslmode=verify_full", /clear text$/],
    ["sslmode=Require", /clear text$/],
    ["ssl=yes", /clear text$/],
    ["sslmode=verify-ca", /^sslmode=verify-ca together with sslrootcert=FILE/],
    ["sslmode=require&sslrootcert=system", /^sslrootcert=system with sslmode=verify-full alone/],
    ["sslmode=require&channel_binding=require", /^channel_binding=require with sslmode=verify-full alone/],
    ["channel_binding=require", /^channel_binding=require/],
    ["sslmode=require&sslcert=/me.pem", /^sslcert and sslkey together$/],
    ["sslmode=require&sslkey=/me.key", /^sslcert and sslkey together$/],
    ["sslmode=verify-full&sslcrl=/crl.pem", /^no sslcrl: it would not be kept to$/],
    ["sslmode=require&ssl_min_protocol_version=TLSv1.3", /^no ssl_min_protocol_version/],
    ["require_auth=scram-sha-256", /^no require_auth/],
    ["gssencmode=require", /^no gssencmode=require/],
    ["sslnegotiation=direct", /^sslnegotiation=direct with sslmode=require/],
    ["sslmode=require&sslnegotiation=fast", /^sslnegotiation=postgres or direct$/],
  ])("?%s", (query, takes) => {
    expect(parsePostgresAddress(`${AT}?${query}`)).toEqual({ ok: false, takes: expect.stringMatching(takes) });
  });
});

test.each(["postgres:///rebound?host=/run/postgresql&sslmode=verify-full", "postgres://%2Frun%2Fpostgresql/rebound?sslmode=require"])("a socket of this machine has no TLS: %s", (url) => {
  const read = parsePostgresAddress(url);
  expect(read.ok && read.address.tls).toBeNull();
});

test.each<[url: string, driven: string]>([
  [`${AT}?application_name=mine&sslmode=require&options=-c%20search_path%3Drebound`, `${AT}?application_name=mine&options=-c+search_path%3Drebound`],
  ["postgres://me:p%40%2Fss@[2001:db8::1]:26257/rebound?sslmode=require", "postgres://me:p%40%2Fss@[2001:db8::1]:26257/rebound"],
  ["postgresql://db.example.com/rebound", "postgresql://db.example.com/rebound"],
])("the rest is the driver's: %s", (url, driven) => {
  const read = parsePostgresAddress(url);
  expect(read.ok && read.address.url).toBe(driven);
});

test.each(["", "file:x", "mysql://db.example.com/rebound"])("no address of a PostgreSQL: %j", (text) => {
  expect(parsePostgresAddress(text)).toEqual({ ok: false, takes: "postgres://USER:PASSWORD@HOST:PORT/DATABASE" });
});
