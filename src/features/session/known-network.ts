import { days } from '../../duration.js';
import { newId } from '../../database/connection/id.js';
import { select, type Tables } from '../../database/read/select.js';
import type { Sweep } from '../../database/sweep/sweep.js';
import { networkOf } from '../../net/ip-address.js';
import type { RuleContext } from '../../rules/context.js';

/** How long a network stays known after a sign-in from it (D-12). */
const KNOWN_MS = days(30);

const knownNetwork = select('known_network', (db, values: { accountId: string; network: string; now: Date }) =>
  db
    .selectFrom('known_networks')
    .select('network')
    .where('account_id', '=', values.accountId)
    .where('network', '=', values.network)
    .where('expires_at', '>', values.now),
);

/** The caller's network if the account signed in from it lately; otherwise null. */
export async function findKnownNetwork(
  { reader, now, caller }: Pick<RuleContext, 'reader' | 'now' | 'caller'>,
  accountId: string,
): Promise<string | null> {
  const network = networkOf(caller.ip);
  if (network === null) return null;
  const [known] = await knownNetwork(reader, { accountId, network, now });
  return known?.network ?? null;
}

/** Remembers the network of a sign-in, in the transaction of the sign-in. */
export async function rememberNetwork(
  { em, now, caller }: Pick<RuleContext, 'em' | 'now' | 'caller'>,
  accountId: string,
): Promise<void> {
  const network = networkOf(caller.ip);
  if (network === null) return;
  const expiresAt = new Date(now.getTime() + KNOWN_MS);
  await em
    .getKysely<Tables>()
    .insertInto('known_networks')
    .values({ id: newId(now), account_id: accountId, network, expires_at: expiresAt })
    .onConflict((conflict) => conflict.columns(['account_id', 'network']).doUpdateSet({ expires_at: expiresAt }))
    .execute();
}

/**
 * Forgets the networks of an account, since an intruder may have signed in from one.
 *
 * @returns the networks
 */
export async function forgetNetworks({ em }: Pick<RuleContext, 'em'>, accountId: string): Promise<readonly string[]> {
  const forgotten = await em
    .getKysely<Tables>()
    .deleteFrom('known_networks')
    .where('account_id', '=', accountId)
    .returning('network')
    .execute();
  return forgotten.map(({ network }) => network);
}

/** Deletes networks without a sign-in for 30 days. */
export const expiredNetworks: Sweep = {
  name: 'knownNetworks',
  table: 'known_networks',
  key: 'id',
  expiry: 'expires_at',
};
