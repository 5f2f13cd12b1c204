import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/**
 * A browser that an account was signed in on. It proves nothing, and skips no factor; its password failures count apart
 * from those of strangers (R-19, "device cookies" of OWASP).
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
