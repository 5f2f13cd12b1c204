import type { UserStatus } from '../generated/graphql.js';
import { useAdministrationMessages } from './messages.js';

const tones = { ACTIVE: 'good', DISABLED: 'warning', DELETED: 'danger' } satisfies Record<UserStatus, string>;

/** The status of an account. */
export function StatusBadge({ status }: { readonly status: UserStatus }) {
  const { statuses } = useAdministrationMessages();
  return <span className={`badge ${tones[status]}`}>{statuses[status]}</span>;
}
