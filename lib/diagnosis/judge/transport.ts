/** Where the domain receives mail, and what the sending address is called. */

import { reverseName } from "../../address/index.ts";
import type { Assessment } from "../assessment.ts";
import { finding, unanswered } from "../finding.ts";
import type { Finding } from "../report.ts";

/** Of many hosts in trouble the first few say it all. */
const MOST_HOSTS_TOLD = 3;

export function judgeTransport(assessment: Assessment): Finding[] {
  return [...mxFindings(assessment), ...ptrFindings(assessment)];
}

function mxFindings({ subject: { domain }, mx, indexOf, servers }: Assessment): Finding[] {
  const evidence = [indexOf(domain, "MX")];
  const server = servers.join(", ");
  switch (mx.status) {
    case "mx":
    case "implicit": {
      const unresolved = mx.hosts.filter((host) => host.status === "unresolved").slice(0, MOST_HOSTS_TOLD);
      const unseen = mx.hosts.filter((host) => host.status === "unanswered").slice(0, MOST_HOSTS_TOLD);
      const failed = unseen.map(({ host, failure }) => unanswered("transport", { name: host, type: failure?.type ?? "A", status: failure?.status ?? "timeout", server }, [indexOf(host, failure?.type ?? "A")]));
      return [
        finding("transport.mx", { domain, count: mx.hosts.length }, evidence),
        ...unresolved.map(({ host }) => finding("transport.mx-unresolved", { domain, host }, [...evidence, indexOf(host, "A"), indexOf(host, "AAAA")])),
        ...failed,
      ];
    }
    case "null-mx":
      return [finding("transport.null-mx", { domain }, evidence)];
    case "none":
    case "no-domain":
      return [finding("transport.mx-missing", { domain }, evidence)];
    case "unanswered":
      return [unanswered("transport", { name: mx.name, type: mx.type, status: mx.failure, server }, [indexOf(mx.name, mx.type)])];
  }
}

function ptrFindings({ ptr, indexOf, servers }: Assessment): Finding[] {
  if (ptr === null) return [];
  const evidence = [indexOf(reverseName(ptr.ip), "PTR"), ...ptr.names.flatMap((name) => [indexOf(name, "A"), indexOf(name, "AAAA")])];
  switch (ptr.status) {
    case "confirmed":
      return [finding("transport.ptr-confirmed", { ip: ptr.ip, name: ptr.confirmedNames[0] }, evidence)];
    case "unconfirmed":
      return [finding("transport.ptr-unconfirmed", { ip: ptr.ip, names: ptr.names.join(", ") }, evidence)];
    case "missing":
      return [finding("transport.ptr-missing", { ip: ptr.ip }, evidence)];
    case "unanswered":
      return [unanswered("transport", { name: ptr.name, type: ptr.type, status: ptr.failure, server: servers.join(", ") }, [indexOf(ptr.name, ptr.type)])];
  }
}
