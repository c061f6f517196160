/** Test mails: an address that takes one mail, and what that mail proves. The listener is in `app/_smtp`, the judging in `lib/diagnosis`. */

export { arrivedMessage, type ReceivedMail } from "./arrival.ts";
export { isTestId, newTestId, testAddress, tokenHash, tokenOf, tokenOfAddress } from "./token.ts";
