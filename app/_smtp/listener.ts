/**
 * Takes test mails over SMTP (RFC 5321), and nothing else: one recipient, an address that was given out and is waiting. It sends no mail,
 * relays none, and refuses nobody for failing authentication, since that is what people want to see.
 *
 * `smtp-server` speaks the protocol: it ends a message at <CR><LF>.<CR><LF> alone, so that nothing can be smuggled behind a bare line end.
 */

import { readFileSync } from "node:fs";
import { TLSSocket } from "node:tls";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import { parseIp } from "../../lib/address/index.ts";
import type { Environment } from "../../lib/environment/index.ts";
import { type ReceivedMail, tokenOfAddress } from "../../lib/mail-test/index.ts";
import { environment } from "../../lib/environment/index.ts";
import { reportStore } from "../../lib/store/index.ts";
import { takeTurn } from "../../lib/store/rate-limit.ts";
import { logFault } from "../_http/log.ts";
import { addressKey } from "../_http/client-address.ts";
import { doorkeeper, SMTP_LIMITS, type SmtpLimits, turnstile } from "./limits.ts";
import { isWaiting, takeMail, type Taking } from "./take-mail.ts";

export interface SmtpListener {
  close(): Promise<void>;
}

type MailSettings = NonNullable<Environment["mail"]>;

/** What is remembered of one connection. */
interface Visit {
  readonly client: string;
  readonly end: NodeJS.Timeout;
  envelopes: number;
  token: string | null;
  tls: ReceivedMail["tls"];
}

