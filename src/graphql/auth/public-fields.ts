/**
 * The root fields that anybody may call. Each is here for a reason; a root field that is neither here nor guarded by
 * `@auth` keeps the server from starting.
 */
export const publicFields: ReadonlySet<string> = new Set([
  'Query.me', // answers null to an anonymous caller
  'Query.policy', // what forms are drawn with before anyone signs in
  'Mutation.completeSetup', // proves itself with the one-time setup token
  'Mutation.register', // open or closed by a setting
  'Mutation.login', // proves itself with the password
  'Mutation.requestPasswordReset', // always the same answer
  'Mutation.resetPassword', // proves itself with the token of a mail
  'Mutation.revertEmailChange', // proves itself with the token of a mail
  'Mutation.verifySecondFactor', // proves itself with the challenge that a right password gave, and a second factor
  'Mutation.logout', // always succeeds, so that a client can forget a session that is over
]);

/**
 * Those of them that an API token (credential API_TOKEN) reaches as well. The others are for coming in and going, which
 * is done without one.
 */
export const publicToTokens: ReadonlySet<string> = new Set(['Query.me', 'Query.policy']);
