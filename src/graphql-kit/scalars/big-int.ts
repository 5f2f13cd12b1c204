import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** The largest whole number that 64 bits hold with a sign, as the database keeps it. */
const LARGEST = 2n ** 63n - 1n;

/**
 * Reads a whole number that came as a number or as digits; JSON rounds a greater number before anybody sees it, so that
 * one has to be digits.
 */
function read(value: unknown): bigint {
  const exact = typeof value === 'string' ? /^-?\d{1,19}$/.test(value) : Number.isSafeInteger(value);
  const whole = exact ? BigInt(value as string | number) : null;
  if (whole === null || whole > LARGEST || whole < -LARGEST)
    throw new GraphQLError(
      'BigInt cannot represent this value: it takes whole numbers of up to 64 bits, those beyond 2^53 - 1 as a string of digits.',
    );
  return whole;
}

/** Whole numbers of up to 64 bits: of what is counted and spent. */
export const BigIntScalar = new GraphQLScalarType<bigint, number | string>({
  name: 'BigInt',
  description:
    'A whole number of up to 64 bits. An answer has a number where every client holds it exactly (up to 2^53 - 1), and beyond that a string of digits; inputs take either.',
  serialize: (value) => {
    const whole = BigInt(value as bigint | number | string);
    return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole.toString();
  },
  parseValue: read,
  parseLiteral: (node) => read(node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : null),
});
