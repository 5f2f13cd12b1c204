import { AccountEntity } from '../account/account.entity.js';
import { removeApiToken } from '../api-token/remove-api-token.js';
import { backupCodeBucket, secondFactorBucket } from '../attempt/buckets.js';
import { clearAttempts } from '../attempt/clear-attempts.js';
import type { RuleContext } from '../../rules/context.js';
import type { Viewer } from '../../rules/viewer.js';
import { removeTwoFactor } from '../two-factor/remove-two-factor.js';
import { TwoFactorEntity } from '../two-factor/two-factor.entity.js';
import { refuse } from '../../rules/refuse.js';
import { actOnUser, type Act, type ActUnderWay } from './act-on-user.js';

/**
 * Takes two-factor authentication off for somebody who lost both app and backup codes. Everything that was open under
 * it ends, the API token too, and wrong codes that were counted are forgotten, a lock among them.
 */
export const resetUserTwoFactor = (context: RuleContext, viewer: Viewer, act: Act): Promise<void> =>
  actOnUser(context, viewer, act, { rootOnRoot: true }, takeTwoFactorOff);

/** The change itself, whoever makes it: an administrator, or who has the machine. */
export async function takeTwoFactorOff({
  em,
  target: { id, authVersion },
  record,
}: Pick<ActUnderWay, 'em' | 'target' | 'record'>): Promise<void> {
  if ((await em.count(TwoFactorEntity, { account: id })) === 0) refuse('TWO_FACTOR_NOT_ENABLED', 'userId');
  await em.nativeUpdate(AccountEntity, { id }, { authVersion: authVersion + 1 });
  await removeTwoFactor(em, id);
  await removeApiToken(em, id);
  await clearAttempts(em, secondFactorBucket(id));
  await clearAttempts(em, backupCodeBucket(id));
  await record('USER_TWO_FACTOR_RESET');
}
