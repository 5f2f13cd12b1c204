import { defineEntity, p } from '@mikro-orm/core';

/** A username that somebody gave up; nobody else gets it for a while, so that nobody is taken for them. */
export const ReleasedUsernameEntity = defineEntity({
  name: 'ReleasedUsername',
  tableName: 'released_usernames',
  properties: {
    username: p.text().primary(),
    /** Who gave it up and may take it back. */
    accountId: p.uuid(),
    reservedUntil: p.datetime().index(),
  },
});
