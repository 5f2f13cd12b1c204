import type { WithUnitOfWork } from '../../rules/transaction.js';
import { AccountEntity, type Account } from './account.entity.js';

/** Whether an account is a ROOT that can sign in. */
export const isActiveRoot = ({ role, status, passwordHash }: Account): boolean =>
  role === 'ROOT' && status === 'ACTIVE' && passwordHash !== null;

/** Whether a ROOT who can sign in remains without this account, in a transaction that has locked every ROOT. */
export async function hasOtherActiveRoot({ em }: WithUnitOfWork, accountId: string): Promise<boolean> {
  const roots = await em.find(AccountEntity, { role: 'ROOT', erasedAt: null }, { disableIdentityMap: true });
  return roots.some((account) => account.id !== accountId && isActiveRoot(account));
}
