/**
 * A `postgres://` URL, read as PostgreSQL's own libpq reads it where it speaks of TLS (its manual, "SSL Support"): the driver reads the same
 * words otherwise. What would leave a connection less safe than the URL asks for is refused, never passed over.
 */

export interface PostgresAddress {
  /** For the driver, without what is said of TLS. */
  readonly url: string;
  /** Null: in clear text, or over a socket of this machine. */
  readonly tls: PostgresTls | null;
}

export interface PostgresTls {
  /** `name`: that the certificate comes from a known authority, and is the host's. */
  readonly checks: "nothing" | "authority" | "name";
  /** `public`: those that Node brings. `system`: this machine's. */
  readonly authorities: "public" | "system" | { readonly file: string };
  /** The client's certificate and key, as PEM files. */
  readonly certFile: string | null;
  readonly keyFile: string | null;
  readonly keyPassword: string | null;
  /** TLS from the first octet on, as PostgreSQL 17 has it. */
  readonly isDirect: boolean;
}

/** `takes`: what `DATABASE_URL` may hold instead. */
export type PostgresAddressResult = { readonly ok: true; readonly address: PostgresAddress } | { readonly ok: false; readonly takes: string };

const OF_TLS = ["ssl", "sslmode", "sslrootcert", "sslcert", "sslkey", "sslpassword", "sslnegotiation", "channel_binding", "uselibpqcompat"];
/** They ask for checks that neither the driver nor Node's TLS makes as libpq does. */
const NOT_CHECKED = ["sslcrl", "sslcrldir", "ssl_min_protocol_version", "ssl_max_protocol_version", "requirepeer", "require_auth"];
const MODES = ["disable", "require", "verify-ca", "verify-full"] as const;
type Mode = (typeof MODES)[number];

export function parsePostgresAddress(text: string): PostgresAddressResult {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "postgres:" && url.protocol !== "postgresql:")) return { ok: false, takes: "postgres://USER:PASSWORD@HOST:PORT/DATABASE" };
  // As with libpq, of a word that is there twice the last counts.
  const said = new Map([...url.searchParams].filter(([, value]) => value !== ""));
  for (const name of OF_TLS) url.searchParams.delete(name);
  if (isSocket(url)) return { ok: true, address: { url: url.href, tls: null } };
  const mode = modeOf(said);
  if (mode === null) return { ok: false, takes: `sslmode=${MODES.slice(0, -1).join(", ")} or verify-full: with any other word a connection could go on in clear text` };
  const refused = NOT_CHECKED.find((name) => said.has(name)) ?? (said.get("gssencmode") === "require" ? "gssencmode=require" : undefined);
  if (refused !== undefined) return { ok: false, takes: `no ${refused}: it would not be kept to` };
  const takes = misfit(mode, said);
  return takes === null ? { ok: true, address: { url: url.href, tls: mode === "disable" ? null : tlsOf(mode, said) } } : { ok: false, takes };
}

/** Nothing leaves the machine there, and PostgreSQL has no TLS for it: libpq, too, passes over `sslmode`. */
function isSocket(url: URL): boolean {
  return (url.searchParams.get("host") ?? url.hostname.replace(/^%2f/i, "/")).startsWith("/");
}

function modeOf(said: ReadonlyMap<string, string>): Mode | null {
  const mode = said.get("sslmode");
  // The driver's own word for what libpq does at "require".
  if (mode === "no-verify") return "require";
  if (mode !== undefined) return MODES.find((known) => known === mode) ?? null;
  // Whoever names an authority wants the server checked against it.
  if (said.has("sslrootcert")) return "verify-full";
  const ssl = said.get("ssl") ?? "false";
  return ssl === "true" || ssl === "1" || ssl === "no-verify" ? "require" : ssl === "false" || ssl === "0" ? "disable" : null;
}

/** Words that do not go together; null when they do. */
function misfit(mode: Mode, said: ReadonlyMap<string, string>): string | null {
  const authority = said.get("sslrootcert");
  if (mode === "verify-ca" && authority === undefined) return "sslmode=verify-ca together with sslrootcert=FILE; without a file it takes sslmode=verify-full";
  if (authority === "system" && mode !== "verify-full") return "sslrootcert=system with sslmode=verify-full alone: public authorities give certificates to everybody";
  if (said.get("channel_binding") === "require" && mode !== "verify-full") return "channel_binding=require with sslmode=verify-full alone: the server is known by its certificate";
  if (said.has("sslcert") !== said.has("sslkey")) return "sslcert and sslkey together";
  const negotiation = said.get("sslnegotiation") ?? "postgres";
  if (negotiation !== "postgres" && negotiation !== "direct") return "sslnegotiation=postgres or direct";
  return negotiation === "direct" && mode === "disable" ? "sslnegotiation=direct with sslmode=require, verify-ca or verify-full" : null;
}

function tlsOf(mode: Exclude<Mode, "disable">, said: ReadonlyMap<string, string>): PostgresTls {
  const authority = said.get("sslrootcert");
  // libpq has it so since before there was "verify-ca": an authority that is named is asked.
  const checked = authority === undefined ? "nothing" : "authority";
  return {
    checks: mode === "verify-full" ? "name" : mode === "verify-ca" ? "authority" : checked,
    authorities: authority === undefined ? "public" : authority === "system" ? "system" : { file: authority },
    certFile: said.get("sslcert") ?? null,
    keyFile: said.get("sslkey") ?? null,
    keyPassword: said.get("sslpassword") ?? null,
    isDirect: said.get("sslnegotiation") === "direct",
  };
}
