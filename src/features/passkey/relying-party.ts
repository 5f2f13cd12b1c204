import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';

/** The algorithms that are offered and accepted: Ed25519 (EdDSA), ES256 and RS256 (RFC 9053, RFC 8812; R-106). */
export const supportedAlgorithms = [-8, -7, -257];

/** Refuses with PASSKEYS_OFF where passkeys can't be added and can't sign in. */
export function ensurePasskeysOffered({ config }: Pick<RuleContext, 'config'>): void {
  if (!config.passkeys.areOffered) refuse('PASSKEYS_OFF');
}
