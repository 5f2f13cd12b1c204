import { hours, seconds } from '../../duration.js';
import { hashToken, newToken } from '../../crypto/token.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { validateGraceHours } from '../../rules/grace-period.js';
import { refuse, refuseAll } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { recordAccessTokenEvent } from './access-token-event.js';
import { getLifetime, validateEnd } from './access-token-settings.js';
import { accessTokenHint, type IssuedAccessToken } from './create-access-token.js';
import { lockActiveToken } from './lock-active-token.js';
import { accessTokenColumns } from './find-access-tokens.js';

/** The input of a rotation. */
export interface Rotation {
  readonly id: string | null;
  readonly graceHours: number;
  /** Null repeats the lifetime of the token. */
  readonly expiresAt: Date | null;
}

/**
 * Replaces an active access token. The old one ends after the grace period or at its own end, whichever comes first
 * . One that is already in a grace period ends immediately, so that at most two are valid.
 */
export async function rotateAccessToken(
  context: RuleContext,
  owner: SessionViewer,
  { id, graceHours, expiresAt }: Rotation,
): Promise<IssuedAccessToken> {
  const { now, config } = context;
  refuseAll([...validateGraceHours(graceHours), ...validateEnd(now, config.accessTokenMaxDays, expiresAt)]);
  if (id === null) refuse('NOT_FOUND', 'id');
  const token = newToken('accessToken');
  const hint = accessTokenHint(token);
  const graceEndsAt = graceHours > 0 ? new Date(now.getTime() + hours(graceHours)) : null;
  return transaction(context, owner, async (context) => {
    const old = await lockActiveToken(context, owner.accountId, id);
    const lifetime = getLifetime(now, config.accessTokenMaxDays, expiresAt, seconds(old.lifetimeSeconds));
    const accessToken = await context.em
      .getKysely<Tables>()
      .updateTable('access_tokens')
      .set({
        token_hash: hashToken(token),
        hint,
        old_token_hash: graceEndsAt && old.tokenHash,
        old_token_valid_until: graceEndsAt && new Date(Math.min(graceEndsAt.getTime(), old.expiresAt.getTime())),
        lifetime_seconds: lifetime.lifetimeSeconds,
        expires_at: lifetime.expiresAt,
        end_reminded_at: null,
      })
      .where('id', '=', id)
      .returning(accessTokenColumns(now))
      .executeTakeFirstOrThrow();
    await recordAccessTokenEvent(context, owner, { type: 'ACCESS_TOKEN_ROTATED', detail: hint });
    return { token, accessToken };
  });
}
