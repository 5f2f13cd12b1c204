import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/** A deleted call key, kept while its last calls can still be reported. It can't be verified and appears in no list. */
export const DeletedCallKeyEntity = defineEntity({
  name: 'DeletedCallKey',
  tableName: 'deleted_call_keys',
  properties: {
    id: p.uuid().primary(),
    account: () => p.manyToOne(AccountEntity).deleteRule('cascade').index(),
    name: p.text(),
    deletedAt: p.datetime().index(),
  },
});
