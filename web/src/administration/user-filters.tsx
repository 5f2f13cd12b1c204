import { SelectFilter, TextFilter } from '../elements/filter-bar.js';
import type { Filters } from '../elements/use-filters.js';
import { useMessages } from '../language/language.js';
import { orders, roles, statuses } from './user-list.js';
import type { UserFilterName } from './user-filter-names.js';
import { useAdministrationMessages } from './messages.js';

/** The server's limit for a search (in characters). */
const MAX_SEARCH_LENGTH = 64;

/** The filters and the order of users. */
export function UserFilters({ filters: { values, set } }: { readonly filters: Filters<UserFilterName> }) {
  const messages = useAdministrationMessages();
  const { lists, roles: roleNames } = useMessages();
  return (
    <>
      <TextFilter
        label={lists.search}
        hint={messages.search}
        value={values.search}
        maxLength={MAX_SEARCH_LENGTH}
        onChange={(value) => set('search', value)}
      />
      <SelectFilter
        label={messages.role}
        value={values.role}
        onChange={(value) => set('role', value)}
        options={[['', lists.all], ...roles.map((role) => [role, roleNames[role]] as const)]}
      />
      <SelectFilter
        label={messages.status}
        value={values.status}
        onChange={(value) => set('status', value)}
        options={[['', lists.all], ...statuses.map((status) => [status, messages.statuses[status]] as const)]}
      />
      <SelectFilter
        label={messages.twoFactor}
        value={values.twoFactor}
        onChange={(value) => set('twoFactor', value)}
        options={[
          ['', lists.all],
          ['on', messages.on],
          ['off', messages.off],
        ]}
      />
      <SelectFilter
        label={messages.order}
        value={values.order || 'CREATED_AT'}
        onChange={(value) => set('order', value)}
        options={orders.map((order) => [order, messages.orders[order]] as const)}
      />
    </>
  );
}
