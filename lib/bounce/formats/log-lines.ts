/** Lines of a mail log: wrapped ones joined again, each with the queue id that ties a message's lines together. */

export interface LogLine {
  readonly queueId: string | null;
  readonly text: string;
  /** Its stamp, as written. */
  readonly time: string | null;
}

const STAMP = /^(?:<\d{1,3}>)?\S{0,40}\s?(?:[A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:\d{2}:\d{2}|\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2})/;
const TIME = /[A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:\d{2}:\d{2}|\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?: ?(?:[+-]\d{2}:?\d{2}|Z))?/;
const START = /^(?:postfix[\w/.-]*\[|[\w.-]{1,60} postfix[\w/.-]*\[|[\w-]{6,24}: (?:to|from|host|client|message-id)[= ]|\d\w{5}-\w{6,11}-\w{2,4} )/;
const QUEUE_ID = /(?:^|\s)([0-9A-F]{5,16}|[0-9A-Za-z]{10,24}): (?=[a-z_]{2,20}=|host |lost |connect|conversation|warning|SMTP|SYSERR|\w{14}: )/;
const EXIM_ID = /\b(\d[0-9A-Za-z]{5}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4})\b/;

export function logLines(text: string): readonly LogLine[] {
  const lines = text.split("\n");
  const starts = lines.some((line) => STAMP.test(line)) ? STAMP : START;
  const joined: string[][] = [];
  for (const line of lines) {
    if (joined.length === 0 || starts.test(line)) joined.push([line]);
    else joined.at(-1)?.push(line);
  }
  return joined.map((pieces) => {
    const whole = pieces.join("\n");
    return { text: whole, time: TIME.exec(whole.slice(0, 100))?.[0] ?? null, queueId: EXIM_ID.exec(whole.slice(0, 200))?.[1] ?? QUEUE_ID.exec(whole.slice(0, 300))?.[1] ?? null };
  });
}
