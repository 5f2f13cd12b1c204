import { useState } from 'react';
import { useQuery } from 'urql';
import { Button } from '../elements/button.js';
import { FilterBar } from '../elements/filter-bar.js';
import { Loaded } from '../elements/loaded.js';
import { Pager, usePages } from '../elements/pages.js';
import { Table } from '../elements/table.js';
import { oneOf, useFilters, type Filters } from '../elements/use-filters.js';
import { useFormats, useWords } from '../language/language.js';
import { Page } from '../shell/shell.js';
import { CreateAccount } from './create-account.js';
import { orders, roles, statuses, UserList, useUserColumns } from './user-list.js';
import { filterNames, type UserFilterNames } from './user-filter-names.js';
import { UserFilters } from './user-filters.js';
import { Tabs } from './tabs.js';
import { useAdministrationWords } from './words.js';

/** Users per page. */
const PAGE_SIZE = 20;

const context = { additionalTypenames: ['User'] };

/** The list of users, with filters. */
export function Users() {
  const words = useAdministrationWords();
  const { lists } = useWords();
  const { number } = useFormats();
  const filters = useFilters(filterNames);
  const pages = usePages(PAGE_SIZE, filters.key);
  const columns = useUserColumns();
  const [isCreating, setIsCreating] = useState(false);
  const [result, read] = useQuery({
    query: UserList,
    variables: { ...variablesOf(filters), ...pages.arguments },
    context,
  });
  return (
    <Page title={words.title} description={words.description}>
      <Tabs />
      <div className="list-head">
        <FilterBar label={words.filters} filters={filters}>
          <UserFilters filters={filters} />
        </FilterBar>
        <Button tone="main" onClick={() => setIsCreating(true)}>
          {words.create.button}
        </Button>
      </div>
      <Loaded result={result} onRetry={() => read({ requestPolicy: 'network-only' })}>
        {({ users }) =>
          users && (
            <>
              {users.edges.length === 0 ? (
                <p className="empty">{lists.noMatch}</p>
              ) : (
                <Table
                  label={words.table}
                  columns={columns}
                  rows={users.edges.map(({ node }) => node)}
                  isBusy={result.fetching}
                />
              )}
              <footer className="list-foot">
                <p className="hint" role="status">
                  {lists.total(number(users.totalCount))}
                </p>
                <Pager pages={pages} pageInfo={users.pageInfo} label={words.table} isByTime={false} />
              </footer>
            </>
          )
        }
      </Loaded>
      {isCreating && <CreateAccount onClose={() => setIsCreating(false)} />}
    </Page>
  );
}

function variablesOf({ values }: Filters<UserFilterNames>) {
  const field = oneOf(orders, values.order) ?? 'CREATED_AT';
  return {
    filter: {
      search: values.search || null,
      role: oneOf(roles, values.role) ?? null,
      status: oneOf(statuses, values.status) ?? null,
      twoFactorEnabled: values.twoFactor === '' ? null : values.twoFactor === 'on',
    },
    orderBy: { field, direction: field === 'USERNAME' ? ('ASC' as const) : ('DESC' as const) },
  };
}
