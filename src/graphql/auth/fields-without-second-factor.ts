/**
 * The guarded mutations that a session which skipped the second factor in a trusted browser can use: to confirm the
 * user's identity, to end sessions and trust, and to set the language. Others return STEP_UP_REQUIRED.
 */
export const fieldsWithoutSecondFactor: ReadonlySet<string> = new Set([
  'Mutation.confirmIdentity',
  'Mutation.startPasskeyConfirmation',
  'Mutation.revokeSession',
  'Mutation.revokeOtherSessions',
  'Mutation.setLocale',
  'Mutation.forgetTrustedBrowsers',
]);
