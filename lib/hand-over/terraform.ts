/**
 * The changes as Terraform resources, in the provider of the zone's DNS host. Route 53 and Google Cloud DNS hold all TXT
 * records of a name in one resource, so that what stays must stand in it as well; Cloudflare has a resource for each record.
 */

import { quotedText } from "../dns/master-text.ts";
import type { DnsHostFound } from "../providers/dns-hosts/index.ts";
import type { TxtChange } from "./changes.ts";
import { comment, notesOf, type SnippetWords, wholeSet } from "./snippet.ts";

export type TerraformProvider = "route53" | "cloudflare" | "google";

/** Route 53 where the host has no form of its own here: its resource is the one most readers know. */
export function terraformProviderFor(found: DnsHostFound): TerraformProvider {
  const ids = found.status === "one" ? [found.host.id] : found.status === "either" || found.status === "mixed" ? found.hosts.map(({ id }) => id) : [];
  if (ids.includes("cloudflare")) return "cloudflare";
  return ids.includes("google-cloud-dns") ? "google" : "route53";
}

export function terraformSnippet(changes: readonly TxtChange[], provider: TerraformProvider, words: SnippetWords): string {
  const blocks = changes.map((change) => [
    ...notesOf(change, words).map((note) => comment("#", note)),
    ...(change.remove.length === 0 ? [] : [comment("#", words.remove)]),
    ...change.remove.map((record) => comment("#", hclText(record))),
    ...resources(change, provider),
  ]);
  return [words.head.map((text) => comment("#", text)), ...blocks].map((lines) => `${lines.join("\n")}\n`).join("\n");
}

function resources(change: TxtChange, provider: TerraformProvider): readonly string[] {
  const label = `txt_${change.name.toLowerCase().replace(/[^a-z\d]/g, "_")}`;
  if (provider === "cloudflare") {
    return change.set.flatMap((strings, index) => [
      `resource "cloudflare_dns_record" "${label}${index === 0 ? "" : `_${index + 1}`}" {`,
      "  zone_id = var.zone_id",
      `  name    = ${hclText(change.name)}`,
      '  type    = "TXT"',
      `  content = ${hclText(strings.map(quotedText).join(" "))}`,
      `  ttl     = ${change.ttl}`,
      "}",
    ]);
  }
  const records = wholeSet(change);
  if (records.length === 0) return [];
  return provider === "google"
    ? [
        `resource "google_dns_record_set" "${label}" {`,
        "  managed_zone = var.managed_zone",
        `  name         = ${hclText(`${change.name}.`)}`,
        '  type         = "TXT"',
        `  ttl          = ${change.ttl}`,
        "  rrdatas = [",
        ...records.map((strings) => `    ${hclText(strings.map(quotedText).join(" "))},`),
        "  ]",
        "}",
      ]
    : [
        `resource "aws_route53_record" "${label}" {`,
        "  zone_id = var.zone_id",
        `  name    = ${hclText(change.name)}`,
        '  type    = "TXT"',
        `  ttl     = ${change.ttl}`,
        "  records = [",
        // The provider puts the outermost quotation marks itself, so that two strings meet as `""`.
        ...records.map((strings) => `    ${hclText(strings.map(route53Text).join('""'))},`),
        "  ]",
        "}",
      ];
}

/** Route 53 writes other octets than printable ASCII in octal. */
function route53Text(text: string): string {
  return Array.from(new TextEncoder().encode(text), (octet) => {
    const character = String.fromCharCode(octet);
    if (character === '"' || character === "\\") return `\\${character}`;
    return octet >= 0x20 && octet <= 0x7e ? character : `\\${octet.toString(8).padStart(3, "0")}`;
  }).join("");
}

/** A quoted template of HCL: `${` and `%{` begin an expression unless doubled. SPF macros have the second. */
export function hclText(text: string): string {
  const escaped = Array.from(text, (letter) => {
    if (letter === '"' || letter === "\\") return `\\${letter}`;
    const code = letter.codePointAt(0) ?? 0;
    if (code >= 0x20 && code <= 0x7e) return letter;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  }).join("");
  return `"${escaped.replace(/[$%](?=\{)/g, (mark) => mark + mark)}"`;
}
