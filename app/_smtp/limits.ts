/** How much one client, and all of them together, may take of the SMTP listener. */

export const SMTP_LIMITS = {
  /** RFC 1870; Gmail itself takes 25 MiB. */
  messageOctets: 25 * 1024 * 1024,
  /** Messages that are being received or judged, in all. */
  heldOctets: 64 * 1024 * 1024,
  connections: 50,
  connectionsOfOne: 5,
  /** Of one client in a minute. */
  connectionsPerMinute: 60,
  /** `MAIL` and `RCPT` of one connection: guessing at addresses is slow work. */
  envelopes: 20,
  commandOctets: 4096,
  idleMs: 60_000,
  sessionMs: 10 * 60_000,
  /** Messages judged at once; others wait, as their senders do. */
  judgings: 3,
} as const;
export type SmtpLimits = { readonly [Name in keyof typeof SMTP_LIMITS]: number };

/** Lets so many work at once; the others wait for their turn. */
export function turnstile(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = most;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

/** Counts connections by client: `enter` is false where there are too many of one. */
export function doorkeeper(most: number): { readonly enter: (client: string) => boolean; readonly leave: (client: string) => void } {
  const inside = new Map<string, number>();
  return {
    enter: (client) => {
      const count = inside.get(client) ?? 0;
      if (count >= most) return false;
      inside.set(client, count + 1);
      return true;
    },
    leave: (client) => {
      const count = (inside.get(client) ?? 1) - 1;
      if (count === 0) inside.delete(client);
      else inside.set(client, count);
    },
  };
}
