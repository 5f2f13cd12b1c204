import { decryptSecret, DecryptionError, type SecretLocation } from '../../crypto/secret-box.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import type { FactorOwner } from './second-factor.js';

/**
 * Decrypts what is stored of a second factor. If that fails, records an event and returns null, which callers must
 * treat as a wrong factor.
 */
export async function decryptFactor(
  context: RuleContext,
  { id, sessionId = null }: FactorOwner,
  location: SecretLocation,
  ciphertext: string,
): Promise<Buffer | null> {
  try {
    return decryptSecret(context.keys, location, ciphertext);
  } catch (error) {
    if (!(error instanceof DecryptionError)) throw error;
    await recordEvent(context, {
      type: 'DECRYPTION_FAILED',
      outcome: 'REFUSED',
      accountId: id,
      actorId: null,
      sessionId,
    });
    return null;
  }
}
