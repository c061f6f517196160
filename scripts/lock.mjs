/** Two commands at once: the second waits while the first installs or builds. Runs with nothing installed. */

import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";

const LOOK_EVERY_MS = 200;
const BEAT_EVERY_MS = 5_000;
/** The holder touches its lock at each beat: one that was not touched for so long has no living holder. */
const DEAD_AFTER_MS = 60_000;

/** Runs `work` while holding the lock at `folder`, which only one process can make. `purpose` tells those who wait what for. */
export async function locked(folder, purpose, work) {
  await take(folder, purpose);
  const beat = setInterval(() => touch(folder), BEAT_EVERY_MS);
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.removeListener("exit", release);
    release();
  }
}

async function take(folder, purpose) {
  mkdirSync(dirname(folder), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      mkdirSync(folder);
      writeFileSync(join(folder, "pid"), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (isAbandoned(folder)) {
      discard(folder);
      continue;
    }
    if (!told) console.error(`Waiting for another command to ${purpose}…`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function isAbandoned(folder) {
  try {
    if (Date.now() - statSync(folder).mtimeMs > DEAD_AFTER_MS) return true;
    const pid = Number(readFileSync(join(folder, "pid"), "utf8"));
    if (pid > 0) process.kill(pid, 0);
    return false;
  } catch (error) {
    // ENOENT: just released, or its holder has not yet written its name. EPERM: somebody else's process, alive.
    return error.code === "ESRCH";
  }
}

/** Of several that find it abandoned, one succeeds in moving it away. */
function discard(folder) {
  const aside = `${folder}-${process.pid}`;
  try {
    renameSync(folder, aside);
    rmSync(aside, { recursive: true, force: true });
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
}

function touch(folder) {
  const now = new Date();
  try {
    utimesSync(folder, now, now);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
}
