/**
 * The server's settings: environment variables, read once into one typed value.
 *
 * A value that cannot be used stops the server before it serves, with one line that names the variable, what it holds and
 * what it may hold. Nothing else in the program reads `process.env`.
 */

import { z } from "zod";
import { dnsServersSchema, parseServerEntry } from "../dns/servers.ts";
import { faultOfMail, type MailSettings, mailSettings, mailVariables } from "./mail.ts";
import { parsePostgresAddress } from "./postgres-address.ts";

export { parsePostgresAddress, type PostgresTls } from "./postgres-address.ts";

export interface Environment {
  /** 0: any free port. */
  readonly port: number;
  /** Prefix of permalinks, without a final slash; null: the origin of each request. */
  readonly publicUrl: string | null;
  /** As `Resolver.setServers` takes them; null: the system's resolvers. */
  readonly dnsServers: readonly string[] | null;
  /** DNS questions a second, of the whole server; 0: no ceiling. */
  readonly dnsQuestionsPerSecond: number;
  readonly database: Database;
  /** Diagnoses a minute for each client address; 0: no limit. */
  readonly rateLimit: number;
  /** Number of proxies in front whose `X-Forwarded-For` entry is believed. */
  readonly trustProxy: number;
  /** Days that a report is kept; 0: for ever. */
  readonly reportDays: number;
  /** Public resolvers that a watch asks, as `ip` or `ip:port`. */
  readonly watchResolvers: readonly string[];
  /** Milliseconds between the first questions of a watch. */
  readonly watchIntervalMs: number;
  /** For tests and the demo: every zone's own servers are asked at this `ip:port`; null: at their own addresses. */
  readonly nameServerAt: string | null;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
  /** Whether `/api/metrics` is served. */
  readonly metrics: boolean;
  /** Test mails are taken at this domain; null: not at all. */
  readonly mail: MailSettings | null;
}

export type Database =
  | { readonly kind: "sqlite"; /** Of the file; relative to the working directory. */ readonly path: string }
  | { readonly kind: "postgres"; /** As `parsePostgresAddress` takes it; may hold a password. */ readonly url: string };

export type EnvironmentResult = { readonly ok: true; readonly config: Environment } | { readonly ok: false; readonly line: string };

/** Reads the contract's variables; absent and blank ones take their default. Of several faults the first is told. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): EnvironmentResult {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== ""));
  const read = environmentSchema.safeParse(given);
  if (!read.success) return { ok: false, line: faultLine(read.error, given) };
  const { PORT, PUBLIC_URL, REBOUND_DNS_SERVERS, REBOUND_DNS_QPS, DATABASE_URL, REBOUND_RATE_LIMIT, REBOUND_TRUST_PROXY, REBOUND_REPORT_DAYS, REBOUND_WATCH_RESOLVERS, REBOUND_WATCH_INTERVAL_MS, REBOUND_NAME_SERVER_AT, REBOUND_LOG_LEVEL, REBOUND_METRICS, ...mail } = read.data;
  const fault = faultOfMail(mail);
  if (fault !== null) return { ok: false, line: fault };
  return {
    ok: true,
    config: {
      port: PORT,
      publicUrl: PUBLIC_URL,
      dnsServers: REBOUND_DNS_SERVERS,
      dnsQuestionsPerSecond: REBOUND_DNS_QPS,
      database: DATABASE_URL,
      rateLimit: REBOUND_RATE_LIMIT,
      trustProxy: REBOUND_TRUST_PROXY,
      reportDays: REBOUND_REPORT_DAYS,
      watchResolvers: REBOUND_WATCH_RESOLVERS ?? PUBLIC_RESOLVERS,
      watchIntervalMs: REBOUND_WATCH_INTERVAL_MS,
      nameServerAt: REBOUND_NAME_SERVER_AT,
      logLevel: REBOUND_LOG_LEVEL,
      metrics: REBOUND_METRICS,
      mail: mailSettings(mail),
    },
  };
}

/** This process's settings. They were found good at start, so a fault here is a programming error and throws. Asked for at every request: read anew only when a variable has changed. */
export function environment(): Environment {
  const variables = ENVIRONMENT_VARIABLES.map((name) => process.env[name]);
  if (known?.variables.every((value, index) => value === variables[index]) === true) return known.config;
  const read = readEnvironment(process.env);
  if (!read.ok) throw new Error(read.line);
  known = { variables, config: read.config };
  return read.config;
}

let known: { readonly variables: readonly (string | undefined)[]; readonly config: Environment } | undefined;

