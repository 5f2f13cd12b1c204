import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/** An account's API token: looked up by keyed hash, and encrypted so its owner can view it. */
export const ApiTokenEntity = defineEntity({
  name: 'ApiToken',
  tableName: 'api_tokens',
  properties: {
    account: () => p.oneToOne(AccountEntity).primary().owner().deleteRule('cascade'),
    tokenHash: p.text().unique(),
    /** Null if tokens are not viewable (`POSTERN_API_TOKEN_VIEWABLE=false`). */
    tokenCiphertext: p.text().nullable(),
    /** The key of hash and ciphertext, by which key rotation finds rows with an older key. */
    keyId: p.text(),
    /** The last four characters of the token. */
    hint: p.text(),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime().nullable(),
    lastUsedIp: p.text().nullable(),
  },
});
