import { useQuery } from 'urql';
import { graphql } from '../api/graphql.js';
import { startOfDay, endOfDay } from '../elements/day.js';
import { FilterBar } from '../elements/filter-bar.js';
import { Loaded } from '../elements/loaded.js';
import { Pager, usePages } from '../elements/pages.js';
import { Table } from '../elements/table.js';
import { oneOf, useFilters, type Filters } from '../elements/use-filters.js';
import type { AllSecurityEventsFilter, SecurityEventType } from '../generated/graphql.js';
import { useWords } from '../language/language.js';
import { Page } from '../shell/shell.js';
import { useEventColumns } from './event-columns.js';
import { eventFilterNames, type EventFilterNames } from './event-filter-names.js';
import { EventFilters, outcomes } from './event-filters.js';
import { Tabs } from './tabs.js';
import { useAdministrationWords } from './words.js';

/** The security events of all accounts. */
const AllSecurityEvents = graphql(`
  query AllSecurityEvents($filter: AllSecurityEventsFilter, $first: Int, $after: String, $last: Int, $before: String) {
    securityEvents(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      edges { cursor node { id at type outcome reason detail ip device requestId user { id username } actor { id username } } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`);

/** Events per page. */
const PAGE_SIZE = 25;

const context = { additionalTypenames: ['SecurityEvent'] };

/** The list of security events of all accounts, newest first. */
export function AllEvents() {
  const { events: words } = useAdministrationWords();
  const { lists } = useWords();
  const columns = useEventColumns();
  const filters = useFilters(eventFilterNames);
  const pages = usePages(PAGE_SIZE, filters.key);
  const [result, read] = useQuery({
    query: AllSecurityEvents,
    variables: { filter: filterOf(filters), ...pages.arguments },
    context,
  });
  return (
    <Page title={words.title} description={words.description}>
      <Tabs />
      <div className="list-head">
        <FilterBar label={words.filters} filters={filters}>
          <EventFilters filters={filters} />
        </FilterBar>
      </div>
      <Loaded result={result} onRetry={() => read({ requestPolicy: 'network-only' })}>
        {({ securityEvents }) =>
          securityEvents && (
            <>
              {securityEvents.edges.length === 0 ? (
                <p className="empty">{lists.noMatch}</p>
              ) : (
                <Table
                  label={words.title}
                  columns={columns}
                  rows={securityEvents.edges.map(({ node }) => node)}
                  isBusy={result.fetching}
                />
              )}
              <Pager pages={pages} pageInfo={securityEvents.pageInfo} label={words.title} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

const isoTime = (at: number): string | undefined => (Number.isNaN(at) ? undefined : new Date(at).toISOString());

function filterOf({ values }: Filters<EventFilterNames>): AllSecurityEventsFilter {
  const [from, to, outcome] = [
    isoTime(startOfDay(values.from)),
    isoTime(endOfDay(values.to)),
    oneOf(outcomes, values.outcome),
  ];
  return {
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(outcome ? { outcome } : {}),
    ...(/^[A-Z_]+$/.test(values.type) ? { types: [values.type as SecurityEventType] } : {}),
    ...(values.ip ? { ip: values.ip } : {}),
    ...(values.user ? { userId: values.user } : {}),
    ...(values.actor ? { actorId: values.actor } : {}),
  };
}