const wholeNumber = (least: number, most: number, standard: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,9}$/, `a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((number) => number >= least && number <= most, `a whole number from ${least} to ${most}`)
    .default(standard);

const publicUrl = z
  .string()
  .trim()
  .refine(isWebPrefix, "a URL such as https://rebound.example.com, without a user, query or fragment")
  .transform((text): string | null => withoutFinalSlashes(text))
  .default(null);

function withoutFinalSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === "/") end -= 1;
  return text.slice(0, end);
}

function isWebPrefix(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === "http:" || url.protocol === "https:") && url.username === "" && url.password === "" && !/[?#]/.test(text);
}

const database = z
  .string()
  .trim()
  .default("file:.data/rebound.db")
  .transform((text, context): Database => {
    const path = sqlitePath(text);
    if (path !== null) return { kind: "sqlite", path };
    const address = isPostgresUrl(text) ? parsePostgresAddress(text) : null;
    if (address?.ok === true) return { kind: "postgres", url: text };
    context.addIssue({ code: "custom", message: address?.takes ?? "file:PATH, such as file:.data/rebound.db, or postgres://USER:PASSWORD@HOST:PORT/DATABASE" });
    return z.NEVER;
  });

function isPostgresUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === "postgres:" || url.protocol === "postgresql:") && (url.hostname !== "" || url.searchParams.has("host")) && url.pathname.length > 1;
}

/** `file:.data/rebound.db`, `file:/var/lib/rebound.db` and `file:///var/lib/rebound.db` → the path; else null. */
function sqlitePath(text: string): string | null {
  const path = /^file:(?:\/\/(?=\/))?(.+)$/.exec(text)?.[1];
  return path === undefined || path.startsWith("//") || path.startsWith(":") || path.includes("?") || path.endsWith("/") ? null : path;
}

/** Gmail asks Google's; the two others are what most people's networks ask. */
const PUBLIC_RESOLVERS = ["8.8.8.8", "1.1.1.1", "9.9.9.9"] as const;
const MOST_WATCH_RESOLVERS = 8;
const watchResolvers = dnsServersSchema.refine((servers) => servers === null || servers.length <= MOST_WATCH_RESOLVERS);

const nameServerAt = z
  .string()
  .trim()
  .optional()
  .refine((text) => text === undefined || parseServerEntry(text)?.match(/:\d+$/) != null, "ip:port or [v6]:port")
  .transform((text): string | null => text ?? null);

const environmentSchema = z.object({
  PORT: wholeNumber(0, 65_535, 3000),
  PUBLIC_URL: publicUrl,
  REBOUND_DNS_SERVERS: dnsServersSchema,
  REBOUND_DNS_QPS: wholeNumber(0, 1_000_000, 500),
  DATABASE_URL: database,
  REBOUND_RATE_LIMIT: wholeNumber(0, 1_000_000, 30),
  REBOUND_TRUST_PROXY: wholeNumber(0, 32, 0),
  REBOUND_REPORT_DAYS: wholeNumber(0, 36_500, 90),
  REBOUND_WATCH_RESOLVERS: watchResolvers,
  REBOUND_WATCH_INTERVAL_MS: wholeNumber(100, 60_000, 5000),
  REBOUND_NAME_SERVER_AT: nameServerAt,
  REBOUND_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"], { error: "debug, info, warn, error or silent" }).default("info"),
  REBOUND_METRICS: z.enum(["0", "1"], { error: "0 or 1" }).transform((text) => text === "1").default(false),
  ...mailVariables,
});

/** Every setting's name, for those who hand on an environment. */
export const ENVIRONMENT_VARIABLES: readonly string[] = Object.keys(environmentSchema.shape);

const SERVER_LIST = "a comma list of ip, ip:port or [v6]:port";

function faultLine(error: z.ZodError, given: Readonly<Record<string, string | undefined>>): string {
  const issue = error.issues[0];
  const name = String(issue?.path[0] ?? "");
  const accepted = name === "REBOUND_DNS_SERVERS" ? SERVER_LIST : name === "REBOUND_WATCH_RESOLVERS" ? `${SERVER_LIST}, ${MOST_WATCH_RESOLVERS} at most` : (issue?.message ?? "");
  // A database URL may hold a password.
  const value = name === "DATABASE_URL" ? withoutPassword(given[name] ?? "") : given[name];
  return `${name} is ${JSON.stringify(value)}; it takes ${accepted}.`;
}

function withoutPassword(url: string): string {
  const start = url.indexOf("//");
  const end = url.lastIndexOf("@");
  const told = start === -1 || end < start ? url : `${url.slice(0, start)}//…${url.slice(end)}`;
  return told.replace(/(password=)[^&]*/g, "$1…");
}
