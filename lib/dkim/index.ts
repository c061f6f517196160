/**
 * DKIM: the sender's server signs each message, and the receiver checks the signature with a public key from the sender's DNS.
 *
 * A signature names its domain (`d=`) and a selector (`s=`); the key is the TXT record at `{selector}._domainkey.{domain}`.
 * Whoever knows no selector cannot look for keys: DNS does not list them. This room reads key records, asks for them, and
 * says whether a receiver could use them. It opens no message. RFC 6376; key lengths by RFC 8301, Ed25519 by RFC 8463.
 */

export { KEY_RECORD_ERRORS, type KeyRecord, type KeyRecordError, type KeyRecordErrorCode, type KeyRecordResult, parseKeyRecord } from "./key-record.ts";
export { type DkimKeyFinding, type DkimKeyStatus, lookUpKey, RSA_BITS_ADVISED, RSA_BITS_MIN } from "./look-up.ts";
export { GUESSES_MAX, keyName, parseSelector, type SelectorResult, type SelectorSource, selectorsToTry, type SelectorToTry } from "./selectors.ts";
