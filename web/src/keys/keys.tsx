import { useState } from 'react';
import { useQuery } from 'urql';
import { Button } from '../elements/button.js';
import { FilterBar, SelectFilter, TextFilter } from '../elements/filter-bar.js';
import { Loaded } from '../elements/loaded.js';
import { Pager, usePages } from '../elements/pages.js';
import { parseOption, useFilters } from '../elements/use-filters.js';
import { useFormats, useMessages } from '../language/language.js';
import { Page } from '../shell/shell.js';
import { MyCallKeys, statuses } from './call-keys.js';
import { KeyList } from './key-list.js';
import { NewKey } from './new-key.js';
import { NoKeys } from './no-keys.js';
import { useKeysMessages } from './messages.js';
import { UsageWarnings } from './usage-warnings.js';

/** Keys per page. */
const PAGE_SIZE = 20;

/** The server's limit for a search (in characters). */
const MAX_SEARCH_LENGTH = 64;

const context = { additionalTypenames: ['CallKey'] };

/** The Keys view: the user's call keys and the actions on them. */
export function Keys() {
  const messages = useKeysMessages();
  const { lists } = useMessages();
  const { number } = useFormats();
  const filters = useFilters(['search', 'status']);
  const pages = usePages(PAGE_SIZE, filters.key);
  const [isCreating, setIsCreating] = useState(false);
  const filter = {
    search: filters.values.search || null,
    status: parseOption(statuses, filters.values.status) ?? null,
  };
  const [result, reexecuteQuery] = useQuery({ query: MyCallKeys, variables: { filter, ...pages.arguments }, context });
  const create = (
    <Button tone="main" onClick={() => setIsCreating(true)}>
      {messages.create}
    </Button>
  );
  const keys = result.data?.me?.callKeys;
  // Go back if all keys of this page were deleted.
  if (keys?.edges.length === 0 && !pages.isFirst) pages.goToFirst();
  const hasNoKeys = keys?.totalCount === 0 && !filters.isActive;
  return (
    <Page title={messages.title} description={messages.description}>
      {!hasNoKeys && (
        <div className="list-head">
          <FilterBar label={messages.filters} filters={filters}>
            <TextFilter
              label={lists.search}
              hint={messages.search}
              value={filters.values.search}
              maxLength={MAX_SEARCH_LENGTH}
              onChange={(value) => filters.set('search', value)}
            />
            <SelectFilter
              label={messages.status}
              value={filters.values.status}
              onChange={(value) => filters.set('status', value)}
              options={[['', lists.all], ...statuses.map((status) => [status, messages.statuses[status]] as const)]}
            />
          </FilterBar>
          {create}
        </div>
      )}
      <Loaded result={result} onRetry={() => reexecuteQuery({ requestPolicy: 'network-only' })}>
        {({ me }) =>
          me?.callKeys && (
            <>
              <KeyList
                callKeys={me.callKeys.edges.map(({ node }) => node)}
                isBusy={result.fetching}
                empty={hasNoKeys ? <NoKeys>{create}</NoKeys> : <p className="empty">{lists.noMatch}</p>}
              />
              {me.callKeys.edges.length > 0 && (
                <footer className="list-foot">
                  <p className="hint">{lists.total(number(me.callKeys.totalCount))}</p>
                  <Pager pages={pages} pageInfo={me.callKeys.pageInfo} label={messages.table} />
                </footer>
              )}
            </>
          )
        }
      </Loaded>
      {keys && !hasNoKeys && <UsageWarnings />}
      {isCreating && <NewKey onClose={() => setIsCreating(false)} />}
    </Page>
  );
}
