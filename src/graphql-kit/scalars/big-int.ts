import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** The largest signed 64-bit integer, as the database stores it. */
const MAXIMUM_INT64 = 2n ** 63n - 1n;

/**
 * Parses an integer from a number or a string of digits. Large integers must be strings, because JSON parsers round
 * large numbers.
 */
function parseBigInt(value: unknown): bigint {
  const isExact = typeof value === 'string' ? /^-?\d{1,19}$/.test(value) : Number.isSafeInteger(value);
  const integer = isExact ? BigInt(value as string | number) : null;
  if (integer === null || integer > MAXIMUM_INT64 || integer < -MAXIMUM_INT64)
    throw new GraphQLError(
      'BigInt cannot represent this value: use a 64-bit integer, and beyond 2^53 - 1 a string of digits.',
    );
  return integer;
}

/** 64-bit integers, for counts and quotas. */
export const BigIntScalar = new GraphQLScalarType<bigint, number | string>({
  name: 'BigInt',
  description:
    'A 64-bit integer. Responses contain a number up to 2^53 - 1, which every client represents exactly, and beyond that a string of digits. Inputs accept both.',
  serialize: (value) => {
    const integer = BigInt(value as bigint | number | string);
    return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer.toString();
  },
  parseValue: parseBigInt,
  parseLiteral: (node) => parseBigInt(node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : null),
});
