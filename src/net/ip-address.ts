import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A range of addresses: the network and the length of its prefix in bits (RFC 4632). */
interface AddressRange {
  readonly network: Address;
  readonly prefixBits: number;
}

const bitsOf = (address: Address) => (address.kind() === 'ipv4' ? 32 : 128);

/** IPv4 written within IPv6 (`::ffff:0:0/96`, RFC 4291) starts after so many bits. */
const MAPPED_PREFIX_BITS = 96;

/** IPv6 addresses that share a /64 share a bucket: whoever has one of them has them all (R-21). */
const IPV6_BUCKET_BYTES = 64 / 8;

/**
 * An address in its canonical form: IPv6 as in RFC 5952, IPv4 mapped into IPv6 folded back (R-21). Null for anything
 * else.
 */
export const canonicalAddress = (address: string | null | undefined): string | null =>
  address && ipaddr.isValid(address) ? ipaddr.process(address).toString() : null;

/** The bucket in which limits count an address: an IPv4 address, an IPv6 /64 (R-21), or one for all without any. */
export function addressBucket(ip: string | null): string {
  if (ip === null) return 'nowhere';
  const address = ipaddr.process(ip);
  return address.kind() === 'ipv6' ? address.toByteArray().slice(0, IPV6_BUCKET_BYTES).join('.') : address.toString();
}

/** Whether a host is this machine, by its name or its address (RFC 1122, RFC 4291). */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback');

/** The address in a node of a forwarding header (RFC 7239, section 6): IPv4 with a port, IPv6 in brackets. */
const nodeWithPort = /^(?:\[([\da-f:.]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+)$/i;

/** An address without the port that some proxies write behind it. */
export function withoutPort(node: string): string {
  const [, ipv6, ipv4] = nodeWithPort.exec(node) ?? [];
  return ipv6 ?? ipv4 ?? node;
}

/** Reads a range, or an address as the range of itself alone. IPv4 mapped into IPv6 is folded back. */
function parseRange(text: string): AddressRange | null {
  const [, address = '', digits] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? [];
  if (isIP(address) === 0) return null;
  const network = ipaddr.parse(address);
  const prefixBits = digits === undefined ? bitsOf(network) : Number(digits);
  if (prefixBits > bitsOf(network)) return null;
  return network instanceof ipaddr.IPv6 && network.isIPv4MappedAddress() && prefixBits >= MAPPED_PREFIX_BITS
    ? { network: network.toIPv4Address(), prefixBits: prefixBits - MAPPED_PREFIX_BITS }
    : { network, prefixBits };
}

/** A range in its canonical form: `network/length`, or an address alone. Null for what is neither. */
export function canonicalRange(text: string): string | null {
  const range = parseRange(text);
  if (range === null) return null;
  const { network, prefixBits } = range;
  if (prefixBits === bitsOf(network)) return network.toString();
  const family = network.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${family.networkAddressFromCIDR(`${network.toString()}/${prefixBits}`).toString()}/${prefixBits}`;
}

/**
 * Whether an address lies in one of some canonical ranges. One with a zone (RFC 4007) means something on its own
 * machine only, and lies in none.
 */
export function isInRanges(ranges: readonly string[], ip: string | null): boolean {
  if (ip === null || isIP(ip) === 0 || ip.includes('%')) return false;
  const address = ipaddr.process(ip);
  return ranges.some((text) => {
    const range = parseRange(text);
    return range?.network.kind() === address.kind() && address.match(range.network, range.prefixBits);
  });
}

/** Whether a text is an address or a range, also with a zone. ipaddr.js alone also reads `10` as an address. */
export const isAddressOrRange = (text: string): boolean =>
  isIP(text.replace(/\/.*$/, '')) > 0 && (ipaddr.isValid(text) || ipaddr.isValidCIDR(text));
