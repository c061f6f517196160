import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { openDoor } from "./admission.ts";

const LONG = 60_000;

describe("a door", () => {
  test("lets in as many as it has room for; who leaves makes room for the first who waits", async () => {
    const door = openDoor({ atOnce: 2, queue: 2, patienceMs: LONG });
    const [first, second] = [await door.enter(), await door.enter()];
    const order: string[] = [];
    const third = door.enter().then((place) => (order.push("third"), place));
    const fourth = door.enter().then((place) => (order.push("fourth"), place));
    expect([door.inside, door.waiting]).toEqual([2, 2]);
    expect(await door.enter()).toBeNull();
    first?.leave();
    first?.leave();
    await third;
    expect([door.inside, door.waiting]).toEqual([2, 1]);
    second?.leave();
    await fourth;
    expect(order).toEqual(["third", "fourth"]);
    for (const place of [await third, await fourth]) place?.leave();
    expect([door.inside, door.waiting]).toEqual([0, 0]);
  });

  test("who has waited long enough is told that there is no room", async () => {
    const door = openDoor({ atOnce: 1, queue: 5, patienceMs: 5 });
    const first = await door.enter();
    expect(await door.enter()).toBeNull();
    expect(door.waiting).toBe(0);
    first?.leave();
    expect(await door.enter()).not.toBeNull();
  });

  test("who goes away while waiting takes no place", async () => {
    const door = openDoor({ atOnce: 1, queue: 5, patienceMs: LONG });
    const first = await door.enter();
    const gone = new AbortController();
    const second = door.enter(gone.signal);
    const third = door.enter();
    gone.abort();
    expect(await second).toBeNull();
    first?.leave();
    expect(await third).not.toBeNull();
    expect(await door.enter(gone.signal)).toBeNull();
    await wait(0);
    expect([door.inside, door.waiting]).toEqual([1, 0]);
  });
});
