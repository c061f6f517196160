/**
 * Transport: the hosts that mail travels between, before anybody reads it.
 *
 * MX records say where a domain receives mail. The reverse name (PTR) of the sending address says who holds that address,
 * and counts when the name leads back to it: Gmail asks for that of every sender. From both, and from what HELO and the
 * returned `Received` lines say, `looksLikeStranger` tells the sender's own server from a forwarder's. DNS only: no host
 * is connected to. RFC 5321 section 5.1, RFC 7505, RFC 1912 section 2.1.
 */

export { isNetworkGivenName } from "./generic-name.ts";
export { type HeloLookUp, lookUpHelo } from "./helo.ts";
export { lookUpMtaSts, MTA_STS_ERRORS, type MtaStsLookUp } from "./mta-sts.ts";
export { lookUpMx, MX_HOSTS_MAX, type MxHost, type MxLookUp } from "./mx.ts";
export { lookUpPtr, PTR_NAMES_MAX, type PtrLookUp } from "./ptr.ts";
export { lookUpTlsRpt, TLS_RPT_ERRORS, type TlsRptLookUp } from "./tls-rpt.ts";
export { looksLikeStranger, type Relay, type StrangerEvidence, type StrangerVerdict } from "./stranger.ts";
