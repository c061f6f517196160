/**
 * Addresses that web sites share: content delivery networks and site builders answer for very many customers' sites from
 * them, and no customer's mail leaves from there. Such an address gets into an SPF record by `a`, when the site moves behind one.
 *
 * Only ranges that their holders publish for this use. Left out where mail is sent from the same range: whoever is named here is named for certain.
 */

import { bytesOf, sharesPrefix } from "../spf/network.ts";

export interface WebFront {
  readonly name: string;
  readonly networks: readonly string[];
}

export const WEB_FRONTS: readonly WebFront[] = [
  {
    name: "Cloudflare",
    networks: [
      "173.245.48.0/20", "103.21.244.0/22", "103.22.200.0/22", "103.31.4.0/22", "141.101.64.0/18", "108.162.192.0/18", "190.93.240.0/20", "188.114.96.0/20", "197.234.240.0/22", "198.41.128.0/17",
      "162.158.0.0/15", "104.16.0.0/13", "104.24.0.0/14", "172.64.0.0/13", "131.0.72.0/22", "2400:cb00::/32", "2606:4700::/32", "2803:f800::/32",
    ],
  },
  {
    name: "Fastly",
    networks: [
      "23.235.32.0/20", "43.249.72.0/22", "103.244.50.0/24", "103.245.222.0/23", "103.245.224.0/24", "104.156.80.0/20", "140.248.64.0/18", "140.248.128.0/17", "146.75.0.0/17", "151.101.0.0/16",
      "157.52.64.0/18", "167.82.0.0/17", "172.111.64.0/18", "185.31.16.0/22", "199.27.72.0/21", "199.232.0.0/16", "2a04:4e40::/32", "2a04:4e42::/32",
    ],
  },
  { name: "GitHub Pages", networks: ["185.199.108.0/22", "2606:50c0:8000::/46"] },
  { name: "Squarespace", networks: ["198.185.159.144/31", "198.49.23.144/31"] },
  { name: "Shopify", networks: ["23.227.38.0/24"] },
  { name: "Vercel", networks: ["76.76.21.0/24"] },
  { name: "WordPress.com", networks: ["192.0.78.0/24"] },
  { name: "Wix", networks: ["185.230.63.0/24"] },
];

interface Range {
  readonly name: string;
  readonly first: readonly number[];
  readonly prefix: number;
}

/** Read once: a hostile record asks for thousands of addresses. */
const RANGES: readonly Range[] = WEB_FRONTS.flatMap(({ name, networks }) => networks.flatMap((network) => rangeOf(name, network) ?? []));

/** Whose front the network (`192.0.2.1/32`, or wider) lies in, whole; null when it is none that is known. */
export function webFrontOf(network: string): string | null {
  const asked = rangeOf("", network);
  if (asked === null) return null;
  return RANGES.find(({ first, prefix }) => asked.prefix >= prefix && sharesPrefix(asked.first, first, prefix))?.name ?? null;
}

function rangeOf(name: string, network: string): Range | null {
  const [address = "", prefix = ""] = network.split("/");
  const first = bytesOf(address);
  return first === null ? null : { name, first, prefix: prefix === "" ? first.length * 8 : Number(prefix) };
}
