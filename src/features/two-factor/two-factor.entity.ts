import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/** The second factor of an account; the row exists only while two-factor authentication is on. */
export const TwoFactorEntity = defineEntity({
  name: 'TwoFactor',
  tableName: 'two_factors',
  properties: {
    account: () => p.oneToOne(AccountEntity).primary().owner().deleteRule('cascade'),
    enabledAt: p.datetime(),
    /** The secret of the authenticator app, encrypted for this row. */
    secretCiphertext: p.text(),
    /** The last time step whose code was used for any purpose; only later ones are accepted. */
    lastStep: p.integer(),
  },
});
