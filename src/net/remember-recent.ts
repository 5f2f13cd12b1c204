/** Bounds of what is kept: the number of texts, and the length of each (in characters). */
const MAXIMUM_TEXTS = 1_000;
const MAXIMUM_LENGTH = 64;

/**
 * Remembers what was found for recent texts, since most requests come from few addresses. Nothing is kept of a long
 * text, which a client can choose.
 *
 * @param find always finds the same for the same text
 */
export function rememberRecent<Found extends string | null>(find: (text: string) => Found): (text: string) => Found {
  const recent = new Map<string, Found>();
  return (text) => {
    const known = recent.get(text);
    if (known !== undefined) return known;
    const found = find(text);
    if (text.length > MAXIMUM_LENGTH) return found;
    if (recent.size >= MAXIMUM_TEXTS) recent.clear();
    recent.set(text, found);
    return found;
  };
}
