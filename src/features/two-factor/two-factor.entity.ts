import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';
import { secondFactorKinds } from '../../rules/second-factor-kind.js';

/**
 * The second factors of an account. The row exists only while two-factor authentication is on: while the account has an
 * authenticator app or a passkey.
 */
export const TwoFactorEntity = defineEntity({
  name: 'TwoFactor',
  tableName: 'two_factors',
  checks: [{ name: 'two_factors_app', expression: '(secret_ciphertext is null) = (last_step is null)' }],
  properties: {
    account: () => p.oneToOne(AccountEntity).primary().owner().deleteRule('cascade'),
    enabledAt: p.datetime(),
    /** The secret of the authenticator app, encrypted for this row; null without an app. */
    secretCiphertext: p.text().nullable(),
    /** The last time step whose code was used for any purpose; only later ones are accepted. */
    lastStep: p.integer().nullable(),
    /** The kind that was used last, which a sign-in offers first. */
    lastKind: p.enum(secondFactorKinds).nullable(),
  },
});
