import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/**
 * The one API token of an account: looked up by its keyed hash, and kept encrypted so that its owner can view it
 * (R-64).
 */
export const ApiTokenEntity = defineEntity({
  name: 'ApiToken',
  tableName: 'api_tokens',
  properties: {
    account: () => p.oneToOne(AccountEntity).primary().owner().deleteRule('cascade'),
    tokenHash: p.text().unique(),
    /** Null where tokens are not kept to be viewed (`API_TOKEN_VIEWABLE=false`). */
    tokenCiphertext: p.text().nullable(),
    /** Names the key that both were made with, so that rotation finds what is left. */
    keyId: p.text(),
    /** The last four characters of the token. */
    hint: p.text(),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime().nullable(),
    lastUsedIp: p.text().nullable(),
  },
});
