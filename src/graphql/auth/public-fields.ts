/**
 * The root fields that anyone may call. Add a field only for a reason. The server doesn't start if a root field is
 * neither listed here nor guarded by `@auth`.
 */
export const publicFields: ReadonlySet<string> = new Set([
  'Query.me', // returns null to an anonymous caller
  'Query.policy', // forms need it before sign-in
  'Mutation.completeSetup', // requires the one-time setup token
  'Mutation.register', // open or closed by a setting
  'Mutation.login', // requires the password
  'Mutation.startPasskeyLogin', // reveals nothing about any account
  'Mutation.loginWithPasskey', // requires the passkey
  'Mutation.startPasskeyRecovery', // requires the token from an email
  'Mutation.requestPasswordReset', // always returns the same response
  'Mutation.resetPassword', // requires the token from an email
  'Mutation.revertEmailChange', // requires the token from an email
  'Mutation.cancelAccountDeletion', // requires the token from an email
  'Mutation.verifySecondFactor', // requires a second factor and the challenge that a correct password returned
  'Mutation.logout', // always succeeds, so that a client can discard an expired session
]);

/**
 * Public fields that API tokens (credential API_TOKEN) can use too. The others are for signing in and out, which needs
 * no token.
 */
export const publicFieldsForTokens: ReadonlySet<string> = new Set(['Query.me', 'Query.policy']);

/** The public root fields that exist with `POSTERN_FEDERATION=on` only. Tokens can use them, too. */
export const publicFieldsOfFederation: ReadonlySet<string> = new Set([
  'Query._service', // the schema; without introspection, request-limits.ts shows it to signed-in callers only
]);
