import { postToAddresses } from '../../../net/post-to-addresses.js';
import { select } from '../../../database/read/select.js';
import type { RuleContext } from '../../../rules/context.js';
import { decryptWebhookSecret } from '../stored-webhook-secret.js';
import { resolveTarget } from '../webhook-target.js';
import type { ClaimedDelivery } from './claim-deliveries.js';
import { composeMessage } from './compose-message.js';

/** What came of an attempt: the status of the answer, or why there was none. */
export type AttemptResult = { readonly status: number } | { readonly status: null; readonly reason: string };

/** What an attempt needs. It changes nothing. */
export type AttemptContext = Pick<RuleContext, 'reader' | 'keys' | 'now' | 'config' | 'resolveName'>;

const validSecrets = select('webhook_secrets_of_webhook', (db, { webhookId, now }: { webhookId: string; now: Date }) =>
  db
    .selectFrom('webhook_secrets')
    .where('webhook_id', '=', webhookId)
    .where(({ or, eb }) => or([eb('valid_until', 'is', null), eb('valid_until', '>', now)]))
    .orderBy('id', 'desc')
    .select(['id', 'secret_ciphertext as ciphertext']),
);

/** The secrets that sign now, the current one first. One that can't be decrypted is left out. */
async function readSecrets({ reader, keys, now }: AttemptContext, webhookId: string): Promise<Buffer[]> {
  const rows = await validSecrets(reader, { webhookId, now });
  return rows.flatMap(({ id, ciphertext }) => decryptWebhookSecret(keys, id, ciphertext) ?? []);
}

/**
 * Sends a delivery to its receiver once. Its name is resolved for each attempt, and the request goes to the addresses
 * that were checked.
 *
 * @param signal ends the attempt
 */
export async function attemptDelivery(
  context: AttemptContext,
  delivery: ClaimedDelivery,
  signal: AbortSignal,
): Promise<AttemptResult> {
  try {
    const secrets = await readSecrets(context, delivery.webhookId);
    if (secrets.length === 0) return { status: null, reason: 'the secret cannot be decrypted' };
    const target = await resolveTarget(context, delivery.url, signal);
    return { status: await postToAddresses({ ...target, ...composeMessage(delivery, secrets, context.now), signal }) };
  } catch (error) {
    return { status: null, reason: describeFailure(error) };
  }
}

/** Refused certificates by the code of Node and OpenSSL, in words for logs. */
const certificateFaults = new Map<unknown, string>([
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'the certificate is for another name'],
  ...[
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ].map((code): [string, string] => [code, 'the certificate is not signed by a trusted authority']),
]);

/** Why there was no answer, without the URL, which may contain a secret of its receiver. */
function describeFailure(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  return code === 'ABORT_ERR' ? 'no answer in time' : (certificateFaults.get(code) ?? String(code ?? message));
}
