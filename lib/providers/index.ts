/**
 * Who sends mail for whom. A company's mail often leaves from a provider's servers; the provider shows in the `include:`
 * terms of the SPF record, in the reverse name of the sending address, in the MX hosts, in the DKIM selectors.
 *
 * Pure data and matching; nothing is asked. Reverse names are written by whoever holds the address, so a match by PTR
 * counts for no more than the forward confirmation behind it. To add a provider, see `providers.ts`.
 */

export type { Provider } from "./provider.ts";
export { PROVIDERS } from "./providers.ts";
export { providerByDkimCname, providerByInclude, providerByMx, providerByPtr, providerBySelector, providersOfRecord, selectorsOf } from "./recognise.ts";
