/** qmail's log: blanks of the reply are underscores; `info msg N … from <…>` names the sender, `starting delivery D: msg N` ties them. */

import { reversePath, type ReversePath } from "../headers.ts";
import type { Format } from "./format.ts";
import { domainOf } from "./labels.ts";

const DELIVERY = /\bdelivery (\d{1,12}): (failure|deferral):\s{1,3}(\S{10,4000})/g;

export const qmailLog: Format = {
  name: "qmail-log",
  confidence: "high",
  detect: ({ text, parts }) => parts === null && /\bdelivery \d{1,12}: (?:failure|deferral):\s{1,3}\S{0,300}_/.test(text),
  extract: ({ text }) => {
    const senders = new Map<string, ReversePath>();
    for (const [, message = "", sender = ""] of text.matchAll(/\binfo msg (\d{1,20}): bytes \d{1,12} from (<[^<>\n]{0,320}>)/g)) senders.set(message, reversePath(sender));
    const started = new Map<string, { readonly message: string; readonly recipient: string }>();
    for (const [, delivery = "", message = "", recipient = ""] of text.matchAll(/\bstarting delivery (\d{1,12}): msg (\d{1,20}) to (?:remote|local) (\S{1,320})/g)) started.set(delivery, { message, recipient });
    return [...text.matchAll(DELIVERY)].flatMap(([, delivery = "", result, written = ""]) => {
      const words = written.replaceAll("_", " ");
      const reply = /Remote host said: ([45]\d\d[\s\S]{0,3900}?)\/?$/.exec(words)?.[1];
      const began = started.get(delivery);
      return reply === undefined ? [] : [{ reply, permanent: result === "failure", mailFrom: senders.get(began?.message ?? ""), recipients: [domainOf(began?.recipient ?? "") ?? ""], queueId: began?.message ?? null, namesAll: true }];
    });
  },
};
