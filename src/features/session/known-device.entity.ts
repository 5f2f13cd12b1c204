import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/**
 * A browser that signed in to an account before. It is no credential and skips no factor, but its password failures
 * count separately from those of unknown devices (R-19, "device cookies" of OWASP).
 */
export const KnownDeviceEntity = defineEntity({
  name: 'KnownDevice',
  tableName: 'known_devices',
  properties: {
    id: p.uuid().primary(),
    account: () => p.manyToOne(AccountEntity).deleteRule('cascade').index(),
    tokenHash: p.text().unique(),
    authVersion: p.integer(),
    createdAt: p.datetime(),
    lastSeenAt: p.datetime(),
  },
});
