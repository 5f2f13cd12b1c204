import { hintOfCallKey, newCallKey } from '../../crypto/call-key.js';
import { hashToken } from '../../crypto/token.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import { invalidValue, refuse, refuseAll } from '../../rules/refuse.js';
import type { IssuedCallKey } from './create-call-key.js';
import { shownColumns } from './find-call-keys.js';
import { asOwner, holdOwner, type KeyOwner } from './key-owner.js';

/** How long an old secret may go on working (in hours): a week, in which programs get the new one. */
const LONGEST_GRACE_HOURS = 168;
const HOUR_MS = 60 * 60_000;

/**
 * Gives one of the owner's call keys a new secret. The one before works until the grace is over, or not any more where
 * that is 0; a secret that was in its grace already makes room for it, so that there are never more than two.
 */
export async function rotateCallKey(
  context: RuleContext,
  owner: KeyOwner,
  id: string | null,
  graceHours: number,
): Promise<IssuedCallKey> {
  const { now } = context;
  refuseAll(graceFaults(graceHours));
  if (id === null) refuse('NOT_FOUND', 'id');
  const key = newCallKey();
  const hint = hintOfCallKey(key);
  const graceEnds = graceHours > 0 ? new Date(now.getTime() + graceHours * HOUR_MS) : null;
  return context.em.transactional(async (em) => {
    await holdOwner(em, owner);
    const rotated = await em
      .getKysely<Tables>()
      .updateTable('call_keys')
      .set(({ ref }) => ({
        key_hash: hashToken(key),
        hint,
        old_key_hash: graceEnds && ref('key_hash'),
        old_key_valid_until: graceEnds,
      }))
      .where('id', '=', id)
      .where('account_id', '=', owner.accountId)
      .returning(shownColumns(now))
      .executeTakeFirst();
    if (!rotated) refuse('NOT_FOUND', 'id');
    await recordEvent(em, context, { type: 'CALL_KEY_ROTATED', detail: hint, ...asOwner(owner) });
    return { key, callKey: rotated };
  });
}

const graceFaults = (hours: number) =>
  hours >= 0 && hours <= LONGEST_GRACE_HOURS
    ? []
    : [invalidValue(`A grace is 0 to ${LONGEST_GRACE_HOURS} hours.`, 'graceHours')];
