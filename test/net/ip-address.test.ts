import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addressBucket,
  canonicalAddress,
  canonicalRange,
  isAddressOrRange,
  isInRanges,
  isLoopback,
  addressOfNode,
} from '../../src/net/ip-address.js';

/** Addresses as numbers of 32 or 128 bits, so plain arithmetic gives the expected results without a library. */
interface Network {
  readonly bits: 32 | 128;
  readonly address: bigint;
  readonly length: number;
}

const network: fc.Arbitrary<Network> = fc.constantFrom(32 as const, 128 as const).chain((bits) =>
  fc.record({
    bits: fc.constant(bits),
    address: fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }),
    length: fc.nat(bits),
  }),
);

const written = ({ bits, address }: Pick<Network, 'bits' | 'address'>): string =>
  bits === 32
    ? [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn).join('.')
    : Array.from({ length: 8 }, (_, group) => ((address >> BigInt(112 - 16 * group)) & 0xffffn).toString(16)).join(':');

const hostBits = ({ bits, length }: Network): bigint => (1n << BigInt(bits - length)) - 1n;
const rangeOf = (wanted: Network): string => `${written(wanted)}/${wanted.length}`;
/** `::ffff:0:0/96` is IPv4 in another form, which other tests cover. */
const isMapped = ({ bits, address }: Network): boolean => bits === 128 && address >> 32n === 0xffffn;

test('leaves the canonical form of an IP range unchanged', () => {
  fc.assert(
    fc.property(network, (wanted) => {
      const canonical = canonicalRange(rangeOf(wanted));
      expect(canonical).not.toBeNull();
      expect(canonicalRange(canonical!)).toBe(canonical);
    }),
  );
});

test('writes an IP range in the same form for each address in it', () => {
  fc.assert(
    fc.property(network, (wanted) => {
      fc.pre(!isMapped(wanted));
      const last = { ...wanted, address: wanted.address | hostBits(wanted) };
      expect(canonicalRange(rangeOf(last))).toBe(canonicalRange(rangeOf(wanted)));
    }),
  );
});

test('matches an IP address to a range exactly when the network bits are equal', () => {
  fc.assert(
    fc.property(network, fc.nat(128), fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), (wanted, place, noise) => {
      fc.pre(!isMapped(wanted));
      const range = canonicalRange(rangeOf(wanted))!;
      const inside = { ...wanted, address: wanted.address ^ (noise & hostBits(wanted)) };
      expect(isInRanges([range], written(inside))).toBe(!isMapped(inside) || wanted.bits === 32);
      if (wanted.length === 0) return;
      const outside = {
        ...wanted,
        address: inside.address ^ (1n << BigInt(wanted.bits - 1 - (place % wanted.length))),
      };
      expect(isInRanges([range], written(outside))).toBe(false);
    }),
  );
});

test('matches an IPv4-mapped IPv6 address like its IPv4 address', () => {
  fc.assert(
    fc.property(
      network.filter(({ bits }) => bits === 32),
      (wanted) => {
        const range = canonicalRange(rangeOf(wanted))!;
        expect(isInRanges([range], `::ffff:${written(wanted)}`)).toBe(true);
        expect(canonicalRange(`::ffff:${written(wanted)}/${96 + wanted.length}`)).toBe(range);
      },
    ),
  );
});

test('accepts or rejects any text as an IP range without throwing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9a-f:./%]{0,50}$/)), (text) => {
      const canonical = canonicalRange(text);
      if (canonical !== null) expect(canonicalRange(canonical)).toBe(canonical);
      expect(typeof isInRanges(['203.0.113.0/24'], text)).toBe('boolean');
    }),
  );
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:0DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['', null],
  [null, null],
  [undefined, null],
  ['example.org', null],
  ['203.0.113.7:443', null],
])('writes the IP address %p as %p', (address, canonical) => expect(canonicalAddress(address)).toBe(canonical));

test('counts an IPv4 address and its IPv6-mapped form together', () => {
  expect(addressBucket('203.0.113.7')).toBe('203.0.113.7');
  expect(addressBucket('::ffff:203.0.113.7')).toBe('203.0.113.7');
  expect(addressBucket('203.0.113.8')).not.toBe(addressBucket('203.0.113.7'));
});

test('counts all addresses in an IPv6 /64 together', () => {
  expect(addressBucket('2001:db8:0:1::1')).toBe('32.1.13.184.0.0.0.1');
  expect(addressBucket('2001:db8:0:1:ffff:ffff:ffff:ffff')).toBe(addressBucket('2001:db8:0:1::1'));
  expect(addressBucket('2001:db8:0:2::1')).not.toBe(addressBucket('2001:db8:0:1::1'));
});

test('counts all callers without an IP address together', () => expect(addressBucket(null)).toBe('nowhere'));

test.each(['localhost', '127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])('recognizes %s as loopback', (host) =>
  expect(isLoopback(host)).toBe(true),
);

test.each(['', '0.0.0.0', '203.0.113.7', '::', 'localhost.example.org'])('doesn’t recognize %p as loopback', (host) =>
  expect(isLoopback(host)).toBe(false),
);

test.each([
  ['203.0.113.7:443', '203.0.113.7'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8::1', '2001:db8::1'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['unknown', null],
  ['_hidden', null],
  ['10', null],
  ['0x7f.1', null],
  ['203.0.113.7:443:1', null],
  ['', null],
])('reads the IP address in %s as %s', (node, address) => expect(addressOfNode(node)).toBe(address));

test.each(['203.0.113.7', '203.0.113.0/24', '2001:db8::/32', 'fe80::1%eth0'])(
  'accepts %s as an IP address or range',
  (text) => expect(isAddressOrRange(text)).toBe(true),
);

test.each(['10', '0x7f.1', '203.0.113.0/33', '203.0.113.0/', 'example.org', '', 'fe80::1%eth0/64x'])(
  'rejects %p as an IP address or range',
  (text) => expect(isAddressOrRange(text)).toBe(false),
);

test('matches no IP address with a zone to a range', () => {
  expect(isInRanges(['fe80::/10'], 'fe80::1')).toBe(true);
  expect(isInRanges(['fe80::/10'], 'fe80::1%eth0')).toBe(false);
});
