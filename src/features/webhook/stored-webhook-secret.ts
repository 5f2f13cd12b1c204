import type { KeyRing } from '../../crypto/key-ring.js';
import { decryptSecret, DecryptionError, encryptSecret, type SecretLocation } from '../../crypto/secret-box.js';
import { newWebhookSecret } from '../../crypto/webhook-signature.js';
import { newId } from '../../database/connection/id.js';
import type { Tables } from '../../database/read/select.js';
import type { Sweep } from '../../database/sweep/sweep.js';
import { findByKey, replaceCiphertext, type EncryptedColumn } from '../../encryption/encrypted-column.js';
import type { RuleContext } from '../../rules/context.js';

const names = { table: 'webhook_secrets', id: 'id', ciphertext: 'secret_ciphertext' };

const locationOf = (id: string): SecretLocation => ({
  purpose: 'webhook-secret',
  column: 'webhook_secrets.secret_ciphertext',
  row: [id],
});

/** The encrypted column of the secrets of webhooks. */
export const webhookSecretColumn: EncryptedColumn = {
  name: 'webhook_secrets.secret_ciphertext',
  location: locationOf,
  find: findByKey(names),
  rotation: {
    reencrypt: (em, keys, row, secret) =>
      replaceCiphertext(em, names, row, encryptSecret(keys, locationOf(row.id), secret)),
  },
};

/** Stores a new secret of a webhook, encrypted. @returns its bytes, which can't be shown again */
export async function insertWebhookSecret(
  { em, keys, now }: Pick<RuleContext, 'em' | 'keys' | 'now'>,
  webhookId: string,
): Promise<Buffer> {
  const secret = newWebhookSecret();
  const id = newId(now);
  await em
    .getKysely<Tables>()
    .insertInto('webhook_secrets')
    .values({
      id,
      webhook_id: webhookId,
      secret_ciphertext: encryptSecret(keys, locationOf(id), secret),
      created_at: now,
      valid_until: null,
    })
    .execute();
  return secret;
}

/** The secret of a row; null if it can't be decrypted. */
export function decryptWebhookSecret(keys: KeyRing, id: string, ciphertext: string): Buffer | null {
  try {
    return decryptSecret(keys, locationOf(id), ciphertext);
  } catch (error) {
    if (error instanceof DecryptionError) return null;
    throw error;
  }
}

/** Deletes secrets whose grace period has ended. */
export const expiredWebhookSecrets: Sweep = {
  name: 'webhookSecrets',
  table: 'webhook_secrets',
  key: 'id',
  expiry: 'valid_until',
};
