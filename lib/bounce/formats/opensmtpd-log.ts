/** OpenSMTPD: `mta delivery evpid=… from=<…> to=<…> source="…" relay="…" result="PermFail" stat="550-5.7.26 …"`. */

import { reversePath } from "../headers.ts";
import type { Format } from "./format.ts";
import { domainOf, publicIp } from "./labels.ts";

const DELIVERY = /\bevpid=([0-9a-f]{8,16})\s([^"]{0,700}"[^"]{0,700}"[^"]{0,700}"[^"]{0,700}"[^"]{0,200}?)\bresult="?(PermFail|TempFail)"? stat="?([^"]{0,3000})/g;

export const opensmtpdLog: Format = {
  name: "opensmtpd-log",
  confidence: "high",
  detect: ({ text, parts }) => parts === null && /\bevpid=[0-9a-f]{8,16} /.test(text) && /\bresult="?(?:PermFail|TempFail)/.test(text),
  extract: ({ text }) =>
    [...text.matchAll(DELIVERY)].map(([, envelope = "", fields = "", result, stat = ""]) => ({
      reply: stat.replace(/"\s{0,4}$/, ""),
      speaker: /\brelay="?[^"]{0,60}\(([\w.-]{3,255})\)/.exec(fields)?.[1]?.toLowerCase() ?? null,
      permanent: result === "PermFail",
      mailFrom: reversePath(/\bfrom=(<[^<>\n]{0,320}>)/.exec(fields)?.[1]),
      // The address that its own end of the connection had; behind a translation of addresses that is a private one.
      ip: publicIp(/\bsource="?([\da-f.:]{3,45})/i.exec(fields)?.[1]),
      recipients: [domainOf(/\bto=<([^<>\n]{3,320})>/.exec(fields)?.[1] ?? "") ?? ""],
      queueId: envelope,
      namesAll: true,
    })),
};
