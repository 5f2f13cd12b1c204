import { defineEntity, p } from '@mikro-orm/core';

/** The one-time token with which whoever can read the server's output makes the first ROOT. */
export const SetupTokenEntity = defineEntity({
  name: 'SetupToken',
  tableName: 'setup_tokens',
  properties: {
    id: p.uuid().primary(),
    tokenHash: p.text().unique(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
});
