/** The mutations that neither look at a proof nor hand one out. */
const repeatable: ReadonlySet<string> = new Set([
  'logout',
  'revokeSession',
  'revokeOtherSessions',
  'updateCallKey',
  'endCallKeyGrace',
  'deleteCallKeys',
]);

/**
 * Whether an operation may hold a mutation once only, so that guesses cannot be packed together. Every new one
 * is, until it is named above.
 */
export const isSensitive = (mutation: string): boolean => !repeatable.has(mutation);
