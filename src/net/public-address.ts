import { addressBytes, isInRanges } from './ip-address.js';

/**
 * IPv4 addresses that are not globally reachable: IANA's Special-Purpose Address Registry (RFC 6890), relays of 6to4
 * (RFC 7526), and multicast (RFC 5771).
 */
const nonPublicIpv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** The IPv6 addresses that are assigned as global unicast (RFC 4291). Loopback, local and 5f00::/16 are outside. */
const globalUnicast = ['2000::/3'];

/** What is not globally reachable within it (IANA's Special-Purpose Address Registry). Teredo is in 2001::/23. */
const nonPublicIpv6 = ['2001::/23', '2001:db8::/32', '3fff::/20'];

/** Prefixes of IPv6 addresses that contain an IPv4 address, in bytes, and where that begins. */
const embeddings = [
  // IPv4-compatible and IPv4-mapped (RFC 4291, sections 2.5.5.1 and 2.5.5.2).
  { prefix: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], at: 12 },
  { prefix: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff], at: 12 },
  // NAT64 (RFC 6052); its local prefix 64:ff9b:1::/48 (RFC 8215) isn't global unicast.
  { prefix: [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0], at: 12 },
  // 6to4 (RFC 3056).
  { prefix: [0x20, 0x02], at: 2 },
] as const;

/** The IPv4 address that an address leads to: itself, or the one that is embedded in it; null if there is none. */
function toIpv4(bytes: readonly number[]): string | null {
  if (bytes.length === 4) return bytes.join('.');
  const embedding = embeddings.find(({ prefix }) => prefix.every((byte, index) => bytes[index] === byte));
  return embedding ? bytes.slice(embedding.at, embedding.at + 4).join('.') : null;
}

/**
 * Whether requests may be sent to an address: it is globally reachable, as is the IPv4 address embedded in it, or it is
 * in one of the allowed networks. Anything that is not an address is refused.
 */
export function mayReach(ip: string, allowedNetworks: readonly string[]): boolean {
  const bytes = addressBytes(ip);
  if (bytes === null) return false;
  const ipv4 = toIpv4(bytes);
  if (isInRanges(allowedNetworks, ip) || isInRanges(allowedNetworks, ipv4)) return true;
  return ipv4 === null
    ? isInRanges(globalUnicast, ip) && !isInRanges(nonPublicIpv6, ip)
    : !isInRanges(nonPublicIpv4, ipv4);
}
