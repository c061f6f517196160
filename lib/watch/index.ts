/**
 * "Watch the change": from the records that a report proposes to "they are live", server by server.
 *
 * `targets.ts` says what is waited for, `read.ts` what one answer means, `watch.ts` is the whole watch as one value: what was
 * heard so far, whom to ask when, and when it is over. Nothing here asks or waits: the clock and the answers are handed in.
 */

export { readRecords, type RecordState } from "./read.ts";
export { type WatchResult, type WatchState, watchStateSchema } from "./state.ts";
export { type Target, targetsOf } from "./targets.ts";
export { begin, dueAt, duePlaces, type Ending, ending, hear, type Heard, MOST_RESOLVERS, type Place, shownServers, type Timing, timingOf, type Watch, type WatchedServer } from "./watch.ts";
