import { SelectFilter, TextFilter } from '../elements/filter-bar.js';
import type { Filters } from '../elements/use-filters.js';
import { useWords } from '../language/language.js';
import { orders, roles, statuses } from './user-list.js';
import type { UserFilterNames } from './user-filter-names.js';
import { useAdministrationWords } from './words.js';

/** The server's limit for a search (in characters). */
const MAX_SEARCH_LENGTH = 64;

/** The filters and the order of users. */
export function UserFilters({ filters: { values, set } }: { readonly filters: Filters<UserFilterNames> }) {
  const words = useAdministrationWords();
  const { lists, roles: roleNames } = useWords();
  return (
    <>
      <TextFilter
        label={lists.search}
        hint={words.search}
        value={values.search}
        maxLength={MAX_SEARCH_LENGTH}
        onChange={(value) => set('search', value)}
      />
      <SelectFilter
        label={words.role}
        value={values.role}
        onChange={(value) => set('role', value)}
        options={[['', lists.all], ...roles.map((role) => [role, roleNames[role]] as const)]}
      />
      <SelectFilter
        label={words.status}
        value={values.status}
        onChange={(value) => set('status', value)}
        options={[['', lists.all], ...statuses.map((status) => [status, words.statuses[status]] as const)]}
      />
      <SelectFilter
        label={words.twoFactor}
        value={values.twoFactor}
        onChange={(value) => set('twoFactor', value)}
        options={[
          ['', lists.all],
          ['on', words.on],
          ['off', words.off],
        ]}
      />
      <SelectFilter
        label={words.order}
        value={values.order || 'CREATED_AT'}
        onChange={(value) => set('order', value)}
        options={orders.map((order) => [order, words.orders[order]] as const)}
      />
    </>
  );
}
