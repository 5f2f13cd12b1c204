import { changeAccount } from '../account/change-account.js';
import { revokeAllAccessTokens } from '../access-token/revoke-access-tokens.js';
import { removeApiToken } from '../api-token/remove-api-token.js';
import { backupCodeBucket, recoveryFactorBucket, secondFactorBucket } from '../attempt/buckets.js';
import { clearAttempts } from '../attempt/bucket-limit.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { removeTwoFactor } from '../two-factor/remove-two-factor.js';
import { TwoFactorEntity } from '../two-factor/two-factor.entity.js';
import { refuseAll } from '../../rules/refuse.js';
import { validateTwoFactorReset } from './account-actions.js';
import { actOnUser, type AdminAction, type ActionContext } from './act-on-user.js';

/**
 * Turns off two-factor authentication for a user who lost both app and backup codes. Sessions, challenges and the API
 * token are revoked, and failed attempts at codes are cleared.
 */
export const resetUserTwoFactor = (context: RuleContext, viewer: SessionViewer, action: AdminAction): Promise<void> =>
  actOnUser(context, viewer, action, 'RESET_TWO_FACTOR', turnOffTwoFactor);

/** The change that administrators and operators share. */
export async function turnOffTwoFactor({
  context,
  target: { id, authVersion },
  record,
}: Pick<ActionContext, 'target' | 'record'> & { readonly context: Pick<RuleContext, 'em' | 'now'> }): Promise<void> {
  refuseAll(validateTwoFactorReset({ hasTwoFactor: (await context.em.count(TwoFactorEntity, { account: id })) > 0 }));
  await changeAccount(context, id, { auth_version: authVersion + 1 });
  await removeTwoFactor(context, id);
  await removeApiToken(context, id);
  await revokeAllAccessTokens(context, id);
  await clearAttempts(context, secondFactorBucket(id), recoveryFactorBucket(id), backupCodeBucket(id));
  await record('USER_TWO_FACTOR_RESET');
}
