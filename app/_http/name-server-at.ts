/** The resolver that the settings make, and where a zone's own servers are asked. */

import type { IpAddress } from "../../lib/address/index.ts";
import { diagnosisResolver, type DiagnosisResolver, type DiagnosisResolverOptions } from "../../lib/dns/index.ts";
import { environment } from "../../lib/environment/index.ts";

/** For whatever becomes a report: asked by form, over SMTP or for a watch, all see the same DNS. */
export function resolverAsSet<Step extends string = string>(options: Omit<DiagnosisResolverOptions<Step>, "servers" | "nameServerAt">): DiagnosisResolver<Step> {
  return diagnosisResolver({ ...options, servers: environment().dnsServers, nameServerAt: nameServerAt() });
}

/** Undefined: at their own addresses, as far as those are out on the internet. Else, for tests and the demo, all of them at the one place that the setting names. */
export function nameServerAt(): ((address: IpAddress) => string | null) | undefined {
  const at = environment().nameServerAt;
  return at === null ? undefined : () => at;
}
