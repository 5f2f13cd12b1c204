import { defineEntity, p } from '@mikro-orm/core';

/** A known text that an encryption key sealed, so that a start notices that the key is missing or another one. */
export const KeyCanaryEntity = defineEntity({
  name: 'KeyCanary',
  tableName: 'key_canaries',
  properties: {
    keyId: p.text().primary(),
    sealed: p.text(),
  },
});
