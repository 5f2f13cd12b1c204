import { defineEntity, p } from '@mikro-orm/core';
import { SessionEntity } from '../session/session.entity.js';

/** That a session got an identity token for an audience, which is recorded once. */
export const IdentityTokenUseEntity = defineEntity({
  name: 'IdentityTokenUse',
  tableName: 'identity_token_uses',
  properties: {
    session: () => p.manyToOne(SessionEntity).deleteRule('cascade').primary(),
    audience: p.text().primary(),
  },
});
