import { beforeEach, expect, test, vi } from "vitest";
import type { Report } from "../diagnosis/report.ts";
import type { ReportStore } from "./report-store.ts";
import { sampleReport } from "./sample-report.ts";
import { deleteTokenHash } from "./secrets.ts";
import { forgetUnsaved, keepUnsaved, saveUnsaved, unsavedFault, unsavedReport } from "./unsaved.ts";

const HASH = deleteTokenHash("token");
const FAULT = { status: "fault", fault: { kind: "disk-full", detail: "full" } } as const;

/** A store that takes reports or does not, as told. */
function fickle() {
  const saved: Report[] = [];
  const state = { works: false, saved };
  const never = () => Promise.resolve(FAULT);
  const store: ReportStore = {
    save: async (report) => {
      if (!state.works) return FAULT;
      saved.push(report);
      return { status: "saved" };
    },
    load: never,
    has: never,
    remove: never,
    removeExpired: never,
    ping: never,
  };
  return { state, store };
}

beforeEach(() => {
  clearInterval(globalThis.reboundUnsaved?.timer ?? undefined);
  globalThis.reboundUnsaved = undefined;
});

test("a report that could not be saved is there, and is saved later, once, the oldest first", async () => {
  const { state, store } = fickle();
  const reports = [sampleReport({ deleteToken: "token" }), sampleReport()];
  for (const report of reports) keepUnsaved(report, HASH, FAULT.fault, () => store);
  const [first, second] = reports.map(({ deleteToken: _, ...report }) => report);
  expect(unsavedReport(first?.id ?? "")).toEqual(first);
  expect(await saveUnsaved(store)).toEqual(FAULT);
  expect(unsavedFault()).toEqual(FAULT.fault);
  expect(unsavedReport(first?.id ?? "")).toEqual(first);
  state.works = true;
  expect(await Promise.all([saveUnsaved(store), saveUnsaved(store)])).toEqual([{ status: "saved" }, { status: "absent" }]);
  expect(state.saved).toEqual([first, second]);
  expect(unsavedReport(first?.id ?? "")).toBeNull();
  expect(unsavedFault()).toBeNull();
  expect(globalThis.reboundUnsaved).toMatchObject({ size: 0, timer: null });
});

test("is tried by itself, every few seconds, until it is saved", async () => {
  vi.useFakeTimers();
  try {
    const { state, store } = fickle();
    keepUnsaved(sampleReport(), HASH, FAULT.fault, () => store);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(state.saved).toHaveLength(0);
    state.works = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(state.saved).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test("one alone is saved when it is asked for", async () => {
  const { state, store } = fickle();
  const [one, other] = [sampleReport(), sampleReport()];
  for (const report of [one, other]) keepUnsaved(report, HASH, FAULT.fault, () => store);
  state.works = true;
  expect(await saveUnsaved(store, other.id)).toEqual({ status: "saved" });
  expect(state.saved).toEqual([other]);
  expect(await saveUnsaved(store, other.id)).toEqual({ status: "absent" });
  expect(unsavedReport(one.id)).toEqual(one);
});

test("whoever made it may take it away, and nobody else", async () => {
  const { state, store } = fickle();
  const report = sampleReport();
  keepUnsaved(report, HASH, FAULT.fault, () => store);
  expect(await forgetUnsaved(report.id, "another")).toBe("wrong-token");
  expect(await forgetUnsaved(report.id, "token")).toBe("removed");
  expect(await forgetUnsaved(report.id, "token")).toBe("absent");
  state.works = true;
  expect(await saveUnsaved(store)).toEqual({ status: "absent" });
  expect(state.saved).toEqual([]);
});

test("one that is being saved is not taken away half-way", async () => {
  const { state, store } = fickle();
  const report = sampleReport();
  keepUnsaved(report, HASH, FAULT.fault, () => store);
  state.works = true;
  const saving = saveUnsaved(store);
  expect(await forgetUnsaved(report.id, "token")).toBe("absent");
  expect(await saving).toEqual({ status: "saved" });
});

test("the oldest give way", () => {
  const { store } = fickle();
  const reports = Array.from({ length: 520 }, () => sampleReport());
  for (const report of reports) keepUnsaved(report, HASH, FAULT.fault, () => store);
  expect(reports.filter(({ id }) => unsavedReport(id) !== null)).toEqual(reports.slice(20));
});
