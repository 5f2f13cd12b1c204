import type { AccountStatus } from '../../src/features/account/account.entity.js';

/** The columns of an account in each status, for `update accounts set`, as administrators would set them. */
export const inState: Readonly<Record<AccountStatus, string>> = {
  ACTIVE: "status = 'ACTIVE', deleted_at = null, status_before_deletion = null",
  DISABLED: "status = 'DISABLED', deleted_at = null, status_before_deletion = null",
  DELETED: "status = 'DELETED', deleted_at = now(), status_before_deletion = 'ACTIVE'",
};
