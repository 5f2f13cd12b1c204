import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalRange, isWithin } from '../../src/net/address-range.js';

/** Addresses as numbers of 32 or 128 bits, so that what is expected is plain arithmetic and no library’s. */
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
/** `::ffff:0:0/96` is IPv4 in another form, which the examples of the mutations show. */
const isMapped = ({ bits, address }: Network): boolean => bits === 128 && address >> 32n === 0xffffn;

test('a range has one form: its canonical form is its own', () => {
  fc.assert(
    fc.property(network, (wanted) => {
      const canonical = canonicalRange(rangeOf(wanted));
      expect(canonical).not.toBeNull();
      expect(canonicalRange(canonical!)).toBe(canonical);
    }),
  );
});

test('all addresses of a range write it alike', () => {
  fc.assert(
    fc.property(network, (wanted) => {
      fc.pre(!isMapped(wanted));
      const last = { ...wanted, address: wanted.address | hostBits(wanted) };
      expect(canonicalRange(rangeOf(last))).toBe(canonicalRange(rangeOf(wanted)));
    }),
  );
});

test('an address lies in a range exactly where the bits of the network agree', () => {
  fc.assert(
    fc.property(network, fc.nat(128), fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), (wanted, place, noise) => {
      fc.pre(!isMapped(wanted));
      const range = canonicalRange(rangeOf(wanted))!;
      const inside = { ...wanted, address: wanted.address ^ (noise & hostBits(wanted)) };
      expect(isWithin([range], written(inside))).toBe(!isMapped(inside) || wanted.bits === 32);
      if (wanted.length === 0) return;
      const outside = {
        ...wanted,
        address: inside.address ^ (1n << BigInt(wanted.bits - 1 - (place % wanted.length))),
      };
      expect(isWithin([range], written(outside))).toBe(false);
    }),
  );
});

test('IPv4 that comes mapped into IPv6 lies where it lies by itself', () => {
  fc.assert(
    fc.property(
      network.filter(({ bits }) => bits === 32),
      (wanted) => {
        const range = canonicalRange(rangeOf(wanted))!;
        expect(isWithin([range], `::ffff:${written(wanted)}`)).toBe(true);
        expect(canonicalRange(`::ffff:${written(wanted)}/${96 + wanted.length}`)).toBe(range);
      },
    ),
  );
});

test('whatever is typed is a range or none, and never a fault', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9a-f:./%]{0,50}$/)), (text) => {
      const canonical = canonicalRange(text);
      if (canonical !== null) expect(canonicalRange(canonical)).toBe(canonical);
      expect(typeof isWithin(['203.0.113.0/24'], text)).toBe('boolean');
    }),
  );
});
