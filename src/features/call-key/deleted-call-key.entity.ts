import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/**
 * Remembers a deleted call key while its calls can still be reported, so deleting a key doesn't make its last calls
 * free. It verifies nothing and appears in no list.
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
