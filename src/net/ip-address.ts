import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { rememberRecent } from './remember-recent.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A range of addresses: the network and the length of its prefix in bits (RFC 4632). */
interface AddressRange {
  readonly network: Address;
  readonly prefixBits: number;
}

const getBitLength = (address: Address) => (address.kind() === 'ipv4' ? 32 : 128);

/** Length of the prefix of IPv4 addresses mapped into IPv6 (`::ffff:0:0/96`, RFC 4291). */
const MAPPED_PREFIX_BITS = 96;

/** IPv6 addresses in the same /64 share a bucket, because a client usually has all of them (R-21). */
const IPV6_BUCKET_BYTES = 64 / 8;

/** The canonical form of an address: RFC 5952 for IPv6, IPv4 for a mapped address (R-21). Null if it is invalid. */
export const canonicalAddress = (address: string | null | undefined): string | null =>
  address && ipaddr.isValid(address) ? ipaddr.process(address).toString() : null;

/**
 * The bucket of an address for limits: the IPv4 address, the IPv6 /64 (R-21), or one bucket for all without an address.
 */
export function addressBucket(ip: string | null): string {
  if (ip === null) return 'nowhere';
  const address = ipaddr.process(ip);
  return address.kind() === 'ipv6' ? address.toByteArray().slice(0, IPV6_BUCKET_BYTES).join('.') : address.toString();
}

/** Prefix lengths of the networks whose addresses count as one place of an account (D-12). */
const NETWORK_PREFIX_BITS = { ipv4: 24, ipv6: 48 };

/** The network of an address: the IPv4 /24 or the IPv6 /48 (D-12); null without an address. */
export const networkOf = (ip: string | null): string | null => (ip === null ? null : findNetwork(ip));

const findNetwork = rememberRecent((ip) => {
  const address = ipaddr.process(ip);
  const prefixBits = NETWORK_PREFIX_BITS[address.kind()];
  return canonicalRange(`${address.toNormalizedString().replace(/%.*$/, '')}/${prefixBits}`);
});

/** Whether a host, by name or address, is this machine (RFC 1122, RFC 4291). */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback');

/** A node in a forwarding header (RFC 7239, section 6): IPv4 with a port, or IPv6 in brackets. */
const nodeWithPort = /^(?:\[([\da-f:.]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+)$/i;

/** Removes the port that some proxies append to an address. */
function stripPort(node: string): string {
  const [, ipv6, ipv4] = nodeWithPort.exec(node) ?? [];
  return ipv6 ?? ipv4 ?? node;
}

/** The canonical address of a node in a forwarding header, with or without a port. Null if it is none. */
export const addressOfNode = (node: string | null | undefined): string | null => findAddress(node ?? '');

const findAddress = rememberRecent((node) => {
  const address = stripPort(node);
  // ipaddr.js alone also reads `10` and `0x7f.1` as addresses.
  return isIP(address) > 0 ? canonicalAddress(address) : null;
});

/** Parses a range; an address alone is a range of one. Mapped IPv4 becomes IPv4. */
function parseRange(text: string): AddressRange | null {
  const [, address = '', digits] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? [];
  if (isIP(address) === 0) return null;
  const network = ipaddr.parse(address);
  const prefixBits = digits === undefined ? getBitLength(network) : Number(digits);
  if (prefixBits > getBitLength(network)) return null;
  return network instanceof ipaddr.IPv6 && network.isIPv4MappedAddress() && prefixBits >= MAPPED_PREFIX_BITS
    ? { network: network.toIPv4Address(), prefixBits: prefixBits - MAPPED_PREFIX_BITS }
    : { network, prefixBits };
}

/** The canonical form of a range: `network/length`, or an address alone. Null for anything else. */
export function canonicalRange(text: string): string | null {
  const range = parseRange(text);
  if (range === null) return null;
  const { network, prefixBits } = range;
  if (prefixBits === getBitLength(network)) return network.toString();
  const family = network.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${family.networkAddressFromCIDR(`${network.toString()}/${prefixBits}`).toString()}/${prefixBits}`;
}

/**
 * Whether an address is in one of the given ranges. An address with a zone (RFC 4007) is in none, since it is valid
 * only on its machine.
 */
export function isInRanges(ranges: readonly string[], ip: string | null): boolean {
  if (ip === null || isIP(ip) === 0 || ip.includes('%')) return false;
  const address = ipaddr.process(ip);
  return ranges.some((text) => {
    const range = parseRange(text);
    return range?.network.kind() === address.kind() && address.match(range.network, range.prefixBits);
  });
}

/** Whether a text is an address or a range, with or without a zone. ipaddr.js alone also reads `10` as an address. */
export const isAddressOrRange = (text: string): boolean =>
  isIP(text.replace(/\/.*$/, '')) > 0 && (ipaddr.isValid(text) || ipaddr.isValidCIDR(text));

/** The bytes of an address: 4 of IPv4, 16 of IPv6; null for anything else, and for an address with a zone. */
export const addressBytes = (ip: string): readonly number[] | null =>
  isIP(ip) === 0 || ip.includes('%') ? null : ipaddr.parse(ip).toByteArray();
