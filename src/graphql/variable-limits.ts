/** The most that variables may hold. */
const STRING_BYTES = 4_096;
const LIST_ENTRIES = 100;
const NESTING = 10;

/** What is wrong with the size of a request's variables; undefined where nothing is. It quotes no value. */
export function variableFault(value: unknown, nesting = 0): string | undefined {
  if (typeof value === 'string') return Buffer.byteLength(value) > STRING_BYTES ? `A string in variables has at most ${STRING_BYTES} bytes.` : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (nesting > NESTING) return `Variables are nested at most ${NESTING} levels deep.`;
  if (Array.isArray(value) && value.length > LIST_ENTRIES) return `A list in variables has at most ${LIST_ENTRIES} entries.`;
  for (const entry of Object.values(value)) {
    const fault = variableFault(entry, nesting + 1);
    if (fault) return fault;
  }
  return undefined;
}
