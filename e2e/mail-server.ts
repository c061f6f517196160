/**
 * Postfix as people run it, signing with OpenDKIM, on loopback and in a folder of its own: no service of the system is touched. It hands
 * everything to one relay host. Mail from a domain with a footer passes a client that adds one after the signing, as gateways do.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "../scripts/app-server.ts";
import { run } from "../scripts/process.ts";

export interface MailServer {
  /** Takes mail from loopback, to any address. */
  readonly port: number;
  log(): string;
  stop(): Promise<void>;
}

export interface MailServerOptions {
  readonly name: string;
  /** All mail goes there, on loopback. */
  readonly relayPort: number;
  /** Whose mail is signed, selector `s1`. */
  readonly signs: readonly string[];
  readonly key: KeyObject;
  /** Whose mail gets a footer, behind the signature's back. */
  readonly footers: readonly string[];
}

export function signingKey(): KeyObject {
  return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
}

const START_WITHIN_MS = 20_000;

export async function startMailServer({ name, relayPort, signs, key, footers }: MailServerOptions): Promise<MailServer> {
  const folder = mkdtempSync(join(tmpdir(), "rebound-postfix-"));
  // Postfix's processes run as its own user.
  chmodSync(folder, 0o755);
  const [port, milterPort] = [await freePort(), await freePort()];
  const signer = startSigner(folder, milterPort, signs, key);
  mkdirSync(join(folder, "queue"));
  mkdirSync(join(folder, "data"));
  await run("chown", ["postfix", join(folder, "data")], { quiet: true });
  // Before the line of a blank that ends the body: Postfix looks up no empty line.
  writeFileSync(join(folder, "footer"), "/^ $/ PREPEND -- Sent by the footer gateway\n");
  writeFileSync(join(folder, "senders"), footers.map((domain) => `/@${domain.replaceAll(".", "\\.")}$/ footer:\n`).join(""));
  writeFileSync(join(folder, "main.cf"), mainSettings({ folder, name, relayPort, milterPort }));
  writeFileSync(join(folder, "master.cf"), services(port, folder));
  const postfix = spawn("/usr/sbin/postfix", ["-c", folder, "start-fg"], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [postfix.stdout, postfix.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  const log = () => said + (existsSync(join(folder, "log")) ? readFileSync(join(folder, "log"), "utf8") : "");
  const stop = async () => {
    await run("/usr/sbin/postfix", ["-c", folder, "stop"], { quiet: true });
    await Promise.all([ended(postfix), ended(signer)]);
    rmSync(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + START_WITHIN_MS;
  while (!(await isOpen(port)) || !(await isOpen(milterPort))) {
    if (Date.now() > deadline || postfix.exitCode !== null || signer.exitCode !== null) {
      const told = log();
      await stop();
      throw new Error(`The mail server did not start:\n${told}`);
    }
    await wait(50);
  }
  return { port, log, stop };
}

function mainSettings({ folder, name, relayPort, milterPort }: { folder: string; name: string; relayPort: number; milterPort: number }): string {
  return [
    "compatibility_level = 3.6",
    `queue_directory = ${folder}/queue`,
    `data_directory = ${folder}/data`,
    `maillog_file_prefixes = ${folder}`,
    `maillog_file = ${folder}/log`,
    `myhostname = ${name}`,
    "mydestination =",
    "alias_maps =",
    "local_recipient_maps =",
    "inet_interfaces = 127.0.0.1",
    "inet_protocols = ipv4",
    "mynetworks = 127.0.0.0/8",
    "smtpd_relay_restrictions = permit_mynetworks, reject",
    "smtpd_peername_lookup = no",
    `relayhost = [127.0.0.1]:${relayPort}`,
    `sender_dependent_default_transport_maps = regexp:${folder}/senders`,
    "smtp_tls_security_level = may",
    "smtp_tls_loglevel = 1",
    "disable_dns_lookups = yes",
    `smtpd_milters = inet:127.0.0.1:${milterPort}`,
    "milter_default_action = tempfail",
    "smtputf8_enable = yes",
    "",
  ].join("\n");
}

function services(port: number, folder: string): string {
  const unix = (service: string, wakeup: string, program: string, most = "-") => `${service} unix - - n ${wakeup} ${most} ${program}`;
  return [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    // Reached by commands of other users: not private.
    "pickup unix n - n 60 1 pickup",
    "cleanup unix n - n - 0 cleanup",
    "qmgr unix n - n 300 1 qmgr",
    unix("tlsmgr", "1000?", "tlsmgr", "1"),
    unix("rewrite", "-", "trivial-rewrite"),
    unix("bounce", "-", "bounce", "0"),
    unix("defer", "-", "bounce", "0"),
    unix("trace", "-", "bounce", "0"),
    unix("verify", "-", "verify", "1"),
    unix("proxymap", "-", "proxymap"),
    unix("smtp", "-", "smtp"),
    unix("relay", "-", "smtp"),
    `footer unix - - n - - smtp -o smtp_body_checks=regexp:${folder}/footer`,
    unix("error", "-", "error"),
    unix("retry", "-", "error"),
    unix("discard", "-", "discard"),
    unix("anvil", "-", "anvil", "1"),
    unix("scache", "-", "scache", "1"),
    "postlog unix-dgram n - n - 1 postlogd",
    "",
  ].join("\n");
}

function startSigner(folder: string, port: number, domains: readonly string[], key: KeyObject): ChildProcess {
  const at = (name: string) => join(folder, name);
  writeFileSync(at("key.pem"), key.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 });
  writeFileSync(at("keys"), domains.map((domain) => `s1.${domain} ${domain}:s1:${at("key.pem")}\n`).join(""));
  writeFileSync(at("signing"), domains.map((domain) => `${domain} s1.${domain}\n`).join(""));
  writeFileSync(at("opendkim.conf"), ["Mode s", `Socket inet:${port}@127.0.0.1`, `KeyTable ${at("keys")}`, `SigningTable ${at("signing")}`, "Canonicalization relaxed/relaxed", "Background no", "Syslog no", "RequireSafeKeys no", "UserID root", ""].join("\n"));
  return spawn("/usr/sbin/opendkim", ["-f", "-x", at("opendkim.conf")], { stdio: "ignore" });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  await Promise.race([gone, wait(5000)]);
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** A balancer in front of a port: everybody who comes through it comes from `source`, by the PROXY protocol. */
export async function balancer(source: string, toPort: number): Promise<{ readonly port: number; close(): Promise<void> }> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const behind = connect({ port: toPort, host: "127.0.0.1" });
    behind.write(`PROXY TCP4 ${source} 192.0.2.1 40000 25\r\n`);
    for (const [one, other] of [[client, behind], [behind, client]] as const) {
      open.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  return {
    port,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
