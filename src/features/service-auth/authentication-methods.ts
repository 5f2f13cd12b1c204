import type { SessionViewer } from '../../rules/viewer.js';

/**
 * The `amr` of a session (RFC 8176): the methods by which the user verified their identity in it, and `mfa` for two
 * factors or a passkey with user verification. In alphabetical order.
 */
export function authenticationMethods({ methods }: Pick<SessionViewer, 'methods'>): readonly string[] {
  const used = new Set(methods);
  const hasPossession = used.has('otp') || used.has('hwk') || used.has('swk');
  const isMultiFactor = used.has('user') || (used.has('pwd') && hasPossession);
  return [...used, ...(isMultiFactor ? ['mfa'] : [])].sort();
}
