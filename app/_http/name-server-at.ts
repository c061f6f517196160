/** Where a zone's own servers are asked. */

import type { IpAddress } from "../../lib/address/index.ts";
import { environment } from "../../lib/environment/index.ts";

/** Undefined: at their own addresses, as far as those are out on the internet. Else, for tests and the demo, all of them at the one place that the setting names. */
export function nameServerAt(): ((address: IpAddress) => string | null) | undefined {
  const at = environment().nameServerAt;
  return at === null ? undefined : () => at;
}
