/** A key is a token of HTTP (RFC 9110, section 5.6.2), so that it can be the name of a header. */
const KEY = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * Parses pairs as OpenTelemetry writes them in variables: `key1=value1,key2=value2`, with percent-encoded values.
 *
 * @returns null if an entry is none
 */
export function parseKeyValues(text: string): Readonly<Record<string, string>> | null {
  const entries = text
    .split(',')
    .filter((entry) => entry.trim() !== '')
    .map(parseEntry);
  return entries.some((entry) => entry === null) ? null : Object.fromEntries(entries as [string, string][]);
}

function parseEntry(entry: string): readonly [string, string] | null {
  const separator = entry.indexOf('=');
  const key = entry.slice(0, Math.max(separator, 0)).trim();
  const value = decode(entry.slice(separator + 1).trim());
  return KEY.test(key) && value !== null && !/\p{Cc}/u.test(value) ? [key, value] : null;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
