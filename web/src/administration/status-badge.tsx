import type { UserStatus } from '../generated/graphql.js';
import { useAdministrationWords } from './words.js';

const tones = { ACTIVE: 'good', DISABLED: 'warning', DELETED: 'danger' } satisfies Record<UserStatus, string>;

/** The status of an account. */
export function StatusBadge({ status }: { readonly status: UserStatus }) {
  const { statuses } = useAdministrationWords();
  return <span className={`badge ${tones[status]}`}>{statuses[status]}</span>;
}
