import { defineEntity, p } from '@mikro-orm/core';

/** A username that was given up. It stays reserved for a while, to prevent impersonation. */
export const ReleasedUsernameEntity = defineEntity({
  name: 'ReleasedUsername',
  tableName: 'released_usernames',
  properties: {
    username: p.text().primary(),
    /** The account that gave it up and may take it back. */
    accountId: p.uuid(),
    reservedUntil: p.datetime().index(),
  },
});
