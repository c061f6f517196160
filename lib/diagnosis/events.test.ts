import { describe, expect, test } from "vitest";
import { recording } from "../dns/recording.ts";
import type { Answer, RecordType, Resolver } from "../dns/resolver.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { diagnose } from "./diagnose.ts";
import { type DiagnosisEvent, diagnosisEventSchema, LIVE_AREAS, type Report } from "./report.ts";
import { areaState } from "./score.ts";

const SHOP: Zone = {
  "shop.test": { TXT: ["v=spf1 ip4:192.0.2.0/24 include:_spf.partner.test -all"], MX: [[10, "mail.shop.test"]] },
  "mail.shop.test": { A: ["203.0.113.7"] },
  "7.113.0.203.in-addr.arpa": { PTR: ["mail.shop.test"] },
  "_spf.partner.test": { TXT: ["v=spf1 ip4:198.51.100.0/24 -all"] },
  "_dmarc.shop.test": { TXT: ["v=DMARC1; p=quarantine"] },
  "s1._domainkey.shop.test": { TXT: ["v=DKIM1; p="] },
};

async function eventsOf(resolver: Resolver, heard: (events: readonly DiagnosisEvent[]) => void = () => undefined): Promise<{ readonly events: DiagnosisEvent[]; readonly report: Report }> {
  const events: DiagnosisEvent[] = [];
  const onEvent = (event: DiagnosisEvent) => {
    events.push(diagnosisEventSchema.parse(event));
    heard(events);
  };
  const outcome = await diagnose(
    { input: "shop.test", sendingIp: "203.0.113.7", selectors: ["s1"] },
    { dns: (hooks) => ({ ...recording(resolver, hooks), servers: ["127.0.0.1:53"], close: () => undefined }), id: "AAAAAAAAAAAAAAAAAAAAAA", url: "http://localhost/r/x", now: new Date(0), expiresAt: null, onEvent },
  );
  if (!outcome.ok) throw new Error(outcome.error.code);
  return { events, report: outcome.report };
}

function holding(resolver: Resolver, hold: (name: string) => Promise<void> | null): Resolver {
  return {
    async query<T extends RecordType>(name: string, type: T): Promise<Answer<T>> {
      await hold(name);
      return resolver.query(name, type);
    },
  };
}

/** "spf-found, spf-allows-not", by area, in the order in which they were told. */
function told(events: readonly DiagnosisEvent[]): string[] {
  return events.flatMap((event) => (event.event === "area" ? [`${event.area}: ${event.facts.map(({ code, params }) => [code, ...Object.values(params)].join(" ")).join(", ")}`] : []));
}

describe("what is told while a diagnosis is made", () => {
  test.each<[what: string, change: Zone, facts: string[]]>([
    ["all is there", {}, ["dkim: dkim-keys 1", "dmarc: dmarc-policy quarantine", "spf: spf-found 1, spf-allows-not 203.0.113.7", "transport: mx 1, ptr-confirmed"]],
    ["the sender is listed", { "shop.test": { TXT: ["v=spf1 mx -all"], MX: [[10, "mail.shop.test"]] } }, ["dkim: dkim-keys 1", "dmarc: dmarc-policy quarantine", "spf: spf-found 1, spf-allows 203.0.113.7", "transport: mx 1, ptr-confirmed"]],
    ["nothing is there", { "shop.test": { A: ["192.0.2.1"] }, "_dmarc.shop.test": {}, "s1._domainkey.shop.test": {}, "7.113.0.203.in-addr.arpa": {} }, ["dkim: dkim-none 1", "dmarc: dmarc-none", "spf: spf-none", "transport: mx 1, ptr-missing"]],
    ["two SPF records, a null MX", { "shop.test": { TXT: ["v=spf1 -all", "v=spf1 mx -all"], MX: [[0, "."]] } }, ["dkim: dkim-keys 1", "dmarc: dmarc-policy quarantine", "spf: spf-several 2", "transport: mx-null, ptr-confirmed"]],
    ["a broken record", { "shop.test": { TXT: ["v=spf1 ip4:300.1.1.1 -all"], MX: [[10, "mail.shop.test"]] } }, ["dkim: dkim-keys 1", "dmarc: dmarc-policy quarantine", "spf: spf-found 0, spf-unusable", "transport: mx 1, ptr-confirmed"]],
    ["no answers", { "shop.test": { fail: "timeout" }, "_dmarc.shop.test": { fail: "server-failure" }, "s1._domainkey.shop.test": { fail: "timeout" }, "7.113.0.203.in-addr.arpa": { fail: "refused" } }, ["dkim: dkim-unanswered", "dmarc: dmarc-unanswered", "spf: spf-unanswered", "transport: mx-unanswered, ptr-unanswered"]],
    ["an include without an answer", { "_spf.partner.test": { fail: "timeout" } }, ["dkim: dkim-keys 1", "dmarc: dmarc-policy quarantine", "spf: spf-found 1, spf-part-unanswered", "transport: mx 1, ptr-confirmed"]],
  ])("%s", async (_what, change, facts) => {
    const { events, report } = await eventsOf(zone({ ...SHOP, ...change }));
    expect(told(events).sort()).toEqual(facts);
    const places = (kind: DiagnosisEvent["event"]) => events.flatMap((event, index) => (event.event === kind ? [index] : []));
    expect(Math.max(...places("area"))).toBeLessThan(Math.min(...places("verdict")));
    // What is told ahead is what the report then says.
    expect(events.flatMap((event) => (event.event === "verdict" ? [event.verdict] : []))).toEqual([report.verdict]);
    expect(events.flatMap((event) => (event.event === "score" ? [[event.area, event.score]] : []))).toEqual(LIVE_AREAS.map((area) => [area, area === "transport" ? null : report.scores[area]]));
  });

  test("each area as soon as its own answers are in", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const { events } = await eventsOf(
      holding(zone(SHOP), (name) => (name === "_spf.partner.test" ? held : null)),
      // Did SPF hold the others up, this would never end.
      (heard) => told(heard).length === 3 && release(),
    );
    const areas = events.flatMap((event) => (event.event === "area" ? [event.area] : []));
    expect(areas.at(-1)).toBe("spf");
    expect([...areas].sort()).toEqual([...LIVE_AREAS].sort());
  });
});

describe("an area in one word", () => {
  const found = (...severities: Report["findings"][number]["severity"][]) => severities.map((severity) => ({ area: "spf" as const, severity }));
  test.each<[number | null | undefined, Report["findings"][number]["severity"][], string]>([
    [100, ["pass", "info"], "pass"],
    [40, ["pass", "warning", "critical"], "critical"],
    [80, ["unknown", "warning"], "warning"],
    [100, ["unknown", "info"], "unknown"],
    [null, ["critical"], "unknown"],
    [undefined, ["unknown"], "unknown"],
    [undefined, [], "pass"],
  ])("%s, %j: %s", (points, severities, state) => {
    expect(areaState("spf", points, [...found(...severities), { area: "dmarc", severity: "critical" }])).toBe(state);
  });
});
