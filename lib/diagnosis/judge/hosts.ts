/** How the sending host is called and greets, and what the domain says of TLS to those who send to it. */

import { reverseName } from "../../address/index.ts";
import { providerByPtr } from "../../providers/index.ts";
import { isNetworkGivenName } from "../../transport/index.ts";
import type { Assessment } from "../assessment.ts";
import { finding, unanswered } from "../finding.ts";
import type { Finding } from "../report.ts";

export function judgeHosts(assessment: Assessment): Finding[] {
  return [...nameFindings(assessment), ...heloFindings(assessment), ...mtaStsFindings(assessment), ...tlsRptFindings(assessment)];
}

/** Beside a name that is missing or unconfirmed these are small change. */
function nameFindings({ ptr, indexOf }: Assessment): Finding[] {
  if (ptr === null || ptr.status !== "confirmed") return [];
  const evidence = [indexOf(reverseName(ptr.ip), "PTR")];
  const several = ptr.names.length > 1 ? [finding("transport.ptr-several", { ip: ptr.ip, names: ptr.names.join(", "), count: ptr.names.length }, evidence)] : [];
  const own = ptr.names.some((name) => !isNetworkGivenName(name, ptr.ip));
  // A mail provider's servers are known by their company, whatever they are called.
  const generic = own || providerByPtr([...ptr.names]) !== null ? [] : [finding("transport.ptr-generic", { ip: ptr.ip, name: ptr.confirmedNames[0] }, evidence)];
  return [...several, ...generic];
}

/** RFC 5321 section 4.1.4: it is to be a name that leads to an address, and mail must not be refused for that alone: so it is told, and costs nothing. */
function heloFindings({ helo, subject, ptr, indexOf, servers }: Assessment): Finding[] {
  if (helo === null) return [];
  const evidence = [indexOf(helo.helo, "A"), indexOf(helo.helo, "AAAA")];
  switch (helo.status) {
    case "ok": {
      const isReverseName = ptr?.names.includes(helo.helo.toLowerCase().replace(/\.$/, "")) === true;
      const differs = helo.matches === false && subject.sendingIp !== null && !isReverseName;
      return differs ? [finding("transport.helo-differs", { name: helo.helo, ip: subject.sendingIp }, evidence)] : [];
    }
    case "unresolved":
    case "local":
    case "literal":
      return [finding("transport.helo-unresolved", { name: helo.helo, reason: helo.status }, evidence)];
    case "unanswered":
      return [unanswered("transport", { name: helo.helo, type: helo.type, status: helo.failure, server: servers.join(", ") }, [indexOf(helo.helo, helo.type)])];
  }
}

/** That most domains have no MTA-STS is no finding, and a failed question for one that nobody missed is none either. */
function mtaStsFindings({ subject: { domain }, mtaSts, indexOf }: Assessment): Finding[] {
  const evidence = [indexOf(mtaSts.name, "TXT")];
  switch (mtaSts.status) {
    case "valid": {
      const { host } = mtaSts;
      const hosted = [...evidence, indexOf(host.name, "A"), indexOf(host.name, "AAAA")];
      if (host.addresses.length > 0) return [finding("transport.mta-sts", { domain, host: host.name }, hosted)];
      return host.failure === null ? [finding("transport.mta-sts-host", { domain, host: host.name }, hosted)] : [];
    }
    case "invalid":
      return [finding("transport.mta-sts-invalid", { domain, name: mtaSts.name, reason: mtaSts.error }, evidence)];
    case "none":
    case "unanswered":
      return [];
  }
}

function tlsRptFindings({ subject: { domain }, tlsRpt, indexOf }: Assessment): Finding[] {
  const evidence = [indexOf(tlsRpt.name, "TXT")];
  if (tlsRpt.status === "valid") return [finding("transport.tls-rpt", { domain }, evidence)];
  return tlsRpt.status === "invalid" ? [finding("transport.tls-rpt-invalid", { domain, name: tlsRpt.name, reason: tlsRpt.error }, evidence)] : [];
}
