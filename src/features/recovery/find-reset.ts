import { sql } from 'kysely';
import { hashToken, isToken } from '../../crypto/token.js';
import { select } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';

/** A valid reset token and its account. */
export type Reset = NonNullable<Awaited<ReturnType<typeof findReset>>>;

const resetByToken = select('password_reset_by_token', (db, { tokenHash, now }: { tokenHash: string; now: Date }) =>
  db
    .selectFrom('password_resets')
    .innerJoin('accounts', 'accounts.id', 'password_resets.account_id')
    .leftJoin('two_factors', 'two_factors.account_id', 'accounts.id')
    .where('password_resets.token_hash', '=', tokenHash)
    .where('password_resets.expires_at', '>', now)
    .where('accounts.status', '=', 'ACTIVE')
    // A change of the password invalidates a token, a change of address an emailed one. A sign-in doesn't: otherwise
    // whoever knows the password could block recovery (D-3).
    .where(sql<boolean>`password_resets.password_changed_at is not distinct from accounts.password_changed_at`)
    .where(({ or, eb, ref }) =>
      or([
        eb('password_resets.email_key', 'is', null),
        eb('password_resets.email_key', '=', ref('accounts.email_key')),
      ]),
    )
    .select([
      'password_resets.token_hash as tokenHash',
      'accounts.id as accountId',
      'accounts.username',
      'accounts.email',
      'accounts.auth_version as authVersion',
      'two_factors.enabled_at as twoFactorEnabledAt',
      'password_resets.binds_email as bindsEmail',
    ]),
);

/** Finds the reset of a token; null if it is malformed, unknown, used, expired or invalidated (R-48, D-3). */
export async function findReset({ reader, now }: RuleContext, token: string) {
  if (!isToken('passwordReset', token)) return null;
  const [reset] = await resetByToken(reader, { tokenHash: hashToken(token), now });
  return reset ?? null;
}
