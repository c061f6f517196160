/**
 * Every provider that is recognised: the one list, its entries in `data/` by kind.
 *
 * To add one, add an entry with the provider's own help page as its source. A name goes into `includes`, and so may be
 * written into somebody's record, only when that page states it or unrelated published records carry it; when unsure,
 * leave the include out and let `includeSuffixes` recognise it. No host may belong to two entries.
 */

import { GATEWAYS } from "./data/gateways.ts";
import { HOSTING_COMPANIES } from "./data/hosting-companies.ts";
import { JAPANESE_HOSTING } from "./data/japanese-hosting.ts";
import { JAPANESE_SENDING } from "./data/japanese-sending.ts";
import { MAILBOX_PROVIDERS } from "./data/mailbox-providers.ts";
import { NEWSLETTER_SERVICES } from "./data/newsletter-services.ts";
import { TRANSACTIONAL_SERVICES } from "./data/transactional-services.ts";
import type { Provider } from "./provider.ts";

export const PROVIDERS: readonly Provider[] = [
  ...MAILBOX_PROVIDERS,
  ...HOSTING_COMPANIES,
  ...GATEWAYS,
  ...TRANSACTIONAL_SERVICES,
  ...NEWSLETTER_SERVICES,
  ...JAPANESE_HOSTING,
  ...JAPANESE_SENDING,
];
