import { defineEntity, p } from '@mikro-orm/core';

/** A one-time token to create the first ROOT, printed to the server's output. */
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
