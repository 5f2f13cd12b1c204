/** The mutations that neither verify nor issue a credential. */
const repeatableMutations: ReadonlySet<string> = new Set([
  'logout',
  'revokeSession',
  'revokeOtherSessions',
  'renamePasskey',
  'forgetTrustedBrowsers',
  'updateAccessToken',
  'revokeAccessTokens',
  'updateCallKey',
  'endCallKeyGrace',
  'deleteCallKeys',
  'setUsageWarnings',
  'updateWebhook',
  'testWebhook',
  'redeliverWebhook',
  'deleteWebhook',
]);

/**
 * Whether an operation may contain a mutation only once, so that guesses can't be batched. This applies to every
 * new mutation until it is listed above.
 */
export const isSensitive = (mutation: string): boolean => !repeatableMutations.has(mutation);
