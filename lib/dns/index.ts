/**
 * DNS: one question in, one `Answer` out, every way to fail told apart. The only room of lib, with the store, that talks to the world.
 *
 * `diagnosisResolver` is what a diagnosis works with; the layers it is made of stand in files of their own.
 */

export type { DirectQuestions, ServerReply } from "./direct.ts";
export { evidenceResolver } from "./evidence.ts";
export { overlay, type OverlaidTxt } from "./overlay.ts";
export { type Progress, recording, type RecordingHooks, type RecordingResolver } from "./recording.ts";
export { type Answer, type DnsFailure, type DnsStatus, isAbsent, isUnanswered, type RecordType, type Resolver, txtValue } from "./resolver.ts";
export { diagnosisResolver, type DiagnosisResolver, type DiagnosisResolverOptions } from "./servers.ts";
