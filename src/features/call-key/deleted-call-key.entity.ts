import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/**
 * What is left of a call key that its owner deleted, for as long as calls may be reported that were made with it:
 * nobody calls for nothing by deleting a key before its gateway has told. It verifies nothing and stands in no list.
 */
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
