/**
 * DKIM: the sender's server signs each message, and the receiver checks the signature with a public key from the sender's DNS.
 *
 * A signature names its domain (`d=`) and a selector (`s=`); the key is the TXT record at `{selector}._domainkey.{domain}`.
 * Whoever knows no selector cannot look for keys: DNS does not list them. This room reads key records, asks for them, mends them,
 * and verifies whole messages. RFC 6376; key lengths by RFC 8301, Ed25519 by RFC 8463, the chain of forwarders by RFC 8617.
 */

export { type ArcChain } from "./arc.ts";
export { type MethodResult, resultsBy } from "./authentication-results.ts";
export { KEY_RECORD_ERRORS, type KeyRecord, type KeyRecordError, type KeyRecordErrorCode, type KeyRecordResult, parseKeyRecord } from "./key-record.ts";
export { type DkimKeyFinding, type DkimKeyStatus, KEY_PLACEMENT_FAULTS, lookUpKey, lookUpKeys, type Misplaced, RSA_BITS_ADVISED, RSA_BITS_MIN, unmadeSelector } from "./look-up.ts";
export { characterStrings, joinKeyRecord, mendKeyRecord } from "./mend.ts";
export { type Message, readingsOf, valuesOf } from "./message.ts";
export { GUESSES_MAX, keyName, parseSelector, type SelectorResult, type SelectorSource, selectorsToTry, type SelectorToTry } from "./selectors.ts";
export { type MessageVerification, SIGNATURE_RESULTS, type SignatureResult, type SignatureVerification, SIGNATURES_MAX, verifyArrived, verifyMessage } from "./verify.ts";
