/** For tests: a client that says exactly what it is told, octet for octet, as no honest mailer would. */

import { connect, type Socket } from "node:net";

export interface SmtpClient {
  /** Sends the line (or raw octets), and gives the reply to it, all its lines. */
  say(line: string): Promise<string>;
  /** Sends octets and waits for nothing. */
  write(octets: string | Uint8Array): void;
  /** The next reply. */
  heard(): Promise<string>;
  /** Whether the server has hung up. */
  ended(): boolean;
  close(): void;
}

/** Resolves with the greeting. `first` goes out before it, as a balancer's PROXY header does. */
export async function smtpClient(port: number, first = ""): Promise<{ readonly client: SmtpClient; readonly greeting: string }> {
  const socket: Socket = connect({ port, host: "127.0.0.1" });
  if (first !== "") socket.write(first);
  let text = "";
  let over = false;
  let wake = () => undefined;
  socket.setEncoding("latin1");
  const woken = () => void wake();
  socket.on("data", (chunk: string) => {
    text += chunk;
    woken();
  });
  for (const event of ["end", "close", "error"] as const)
    socket.on(event, () => {
      over = true;
      woken();
    });
  const heard = async (): Promise<string> => {
    for (;;) {
      const reply = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\n/.exec(text)?.[0];
      if (reply !== undefined) {
        text = text.slice(reply.length);
        return reply.trimEnd();
      }
      if (over) return "";
      await new Promise<void>((resolve) => {
        wake = () => {
          resolve();
          return undefined;
        };
      });
    }
  };
  const client: SmtpClient = {
    say: (line) => {
      socket.write(line.endsWith("\n") ? line : `${line}\r\n`, "latin1");
      return heard();
    },
    write: (octets) => void socket.write(octets),
    heard,
    ended: () => over,
    close: () => socket.destroy(),
  };
  return { client, greeting: await heard() };
}
