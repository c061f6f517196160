/** The few calls of `Sql` over a store's own way to ask its database, where each call may end in a fault of its own. */

import type { Sql } from "./mail-tests.ts";
import type { Faulty } from "./report-store.ts";

type Values = readonly (string | number)[];

export interface Asking {
  run(text: string, values: Values): Promise<{ readonly changes: number } | Faulty>;
  row(text: string, values: Values): Promise<{ readonly row: unknown } | Faulty>;
}

/** Ends the work that it arose in; caught by `attempt` alone. */
class Faulted extends Error {
  readonly faulty: Faulty;
  constructor(faulty: Faulty) {
    super(faulty.fault.kind);
    this.faulty = faulty;
  }
}

export function sqlOver({ run, row }: Asking): Sql {
  return {
    run: async (text, values) => sound(await run(text, values)).changes,
    row: async (text, values) => sound(await row(text, values)).row,
    attempt: async (work) => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof Faulted) return error.faulty;
        return { status: "fault", fault: { kind: "corrupt", detail: error instanceof Error ? error.name : typeof error } };
      }
    },
  };
}

function sound<T extends object>(answer: T | Faulty): T {
  if ("fault" in answer) throw new Faulted(answer);
  return answer;
}
