import { expect, test } from "vitest";
import { overlay } from "./overlay.ts";
import { zone } from "./zone.ts";

const today = { "bakery.test": { TXT: ["v=spf1 -all", "site-verification=1"], A: ["192.0.2.1"] }, "other.test": { TXT: ["v=spf1 mx -all"] } };

test("the proposed record stands alone at its name, whatever the case or final dot; everything else passes through", async () => {
  const asked: string[] = [];
  const laid = overlay(zone(today, asked), { name: "Bakery.TEST.", txt: ["v=spf1 ip4:192.0.2.9 -all"] });
  expect(await laid.query("bakery.test.", "TXT")).toEqual({ status: "ok", name: "bakery.test", type: "TXT", records: [["v=spf1 ip4:192.0.2.9 -all"]], ms: 0 });
  expect((await laid.query("bakery.test", "A")).records).toEqual(["192.0.2.1"]);
  expect((await laid.query("other.test", "TXT")).records).toEqual([["v=spf1 mx -all"]]);
  expect((await laid.query("www.bakery.test", "TXT")).status).toBe("no-name");
  expect(asked).toEqual(["A bakery.test", "TXT other.test", "TXT www.bakery.test"]);
});

test("several names at once; no values means that the record is taken away", async () => {
  const laid = overlay(zone(today), [{ name: "bakery.test", txt: [] }, { name: "new.test", txt: ["v=spf1 -all", "v=spf1 ~all"] }]);
  expect(await laid.query("bakery.test", "TXT")).toMatchObject({ status: "no-data", records: [] });
  expect((await laid.query("new.test", "TXT")).records).toEqual([["v=spf1 -all"], ["v=spf1 ~all"]]);
});
