import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseZoneFile } from "../../../e2e/zone-file.ts";
import { reportSchema } from "../../../lib/diagnosis/report.ts";
import { LOCALES, translator } from "../../../lib/messages/translate.ts";
import { handOverTexts } from "./texts.ts";

const GOLDEN = "e2e/golden";
const REPORTS = readdirSync(GOLDEN).map((file) => [file, reportSchema.parse(JSON.parse(readFileSync(`${GOLDEN}/${file}`, "utf8")))] as const);

describe.each(LOCALES)("every sample report is handed over, %s", (locale) => {
  test.each(REPORTS)("%s", (_, report) => {
    const texts = new Map(handOverTexts(report, translator(locale)).map(({ form, text }) => [form, text]));
    const published = report.fixes.filter(({ type, action, value }) => type === "TXT" && action !== "ask-provider" && value !== null);
    for (const { value } of published) {
      expect(texts.get("markdown")?.split("\n")).toContain(value);
      expect(texts.get("plain")?.split("\n")).toContain(value);
    }
    for (const text of texts.values()) expect(text).not.toMatch(/undefined|\[object|<\/?(?:b|code|i)>/);

    const zoneFile = parseZoneFile(new TextEncoder().encode(texts.get("zoneFile") ?? ""), "snippet").records;
    const served = zoneFile.map((record) => ({ name: record.name, strings: record.type === "TXT" ? record.data.map((octets) => octets.toString("utf8")) : [] }));
    const names = [...new Set(published.map(({ name }) => name))];
    expect(served).toEqual(names.flatMap((name) => published.filter((fix) => fix.name === name)).map(({ name, strings }) => ({ name, strings })));

    // What stays at a name stands in the forms that write all of it.
    for (const name of names) {
      const gone = report.fixes.filter((fix) => fix.name === name).flatMap(({ replaces }) => replaces);
      const today = report.dns.answers.find((answer) => answer.type === "TXT" && answer.name === name)?.records ?? [];
      const alias = published.some((fix) => fix.name === name && fix.assumptions.includes("name-is-alias"));
      for (const record of alias ? [] : today.filter((text) => !gone.includes(text))) expect(texts.get("octodns")?.replaceAll(String.raw`\;`, ";")).toContain(record);
    }
  });
});
