/** The largest body of a request (R-80; in bytes), but for a report of usage. */
export const BODY_LIMIT_BYTES = 64 * 1_024;

/** The most that variables may hold. */
export const LIST_ENTRIES = 100;
const STRING_BYTES = 4_096;
const NESTING = 10;

/**
 * What is wrong with the size of a request's variables, whose lists may have so many entries; undefined where nothing
 * is. It quotes no value.
 */
export function variableFault(value: unknown, listEntries = LIST_ENTRIES, nesting = 0): string | undefined {
  if (typeof value === 'string')
    return Buffer.byteLength(value) > STRING_BYTES
      ? `A string in variables has at most ${STRING_BYTES} bytes.`
      : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (nesting > NESTING) return `Variables are nested at most ${NESTING} levels deep.`;
  if (Array.isArray(value) && value.length > listEntries)
    return `A list in variables has at most ${listEntries} entries.`;
  for (const entry of Object.values(value)) {
    const fault = variableFault(entry, listEntries, nesting + 1);
    if (fault) return fault;
  }
  return undefined;
}
