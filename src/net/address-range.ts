import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.parse>;

const bitsOf = (address: Address) => (address.kind() === 'ipv4' ? 32 : 128);

/** An IPv4 range that is written within IPv6 (`::ffff:0:0/96`) begins after so many bits. */
const MAPPED_BITS = 96;

/**
 * A range of addresses in its one form: the network and its length (RFC 4632), IPv6 as in RFC 5952, a single address
 * without a length, and IPv4 that came mapped into IPv6 folded back. Null for what is neither an address nor a range.
 */
export function canonicalRange(text: string): string | null {
  const [, address = '', digits] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? [];
  if (isIP(address) === 0) return null;
  const written = ipaddr.parse(address);
  const length = digits === undefined ? bitsOf(written) : Number(digits);
  if (length > bitsOf(written)) return null;
  const folded = written instanceof ipaddr.IPv6 && written.isIPv4MappedAddress() && length >= MAPPED_BITS;
  return networkOf(folded ? written.toIPv4Address() : written, folded ? length - MAPPED_BITS : length);
}

function networkOf(address: Address, length: number): string {
  if (length === bitsOf(address)) return address.toString();
  const range = `${address.toString()}/${length}`;
  const network =
    address.kind() === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(range) : ipaddr.IPv6.networkAddressFromCIDR(range);
  return `${network.toString()}/${length}`;
}

/**
 * Whether an address, which may be none, lies in one of some canonical ranges. One with a zone (RFC 4007) says nothing
 * beyond its machine, and lies in none.
 */
export function isWithin(ranges: readonly string[], ip: string | null): boolean {
  if (ip === null || isIP(ip) === 0 || ip.includes('%')) return false;
  const address = ipaddr.process(ip);
  return ranges.some((range) => {
    const [network, length] = range.includes('/')
      ? ipaddr.parseCIDR(range)
      : ([ipaddr.parse(range), bitsOf(address)] as const);
    return network.kind() === address.kind() && address.match(network, length);
  });
}
