import { SelectFilter, TextFilter } from '../elements/filter-bar.js';
import type { Filters } from '../elements/use-filters.js';
import { useWords } from '../language/language.js';
import { orders, roles, statuses } from './people-list.js';
import type { PeopleFilterNames } from './people-filter-names.js';
import { useAdministrationWords } from './words.js';

/** The longest search that the server takes (in characters). */
const LONGEST_SEARCH = 64;

/** Every way to narrow people down, and to order them. */
export function PeopleFilters({ filters: { of, set } }: { readonly filters: Filters<PeopleFilterNames> }) {
  const words = useAdministrationWords();
  const { lists, roles: roleNames } = useWords();
  return (
    <>
      <TextFilter
        label={lists.search}
        hint={words.search}
        value={of.search}
        maxLength={LONGEST_SEARCH}
        onChange={(value) => set('search', value)}
      />
      <SelectFilter
        label={words.role}
        value={of.role}
        onChange={(value) => set('role', value)}
        options={[['', lists.all], ...roles.map((role) => [role, roleNames[role]] as const)]}
      />
      <SelectFilter
        label={words.status}
        value={of.status}
        onChange={(value) => set('status', value)}
        options={[['', lists.all], ...statuses.map((status) => [status, words.statuses[status]] as const)]}
      />
      <SelectFilter
        label={words.twoFactor}
        value={of.twoFactor}
        onChange={(value) => set('twoFactor', value)}
        options={[
          ['', lists.all],
          ['on', words.on],
          ['off', words.off],
        ]}
      />
      <SelectFilter
        label={words.order}
        value={of.order || 'CREATED_AT'}
        onChange={(value) => set('order', value)}
        options={orders.map((order) => [order, words.orders[order]] as const)}
      />
    </>
  );
}
