/** Maximum size of a request body, except for usage reports (R-80; in bytes). */
export const BODY_LIMIT_BYTES = 64 * 1_024;

/** Limits of variables. */
export const MAXIMUM_LIST_ENTRIES = 100;
const MAXIMUM_STRING_BYTES = 4_096;
const MAXIMUM_NESTING = 10;

/** The error message if a request's variables exceed a limit; undefined otherwise. It contains no values. */
export function findExceededVariableLimit(
  value: unknown,
  listEntries = MAXIMUM_LIST_ENTRIES,
  nesting = 0,
): string | undefined {
  if (typeof value === 'string')
    return Buffer.byteLength(value) > MAXIMUM_STRING_BYTES
      ? `A string in variables can have at most ${MAXIMUM_STRING_BYTES} bytes.`
      : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (nesting > MAXIMUM_NESTING) return `Variables can be nested at most ${MAXIMUM_NESTING} levels deep.`;
  if (Array.isArray(value) && value.length > listEntries)
    return `A list in variables can have at most ${listEntries} entries.`;
  for (const entry of Object.values(value)) {
    const message = findExceededVariableLimit(entry, listEntries, nesting + 1);
    if (message) return message;
  }
  return undefined;
}
