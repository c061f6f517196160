/** Where a zone is edited: who runs its name servers, and how that panel wants a record typed. Data and matching; nothing is asked. */

export { DNS_HOSTS_CHECKED, type DnsHost, type DnsHostNote, type FormPanel } from "./dns-host.ts";
export { panelEntry, panelLine, type PanelEntry, type RecordToEnter } from "./entry.ts";
export { type Label, labelText } from "./label.ts";
export { DNS_HOSTS, dnsHostOf, type DnsHostFound } from "./recognise.ts";
