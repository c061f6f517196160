import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backends, type Place } from "./backends.ts";
import { type MailTest, type NewMailTest, takesMail } from "./mail-tests.ts";
import type { Store } from "./report-store.ts";

let clock = Date.parse("2026-11-25T12:00:00Z");
const minutes = (number: number) => number * 60_000;

function newTest(tokenHash: string): NewMailTest {
  return { tokenHash, reportId: "r".repeat(22), deleteTokenHash: "d".repeat(64), origin: "https://rebound.example.com", createdAt: new Date(clock), expiresAt: new Date(clock + minutes(60)) };
}

async function found({ mailTests }: Store, tokenHash: string): Promise<MailTest> {
  const answer = await mailTests.find(tokenHash);
  if (answer.status !== "found") throw new Error(answer.status);
  return answer.test;
}

const now = () => new Date(clock);

for (const backend of backends()) {
  describe.skipIf(!backend.available)(backend.name, () => {
    beforeAll(() => backend.start());
    afterAll(() => backend.stop());

    test("an address waits, is taken once, and is used up", async () => {
      const store = (await backend.place()).open(now);
      expect(await store.mailTests.open(newTest("a"))).toEqual({ status: "opened" });
      const waiting = await found(store, "a");
      expect(waiting).toEqual({ ...newTest("a"), takenAt: null, judgedAt: null });
      expect(takesMail(waiting, new Date(clock))).toBe(true);
      expect(await store.mailTests.take("a")).toEqual({ status: "taken", test: { ...newTest("a"), takenAt: new Date(clock), judgedAt: null } });
      expect(takesMail(await found(store, "a"), new Date(clock))).toBe(false);
      expect(await store.mailTests.take("a")).toEqual({ status: "refused" });
      await store.mailTests.settle("a");
      clock += minutes(10);
      expect(await store.mailTests.take("a")).toEqual({ status: "refused" });
      await store.mailTests.release("a");
      expect(await store.mailTests.take("a")).toEqual({ status: "refused" });
      expect((await found(store, "a")).judgedAt).not.toBeNull();
      await store.close();
    });

    test("an address may be opened again, as after a fault that hid how the first time ended", async () => {
      const store = (await backend.place()).open(now);
      for (let time = 0; time < 2; time += 1) expect(await store.mailTests.open(newTest("again"))).toEqual({ status: "opened" });
      expect(await found(store, "again")).toEqual({ ...newTest("again"), takenAt: null, judgedAt: null });
      await store.close();
    });

    test("of two processes that ask at once, one takes it", async () => {
      const place: Place = await backend.place();
      const [one, other] = [place.open(now), place.open(now)];
      await one.mailTests.open(newTest("b"));
      const answers = await Promise.all([one.mailTests.take("b"), other.mailTests.take("b")]);
      expect(answers.map(({ status }) => status).sort()).toEqual(["refused", "taken"]);
      await one.close();
      await other.close();
    });

    test("what was released, or held by a process that died, is taken again", async () => {
      const store = (await backend.place()).open(now);
      await store.mailTests.open(newTest("c"));
      await store.mailTests.take("c");
      await store.mailTests.release("c");
      expect((await store.mailTests.take("c")).status).toBe("taken");
      clock += minutes(3);
      expect(takesMail(await found(store, "c"), new Date(clock))).toBe(true);
      expect((await store.mailTests.take("c")).status).toBe("taken");
      await store.close();
    });

    test("nothing is taken by strangers' tokens, or after an hour; a day later it is gone", async () => {
      const store = (await backend.place()).open(now);
      await store.mailTests.open(newTest("d"));
      expect(await store.mailTests.take("nobody")).toEqual({ status: "refused" });
      expect(await store.mailTests.find("nobody")).toEqual({ status: "absent" });
      clock += minutes(60);
      expect(await store.mailTests.take("d")).toEqual({ status: "refused" });
      expect(takesMail(await found(store, "d"), new Date(clock))).toBe(false);
      await store.mailTests.removeExpired();
      expect((await store.mailTests.find("d")).status).toBe("found");
      clock += minutes(24 * 60 + 1);
      await store.mailTests.removeExpired();
      expect((await store.mailTests.find("d")).status).toBe("absent");
      await store.close();
    });

    test("a fault of the database is a value", async () => {
      const store = (await backend.place()).open(now);
      await store.close();
      for (const answer of [await store.mailTests.open(newTest("e")), await store.mailTests.find("e"), await store.mailTests.take("e")]) expect(answer.status).toBe("fault");
    });
  });
}