/** Resolves once it listens; rejects, with one line for the operator, when the port or a file cannot be had. */
export async function listenForMail({ domain, port, tls, trustProxy }: MailSettings, limits: SmtpLimits = SMTP_LIMITS): Promise<SmtpListener> {
  const visits = new Map<string, Visit>();
  const door = doorkeeper(limits.connectionsOfOne);
  const inTurn = turnstile(limits.judgings);
  let held = 0;

  const server = new SMTPServer({
    name: domain,
    banner: "Rebound takes test mails",
    size: limits.messageOctets,
    rejectOversized: true,
    maxClients: limits.connections,
    socketTimeout: limits.idleMs,
    closeTimeout: 1000,
    authOptional: true,
    disabledCommands: ["AUTH", "VRFY", "HELP", "XCLIENT", "XFORWARD", "WIZ", "SHELL", "KILL", ...(tls === null ? ["STARTTLS"] : [])],
    hideSTARTTLS: tls === null,
    hideENHANCEDSTATUSCODES: false,
    disableReverseLookup: true,
    // Odd senders are to be seen, not refused; whom we take mail for is decided by one strict pattern.
    lenientAddressParsing: true,
    maxRecipients: 1,
    maxCommandLength: limits.commandOctets,
    useProxy: trustProxy.length === 0 ? false : [...trustProxy],
    logger: false,
    ...(tls === null ? {} : certificate(tls)),

    onConnect: (session, answer) => {
      const client = addressKey(session.remoteAddress);
      if (!door.enter(client)) return answer(reply(421, "Too many connections from your address, try again later"));
      const end = setTimeout(() => cutOff(session), limits.sessionMs).unref();
      visits.set(session.id, { client, end, envelopes: 0, token: null, tls: null });
      void takeTurn(reportStore(environment()).shared, { purpose: "smtp", client, perMinute: limits.connectionsPerMinute }).then(
        (turn) => answer(turn.ok ? undefined : reply(421, "Too many connections from your address, try again in a minute")),
        (error: unknown) => unforeseen(error, answer),
      );
    },
    onSecure: (socket, session, answer) => {
      const visit = visits.get(session.id);
      if (visit !== undefined && socket instanceof TLSSocket) visit.tls = { protocol: socket.getProtocol() ?? "", cipher: socket.getCipher().name };
      answer();
    },
    onMailFrom: (_, session, answer) => {
      const visit = visits.get(session.id);
      if (visit !== undefined) visit.token = null;
      answer(tooMany(visit, limits.envelopes) ?? undefined);
    },
    onRcptTo: ({ address }, session, answer) => {
      const visit = visits.get(session.id);
      const refused = tooMany(visit, limits.envelopes);
      if (refused !== null) return answer(refused);
      const token = tokenOfAddress(address, domain);
      if (token === null || visit === undefined) return answer(reply(550, "No such address here; this server relays nothing"));
      void isWaiting(token).then(
        (state) => {
          if (state === "waiting") visit.token = token;
          answer(state === "waiting" ? undefined : state === "later" ? BUSY : reply(550, "This test address is unknown, used or no longer valid"));
        },
        (error: unknown) => unforeseen(error, answer),
      );
    },
    onData: (stream, session, answer) => {
      void received(stream).then(async ({ octets, release }) => {
        try {
          if (octets === null) return answer(BUSY);
          const mail = mailOf(session, octets);
          const token = visits.get(session.id)?.token ?? null;
          if (mail === null || token === null) return answer(BUSY);
          const taking = await inTurn(() => takeMail(token, mail));
          const [refused, text] = ANSWERS[taking];
          return answer(refused, text);
        } catch (error) {
          return unforeseen(error, answer);
        } finally {
          release();
        }
      });
    },
    onClose: (session) => {
      const visit = visits.get(session.id);
      if (visit === undefined) return;
      clearTimeout(visit.end);
      door.leave(visit.client);
      visits.delete(session.id);
    },
  });

  /** The whole message; null where it is too long, broke off, or there is no room for it now. `release` gives its room back. */
  function received(stream: SMTPServerDataStream): Promise<{ readonly octets: Uint8Array | null; readonly release: () => void }> {
    let chunks: Buffer[] = [];
    let own = 0;
    let whole = true;
    const release = (): void => {
      held -= own;
      own = 0;
      chunks = [];
    };
    stream.on("data", (chunk: Buffer) => {
      if (!whole) return;
      if (stream.sizeExceeded || held + chunk.length > limits.heldOctets) {
        whole = false;
        return release();
      }
      held += chunk.length;
      own += chunk.length;
      chunks.push(chunk);
    });
    return new Promise((resolve) => {
      const done = (octets: Uint8Array | null) => resolve({ octets, release });
      stream.once("end", () => done(whole ? Buffer.concat(chunks) : null));
      stream.once("error", () => done(null));
      stream.once("close", () => done(null));
    });
  }

  function mailOf({ id, remoteAddress, hostNameAppearsAs, envelope }: SMTPServerSession, octets: Uint8Array): ReceivedMail | null {
    const ip = parseIp(remoteAddress);
    const from = envelope.mailFrom;
    if (ip === null || from === false) return null;
    return { ip, helo: hostNameAppearsAs, mailFrom: from.address, tls: visits.get(id)?.tls ?? null, tlsOffered: tls !== null, octets };
  }

  function cutOff({ id }: SMTPServerSession): void {
    for (const connection of server.connections) if (connection.id === id) connection.send(421, "Session took too long");
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(new Error(`REBOUND_SMTP_PORT is ${port}: ${error.message}.`)));
    server.listen(port, resolve);
  });
  // Clients that break off are their own affair.
  server.on("error", () => undefined);
  const renewal = tls === null ? null : setInterval(() => renew(server, tls), RENEWED_EVERY_MS).unref();
  return {
    close: () => {
      if (renewal !== null) clearInterval(renewal);
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function unforeseen(error: unknown, answer: (refused: Error) => void): void {
  logFault(error);
  answer(BUSY);
}

function tooMany(visit: Visit | undefined, most: number): Error | null {
  if (visit === undefined) return BUSY;
  visit.envelopes += 1;
  return visit.envelopes > most ? reply(421, "Too many commands") : null;
}

function reply(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

const BUSY = reply(451, "Cannot take the mail now, try again in a minute");

const ANSWERS: Readonly<Record<Taking, readonly [refused: Error | null, text?: string]>> = {
  judged: [null, "Judged: the page that gave you this address shows the report"],
  refused: [reply(550, "This test address is unknown, used or no longer valid")],
  nobody: [reply(554, "Neither From:, the envelope nor the greeting names a domain that could be judged")],
  later: [BUSY],
};

/** Certificates are renewed in their files; a restart is not needed. */
const RENEWED_EVERY_MS = 60 * 60_000;

function certificate({ certFile, keyFile }: NonNullable<MailSettings["tls"]>): { readonly cert: Buffer; readonly key: Buffer } {
  return { cert: readFileSync(certFile), key: readFileSync(keyFile) };
}

function renew(server: SMTPServer, files: NonNullable<MailSettings["tls"]>): void {
  try {
    server.updateSecureContext(certificate(files));
  } catch (error) {
    console.error(`REBOUND_SMTP_CERT: ${error instanceof Error ? error.message : String(error)}; the former certificate stays in use.`);
  }
}
