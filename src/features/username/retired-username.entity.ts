import { defineEntity, p } from '@mikro-orm/core';

/** A username that an account had, as a keyed hash. No other account ever gets it (R-125a). */
export const RetiredUsernameEntity = defineEntity({
  name: 'RetiredUsername',
  tableName: 'retired_usernames',
  uniques: [{ properties: ['usernameHash', 'accountId'] }],
  properties: {
    id: p.uuid().primary(),
    usernameHash: p.text(),
    /** The account that had it; not a reference, because the hash outlives the account. */
    accountId: p.uuid(),
  },
});

/** The key of these hashes, in its only row. */
export const RetiredUsernameKeyEntity = defineEntity({
  name: 'RetiredUsernameKey',
  tableName: 'retired_username_keys',
  properties: {
    id: p.uuid().primary(),
    keyCiphertext: p.text(),
  },
});
