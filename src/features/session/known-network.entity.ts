import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/**
 * A network from which an account signed in lately. It is no credential and skips no factor, but its password failures
 * count separately from those of unknown devices (D-12).
 */
export const KnownNetworkEntity = defineEntity({
  name: 'KnownNetwork',
  tableName: 'known_networks',
  uniques: [{ properties: ['account', 'network'] }],
  properties: {
    id: p.uuid().primary(),
    account: () => p.manyToOne(AccountEntity).deleteRule('cascade'),
    /** The /24 of an IPv4 address or the /48 of an IPv6 address. */
    network: p.text(),
    /** 30 days after the last sign-in. */
    expiresAt: p.datetime().index(),
  },
});
