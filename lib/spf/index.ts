/**
 * SPF (RFC 7208): which hosts may send mail as a domain, published as one TXT record.
 *
 * `record.ts` reads and writes records, `check-host.ts` is the RFC's check_host() for one message, `tree.ts` unfolds a whole
 * record for reading and counting when no message is at hand, `authorised.ts` lists the networks that a record lets send,
 * and `correct/` mends a record.
 */

export { checkHost, type CheckHostOptions, type CheckHostRequest } from "./check-host.ts";
export { LOOKUP_LIMIT, VOID_LOOKUP_LIMIT } from "./evaluation.ts";
export { formatSpfRecord, formatTerm, isDirective, parseSpfRecord, selectSpfRecords } from "./record.ts";
export { unfold } from "./tree.ts";
export { type RunningCount, runningCounts } from "./tree-count.ts";
export { type DecidedSender, matchingBranch } from "./tree-match.ts";
