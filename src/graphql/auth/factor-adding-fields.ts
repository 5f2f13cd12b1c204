/**
 * The fields that add a second factor. For them the step-up window of a session opened with a backup code is longer, so
 * that a lost phone can be replaced (D-2).
 */
export const factorAddingFields: ReadonlySet<string> = new Set([
  'Mutation.enableTwoFactor',
  'Mutation.startPasskeyRegistration',
]);
