/** Names that no public name server holds are answered here, without a question: they would show the operator's own network to whoever asks. */

import { isPrivateName } from "../address/index.ts";
import { canonicalName } from "./name.ts";
import type { RecordType, Resolver } from "./resolver.ts";

/**
 * `localhost`, `.local`, `.onion`, `home.arpa` and their like do not exist (`no-name`), as a receiver on the internet finds
 * (RFC 6761 section 6.3, RFC 6762 section 22.1, RFC 7686 section 2). Reverse names of private addresses pass: RFC 7208 may ask for them.
 */
export function publicNames(resolver: Resolver): Resolver {
  return {
    query<T extends RecordType>(asked: string, type: T) {
      const name = canonicalName(asked);
      return isPrivateName(name) ? Promise.resolve({ status: "no-name" as const, name, type, records: [] as const, ms: 0 }) : resolver.query(name, type);
    },
  };
}
