/** A report in the forms in which it is handed on: a ticket, a mail, a zone file, Terraform, octoDNS. Pure: sentences come in already said. */

export { type TxtChange, txtChanges } from "./changes.ts";
export { dnsOf, dnsOfName, type ZoneDns } from "./dns-of.ts";
export { asMarkdown } from "./markdown.ts";
export type { Note, NoteChange, NoteField } from "./note.ts";
export { octodnsSnippet } from "./octodns.ts";
export { asPlainText } from "./plain-text.ts";
export type { SnippetWords } from "./snippet.ts";
export { type TerraformProvider, terraformProviderFor, terraformSnippet } from "./terraform.ts";
export { zoneFileSnippet } from "./zone-file.ts";
