/** Reverse names that a network gives to all its addresses: they say whose the network is, not who sends mail from it. */

import { type IpAddress, ipBytes, organizationalDomain, parseDomain } from "../address/index.ts";

const POOL_WORDS = new Set([
  "static", "dynamic", "dyn", "pool", "pools", "dsl", "adsl", "vdsl", "xdsl", "dhcp", "cable", "ppp", "pppoe", "broadband", "fiber", "fibre", "ftth", "cust", "customer", "customers", "client", "clients",
  "compute", "vps", "vds", "vm", "cloud", "dedicated", "unassigned", "unused", "nat", "ip", "ipv4", "ipv6", "node", "rev", "reverse", "revip", "bc",
]);

/** `ec2-203-0-113-7.compute-1.amazonaws.com`, `7.113.0.203.static.isp.example`, `host7.dsl.isp.example`. Looks at the labels before `organization`. */
export function isGenericName(name: string, organization: string, ip: IpAddress): boolean {
  const host = name.slice(0, Math.max(0, name.length - organization.length)).toLowerCase();
  return embedsAddress(host, ip) || words(host).some((word) => POOL_WORDS.has(word)) || /^(?:host|ip|vps|server|srv|[shdp])-?\d{3,}\.?$/.test(host);
}

/** Networks that give each address a name which does not spell it out in full. */
const NETWORKS = ["amazonaws.com", "bc.googleusercontent.com", "linodeusercontent.com", "vultrusercontent.com", "contaboserver.net", "clients.your-server.de"];

/**
 * The name was made from the address, or stands where a hosting network names its addresses: nobody chose it for mail. Narrower
 * than `isGenericName`, because it is held against the sender.
 */
export function isNetworkGivenName(name: string, ip: IpAddress): boolean {
  const host = name.toLowerCase();
  const parsed = parseDomain(host);
  if (!parsed.ok) return false;
  if (NETWORKS.some((network) => host.endsWith(`.${network}`))) return true;
  // What is registered below a private suffix may be the whole name.
  const organization = organizationalDomain(parsed.domain);
  const labels = host.split(".");
  return embedsAddress(organization === host ? labels.slice(0, -2).join(".") : host.slice(0, host.length - organization.length), ip);
}

/** Letters between digits, dots and hyphens. */
export function words(text: string): readonly string[] {
  return text.toLowerCase().split(/[^a-z]+|(?<=ipv)(?=[46])/).filter((word) => word !== "");
}

function embedsAddress(host: string, ip: IpAddress): boolean {
  const bytes = ipBytes(ip);
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const squeezed = host.replace(/[^a-z0-9]/g, "");
  if (bytes.length === 16) return squeezed.includes(hex) || hextetsIn(host, hex) || squeezed.includes([...hex].reverse().join(""));
  const padded = bytes.map((byte) => String(byte).padStart(3, "0"));
  if (squeezed.includes(hex) || squeezed.includes(padded.join("")) || squeezed.includes([...padded].reverse().join(""))) return true;
  const numbers = host.split(/\D+/).filter((number) => number !== "").map(Number);
  // Three of the four octets in a row are no accident; networks often leave out the first.
  return [bytes, [...bytes].reverse()].some((octets) => [0, 1].some((from) => isRun(numbers, octets.slice(from, from + 3))));
}

function isRun(numbers: readonly number[], run: readonly number[]): boolean {
  return numbers.some((_, start) => run.every((octet, index) => numbers[start + index] === octet));
}

/** At least half of the eight groups stand in the name as written groups: `2001-db8-0-1--7.isp.example`. */
function hextetsIn(host: string, hex: string): boolean {
  const groups = (hex.match(/.{4}/g) ?? []).map((group) => group.replace(/^0{1,3}/, "")).filter((group) => group !== "0");
  const written = new Set(host.split(/[^0-9a-f]+/));
  return groups.length >= 3 && groups.every((group) => written.has(group));
}
