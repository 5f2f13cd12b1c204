import { defineEntity, p } from '@mikro-orm/core';

/** A previous username. It stays reserved for a while, to prevent impersonation. */
export const ReleasedUsernameEntity = defineEntity({
  name: 'ReleasedUsername',
  tableName: 'released_usernames',
  properties: {
    username: p.text().primary(),
    /** The account that had it and can change back to it. */
    accountId: p.uuid(),
    reservedUntil: p.datetime().index(),
  },
});
