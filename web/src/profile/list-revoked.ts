/** What was revoked: how many, and the words for it. */
type Revoked = readonly [count: number, words: string];

/** Lists what was revoked, after a colon, without what there was none of. */
export function listRevoked(revoked: readonly Revoked[], colon = ': ', comma = ', '): string {
  const words = revoked.filter(([count]) => count > 0).map(([, text]) => text);
  return words.length === 0 ? '' : colon + words.join(comma);
}
