/**
 * How a user verified their identity, by its name in RFC 8176: password, one-time code, passkey that is kept in one
 * device (`hwk`) or synced (`swk`), and a passkey's user verification, e.g. by fingerprint or PIN (`user`).
 */
export type AuthenticationMethod = 'pwd' | 'otp' | 'hwk' | 'swk' | 'user';

/** The methods of an answer of a passkey. */
export const passkeyMethods = ({
  backedUp,
  userVerified,
}: {
  readonly backedUp: boolean;
  readonly userVerified: boolean;
}): readonly AuthenticationMethod[] => [backedUp ? 'swk' : 'hwk', ...(userVerified ? (['user'] as const) : [])];
