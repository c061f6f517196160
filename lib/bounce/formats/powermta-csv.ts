/** PowerMTA's accounting file: a line of names, then a line for each delivery; the reply in `dsnDiag`, the address it was sent from in `dlvSourceIp`. */

import { domainOf, publicIp } from "./labels.ts";
import type { Format, Sighting } from "./format.ts";
import { domainsOf, withoutType } from "./json-events.ts";

const NAMES = /^(?:type|"type"),[^\n]{0,2000}\bdsnDiag\b/m;
const ROWS_MAX = 2000;

export const powermtaCsv: Format = {
  name: "powermta-csv",
  confidence: "high",
  detect: ({ text, parts }) => parts === null && NAMES.test(text),
  extract: ({ text }) => {
    const [head = "", ...rows] = text.slice(text.search(NAMES)).split("\n", ROWS_MAX);
    const names = cells(head);
    return rows.flatMap((row): Sighting[] => {
      const read = cells(row);
      const cell = (name: string): string => read[names.indexOf(name)] ?? "";
      const type = cell("type");
      if (cell("dsnDiag") === "" || !/^(?:b|t|rb|tq)$/.test(type)) return [];
      return [{
        reply: withoutType(cell("dsnDiag")),
        speaker: cell("dsnMta").split(" ", 1)[0]?.toLowerCase() || null,
        enhancedCode: /[45]\.\d{1,3}\.\d{1,3}/.exec(cell("dsnStatus"))?.[0] ?? null,
        permanent: type === "b" || type === "rb",
        mailFrom: domainOf(cell("orig")) ?? undefined,
        headerFrom: domainOf(cell("header_From")),
        ip: publicIp(cell("dlvSourceIp")),
        recipients: domainsOf([cell("rcpt"), cell("orcpt")]),
        time: cell("timeLogged") || null,
        queueId: cell("jobId") || null,
        namesAll: true,
      }];
    });
  },
};

/** RFC 4180: cells between commas, quoted where they hold one. */
function cells(row: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at <= row.length; ) {
    if (row[at] === '"') {
      let value = "";
      let end = at + 1;
      for (; end < row.length && (row[end] !== '"' || row[end + 1] === '"'); end += 1) {
        if (row[end] === '"') end += 1;
        value += row[end] ?? "";
      }
      found.push(value);
      const comma = row.indexOf(",", end);
      at = comma === -1 ? row.length + 1 : comma + 1;
    } else {
      const comma = row.indexOf(",", at);
      const end = comma === -1 ? row.length : comma;
      found.push(row.slice(at, end));
      at = end + 1;
    }
  }
  return found;
}
