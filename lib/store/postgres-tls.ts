/** TLS to PostgreSQL: what the URL asks for, in the words of Node's TLS. The driver never goes on in clear text where TLS was asked for. */

import { readFileSync } from "node:fs";
import { type ConnectionOptions, getCACertificates } from "node:tls";
import type { PostgresTls } from "../environment/index.ts";

/** For the driver's pool. Throws, in one line, when a file cannot be read. */
export function tlsOptions({ checks, authorities, certFile, keyFile, keyPassword, isDirect }: PostgresTls): { readonly ssl: ConnectionOptions; readonly sslnegotiation?: "direct" } {
  const ssl: ConnectionOptions = {
    rejectUnauthorized: checks !== "nothing",
    ...(checks === "name" ? {} : { checkServerIdentity: () => undefined }),
    ...(authorities === "public" ? {} : { ca: authorities === "system" ? getCACertificates("system") : pem("sslrootcert", authorities.file) }),
    ...(certFile === null ? {} : { cert: pem("sslcert", certFile) }),
    ...(keyFile === null ? {} : { key: pem("sslkey", keyFile) }),
    ...(keyPassword === null ? {} : { passphrase: keyPassword }),
  };
  return isDirect ? { ssl, sslnegotiation: "direct" } : { ssl };
}

function pem(name: string, file: string): string {
  try {
    const text = readFileSync(file, "utf8");
    if (text.includes("-----BEGIN ")) return text;
  } catch (error) {
    throw new Error(`${name}=${file} in DATABASE_URL cannot be read: ${error instanceof Error && "code" in error ? String(error.code) : String(error)}`);
  }
  // Node would take it for a list of no authorities, and say only that the server's is unknown.
  throw new Error(`${name}=${file} in DATABASE_URL is no PEM file`);
}

/** What OpenSSL says of a chain that it does not accept, by its own names, and Node of a name. */
const OF_CERTIFICATES = /^(?:ERR_TLS_CERT_|CERT_|UNABLE_TO_|(?:DEPTH_ZERO_)?SELF_SIGNED_CERT|INVALID_(?:CA|PURPOSE)$|HOSTNAME_MISMATCH$|PATH_LENGTH_EXCEEDED$)/;

/** In words that say what to look at; null for an error of another kind. */
export function certificateFault(code: string): string | null {
  return OF_CERTIFICATES.test(code) ? "the database server's certificate is not accepted (sslmode and sslrootcert in DATABASE_URL):" : null;
}
