export { GMAIL_REPLIES, type GmailReply } from "./gmail-replies.ts";
export { read, type ReadingRequest } from "./read.ts";
export { BOUNCE_RULES, type Bounce, type BounceRule, type Claim, type Reading, READING_ERRORS, type ReadingInput, type ReadingNote, type Signature, type Subject } from "./reading.ts";
