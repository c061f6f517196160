/**
 * How much is done at once. Past what the machine can do, more at once makes everybody wait longer and nobody sooner: so a few
 * are let in, some wait at the door, and the rest are told at once when to come back.
 */

export interface Door {
  /** Null: no room, and none soon. Whoever is let in calls `leave` once. */
  enter(signal?: AbortSignal): Promise<{ readonly leave: () => void } | null>;
  readonly inside: number;
  readonly waiting: number;
}

export interface DoorOptions {
  readonly atOnce: number;
  /** How many may wait at the door. */
  readonly queue: number;
  readonly patienceMs: number;
}

export function openDoor({ atOnce, queue, patienceMs }: DoorOptions): Door {
  const waiting = new Set<() => void>();
  let inside = 0;
  const place = () => {
    let left = false;
    return {
      leave: () => {
        if (left) return;
        left = true;
        inside -= 1;
        const [next] = waiting;
        next?.();
      },
    };
  };
  return {
    enter: (signal) => {
      if (signal?.aborted === true) return Promise.resolve(null);
      if (inside < atOnce) {
        inside += 1;
        return Promise.resolve(place());
      }
      if (waiting.size >= queue) return Promise.resolve(null);
      return new Promise((resolve) => {
        const end = (outcome: ReturnType<typeof place> | null) => {
          waiting.delete(letIn);
          clearTimeout(timer);
          signal?.removeEventListener("abort", giveUp);
          resolve(outcome);
        };
        const giveUp = () => end(null);
        const letIn = () => {
          inside += 1;
          end(place());
        };
        const timer = setTimeout(giveUp, patienceMs);
        signal?.addEventListener("abort", giveUp);
        waiting.add(letIn);
      });
    },
    get inside() {
      return inside;
    },
    get waiting() {
      return waiting.size;
    },
  };
}

/** A diagnosis is mostly waiting for DNS; what it computes takes about 20 ms of one core. */
const DIAGNOSES: DoorOptions = { atOnce: 48, queue: 1000, patienceMs: 4000 };
/** Drawing a page is all computing: more at once than this only share the one thread. */
const DRAWINGS: DoorOptions = { atOnce: 4, queue: 1000, patienceMs: 4000 };
/** What whoever is turned away is told. */
export const COME_BACK_SECONDS = 5;

declare global {
  var reboundDoors: { readonly diagnoses: Door; readonly drawings: Door } | undefined;
}

/** One set for the process, however often Next loads this module. */
export function doors(): { readonly diagnoses: Door; readonly drawings: Door } {
  return (globalThis.reboundDoors ??= { diagnoses: openDoor(DIAGNOSES), drawings: openDoor(DRAWINGS) });
}
