import { escapeMisleading } from './visible-text.js';

/** Integers beyond 2^53 - 1 are strings of digits, as in responses of GraphQL: JSON parsers would round them. */
const replaceBigInt = (_name: string, value: unknown): unknown => {
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
};

/** One JSON object per line. Characters that would make a terminal show other text are escapes of JSON. */
export const toJsonLines = (rows: readonly object[]): string =>
  rows.map((row) => `${escapeMisleading(JSON.stringify(row, replaceBigInt))}\n`).join('');
