import { describe, expect, test } from "vitest";
import { placeOf, routeOf } from "./log.ts";

describe("a route is told by its name", () => {
  test.each([
    ["http://localhost:3000/api/diagnoses", "/api/diagnoses"],
    ["http://localhost:3000/api/diagnoses/abcdefgh?x=secret", "/api/diagnoses/{id}"],
    ["http://localhost:3000/api/diagnoses/abcdefgh/recheck", "/api/diagnoses/{id}/recheck"],
    ["http://localhost:3000/submit/file", "/submit/file"],
    ["http://localhost:3000/api/secret.example", "other"],
    ["/r/secret", "other"],
    ["::", "other"],
  ])("%s", (url, route) => expect(routeOf(url)).toBe(route));
});

test("a fault is told by where it arose, never by what it says", () => {
  const error = new TypeError("cannot read bounce of someone@shop.example\nat secret.example");
  const place = placeOf(error);
  expect(place.name).toBe("TypeError");
  expect(place.frames.length).toBeGreaterThan(0);
  expect(JSON.stringify(place)).not.toMatch(/someone|cannot read|secret/);
  expect(placeOf("someone@shop.example")).toEqual({ name: "string", frames: [] });
});
