/** The names of Gmail's requirements, in the order in which they are shown: all senders' first. */

export const REQUIREMENTS = ["spf-or-dkim", "ptr", "tls", "message-form", "not-gmail", "spam-rate", "arc", "spf-and-dkim", "dmarc", "alignment", "one-click"] as const;
export type RequirementCode = (typeof REQUIREMENTS)[number];
/** `bulk`: of those who send more than 5,000 messages a day to personal Gmail accounts. */
export const REQUIREMENT_SCOPES = ["all", "bulk"] as const;
export const REQUIREMENT_STATES = ["met", "not-met", "not-seen"] as const;
export type RequirementState = (typeof REQUIREMENT_STATES)[number];
