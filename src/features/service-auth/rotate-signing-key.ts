import { minutes } from '../../duration.js';
import type { Tables } from '../../database/read/select.js';
import { noAuthority } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import { createSigningKey } from './create-signing-key.js';
import { readSigningKeys, TOKEN_LIFETIME_MS, type StoredSigningKey } from './signing-keys.js';

/** How long a new key is published before it signs: services fetch public keys every 5 minutes. */
const PUBLISHED_BEFORE_MS = minutes(10);

/** How much longer than its tokens a replaced key is published: processes cache keys, and clocks differ. */
const MARGIN_MS = minutes(1);

type RotationContext = Pick<RuleContext, 'em' | 'reader' | 'keys' | 'now'>;

/**
 * Creates the next key. It is published immediately and signs after 10 minutes; the one before it stays until
 * its last token has ended. While a key waits to sign, only an immediate rotation creates another one.
 *
 * @param isImmediate whether the new key signs now, because the one before it leaked
 * @returns the new key; null if there is no key yet, or one that waits to sign
 */
export async function rotateSigningKey(
  context: RotationContext,
  isImmediate: boolean,
): Promise<Pick<StoredSigningKey, 'kid' | 'signsFrom'> | null> {
  const newest = (await readSigningKeys(context)).at(-1);
  if (!newest || (newest.signsFrom > context.now && !isImmediate)) return null;
  const signsFrom = new Date(context.now.getTime() + (isImmediate ? 0 : PUBLISHED_BEFORE_MS));
  return transaction(context, noAuthority, async (context) => {
    const kid = await createSigningKey(context, newest.generation + 1, signsFrom);
    if (kid === null) return null;
    await endOlderKeys(context, newest.generation, signsFrom);
    return { kid, signsFrom };
  });
}

/** A key that is to end earlier already keeps its end. */
async function endOlderKeys({ em }: RotationContext, generation: number, signsFrom: Date): Promise<void> {
  const endsAt = new Date(signsFrom.getTime() + TOKEN_LIFETIME_MS + MARGIN_MS);
  await em
    .getKysely<Tables>()
    .updateTable('signing_keys')
    .set({ ends_at: endsAt })
    .where('generation', '<=', generation)
    .where(({ or, eb }) => or([eb('ends_at', 'is', null), eb('ends_at', '>', endsAt)]))
    .execute();
}
