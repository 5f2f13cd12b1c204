import { useState } from 'react';
import { useQuery } from 'urql';
import { Button } from '../elements/button.js';
import { FilterBar } from '../elements/filter-bar.js';
import { Loaded } from '../elements/loaded.js';
import { Pager, usePages } from '../elements/pages.js';
import { Table } from '../elements/table.js';
import { parseOption, useFilters, type Filters } from '../elements/use-filters.js';
import { useFormats, useMessages } from '../language/language.js';
import { Page } from '../shell/shell.js';
import { CreateAccount } from './create-account.js';
import { FactorAdoption } from './factor-adoption.js';
import { orders, roles, statuses, UserList, useUserColumns } from './user-list.js';
import { userFilterNames, type UserFilterName } from './user-filter-names.js';
import { UserFilters } from './user-filters.js';
import { Tabs } from './tabs.js';
import { useAdministrationMessages } from './messages.js';

/** Users per page. */
const PAGE_SIZE = 20;

const context = { additionalTypenames: ['User'] };

/** The list of users, with filters. */
export function Users() {
  const messages = useAdministrationMessages();
  const { lists } = useMessages();
  const { number } = useFormats();
  const filters = useFilters(userFilterNames);
  const pages = usePages(PAGE_SIZE, filters.key);
  const columns = useUserColumns();
  const [isCreating, setIsCreating] = useState(false);
  const [result, reexecuteQuery] = useQuery({
    query: UserList,
    variables: { ...toVariables(filters), ...pages.arguments },
    context,
  });
  return (
    <Page title={messages.title} description={messages.description}>
      <Tabs />
      <FactorAdoption />
      <div className="list-head">
        <FilterBar label={messages.filters} filters={filters}>
          <UserFilters filters={filters} />
        </FilterBar>
        <Button tone="main" onClick={() => setIsCreating(true)}>
          {messages.create.button}
        </Button>
      </div>
      <Loaded result={result} onRetry={() => reexecuteQuery({ requestPolicy: 'network-only' })}>
        {({ users }) =>
          users && (
            <>
              {users.edges.length === 0 ? (
                <p className="empty">{lists.noMatch}</p>
              ) : (
                <Table
                  label={messages.table}
                  columns={columns}
                  rows={users.edges.map(({ node }) => node)}
                  isBusy={result.fetching}
                />
              )}
              <footer className="list-foot">
                <p className="hint" role="status">
                  {lists.total(number(users.totalCount))}
                </p>
                <Pager pages={pages} pageInfo={users.pageInfo} label={messages.table} isChronological={false} />
              </footer>
            </>
          )
        }
      </Loaded>
      {isCreating && <CreateAccount onClose={() => setIsCreating(false)} />}
    </Page>
  );
}

function toVariables({ values }: Filters<UserFilterName>) {
  const field = parseOption(orders, values.order) ?? 'CREATED_AT';
  return {
    filter: {
      search: values.search || null,
      role: parseOption(roles, values.role) ?? null,
      status: parseOption(statuses, values.status) ?? null,
      twoFactorEnabled: values.twoFactor === '' ? null : values.twoFactor === 'on',
    },
    orderBy: { field, direction: field === 'USERNAME' ? ('ASC' as const) : ('DESC' as const) },
  };
}
