import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { clearAttempts } from '../attempt/bucket-limit.js';
import { passwordBuckets } from '../attempt/buckets.js';
import { forgetNetworks } from '../session/known-network.js';

/**
 * Clears every lock on the password of an account, in the transaction that resets it: the failures were guesses at the
 * old password. Known networks become unknown, like known devices.
 */
export async function clearPasswordAttempts(context: RuleContext, accountId: string): Promise<void> {
  const networks = await forgetNetworks(context, accountId);
  const sessions = await context.em
    .getKysely<Tables>()
    .selectFrom('sessions')
    .select('id')
    .where('account_id', '=', accountId)
    .execute();
  await clearAttempts(
    context,
    passwordBuckets.unknownDevice(accountId),
    passwordBuckets.unknownDeviceDaily(accountId),
    ...sessions.map(({ id }) => passwordBuckets.session(id)),
    ...networks.map((network) => passwordBuckets.knownNetwork(accountId, network)),
  );
}
