import { useLocation } from 'wouter';
import { AccountDeleted } from './account-deleted.js';
import { RestoreAccount } from './restore-account.js';

/** The two views of a deleted account, in one bundle. */
export default function AccountClosure() {
  const [location] = useLocation();
  return location === '/account-deleted' ? <AccountDeleted /> : <RestoreAccount />;
}
