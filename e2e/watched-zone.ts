/** A zone whose answers are soon forgotten, so that a change is seen at once. */

import type { ZoneSource } from "./dns-server.ts";

/** `more`: lines beside those that every sender has. */
export function watchedZone(domain: string, spf: string, more = ""): readonly ZoneSource[] {
  return [
    {
      master: `$TTL 1
$ORIGIN ${domain}.
@ SOA ns1.zone-host.test. hostmaster.zone-host.test. 1 7200 3600 1209600 1
  NS ns1.zone-host.test.
  A 192.0.2.15
  MX 10 mail
  TXT "${spf}"
mail A 192.0.2.15
_dmarc TXT "v=DMARC1; p=none"
ns1.zone-host.test. A 198.51.100.53
15.2.0.192.in-addr.arpa. PTR mail.${domain}.
${more}
`,
    },
  ];
}
