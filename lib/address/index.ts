export { type IpAddress, ipBytes, ipFamily, isPublicIp, isRoutableIp, parseIp, reverseName } from "./ip.ts";
export { type Domain, type DomainError, type DomainResult, isPrivateName, isPublicSuffix, isSameOrBelow, organizationalDomain, parseDomain, unicodeDomain } from "./domain.ts";
