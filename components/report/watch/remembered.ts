/** That this tab watches a report, across reloads. Where the browser keeps nothing for pages, a reload ends the watch. */

/** The server keeps what came of a watch a little longer. */
const RESULT_MS = 540_000;

const keyOf = (reportId: string) => `rebound.watch.${reportId}`;

export function rememberWatch(reportId: string): void {
  write((storage) => storage.setItem(keyOf(reportId), "on"));
}

/** It has ended: for a while a reload shows how. */
export function rememberEnd(reportId: string): void {
  write((storage) => {
    if (storage.getItem(keyOf(reportId)) === "on") storage.setItem(keyOf(reportId), String(Date.now()));
  });
}

export function forgetWatch(reportId: string): void {
  write((storage) => storage.removeItem(keyOf(reportId)));
}

export function isRemembered(reportId: string): boolean {
  try {
    const kept = sessionStorage.getItem(keyOf(reportId));
    return kept === "on" || (kept !== null && Date.now() - Number(kept) < RESULT_MS);
  } catch {
    return false;
  }
}

function write(change: (storage: Storage) => void): void {
  try {
    change(sessionStorage);
  } catch {
    // Storage is switched off.
  }
}
