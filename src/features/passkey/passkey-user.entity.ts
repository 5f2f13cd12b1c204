import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/** The user handle of an account: what its passkeys know of it. */
export const PasskeyUserEntity = defineEntity({
  name: 'PasskeyUser',
  tableName: 'passkey_users',
  properties: {
    account: () => p.oneToOne(AccountEntity).primary().owner().deleteRule('cascade'),
    /** 32 random bytes, in base64url. */
    handle: p.text().unique(),
  },
});
