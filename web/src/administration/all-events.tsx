import { useQuery } from 'urql';
import { graphql } from '../api/graphql.js';
import { startOfDay, endOfDay } from '../elements/day.js';
import { FilterBar } from '../elements/filter-bar.js';
import { Loaded } from '../elements/loaded.js';
import { Pager, usePages } from '../elements/pages.js';
import { Table } from '../elements/table.js';
import { parseOption, useFilters, type Filters } from '../elements/use-filters.js';
import { ExportMenu } from '../export/export-menu.js';
import type { AllSecurityEventsFilter, SecurityEventType } from '../generated/graphql.js';
import { useMessages } from '../language/language.js';
import { Page } from '../shell/shell.js';
import { useEventColumns } from './event-columns.js';
import { eventFilterNames, type EventFilterName } from './event-filter-names.js';
import { EventFilters, outcomes } from './event-filters.js';
import { Tabs } from './tabs.js';
import { useAdministrationMessages } from './messages.js';

/** The security events of all accounts. */
const AllSecurityEvents = graphql(`
  query AllSecurityEvents($filter: AllSecurityEventsFilter, $first: Int, $after: String, $last: Int, $before: String) {
    securityEvents(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      edges { cursor node { id at type outcome reason detail ip device requestId user { id username } actor { id username } accessToken { id name } } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`);

/** Events per page. */
const PAGE_SIZE = 25;

const context = { additionalTypenames: ['SecurityEvent'] };

/** The list of security events of all accounts, newest first. */
export function AllEvents() {
  const { events: messages } = useAdministrationMessages();
  const { lists } = useMessages();
  const columns = useEventColumns();
  const filters = useFilters(eventFilterNames);
  const pages = usePages(PAGE_SIZE, filters.key);
  const [result, reexecuteQuery] = useQuery({
    query: AllSecurityEvents,
    variables: { filter: toFilter(filters), ...pages.arguments },
    context,
  });
  return (
    <Page
      title={messages.title}
      description={messages.description}
      headerExtra={<ExportMenu of="events" filter={toFilter(filters)} all />}
    >
      <Tabs />
      <div className="list-head">
        <FilterBar label={messages.filters} filters={filters}>
          <EventFilters filters={filters} />
        </FilterBar>
      </div>
      <Loaded result={result} onRetry={() => reexecuteQuery({ requestPolicy: 'network-only' })}>
        {({ securityEvents }) =>
          securityEvents && (
            <>
              {securityEvents.edges.length === 0 ? (
                <p className="empty">{lists.noMatch}</p>
              ) : (
                <Table
                  label={messages.title}
                  columns={columns}
                  rows={securityEvents.edges.map(({ node }) => node)}
                  isBusy={result.fetching}
                />
              )}
              <Pager pages={pages} pageInfo={securityEvents.pageInfo} label={messages.title} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

const toIsoTime = (at: number): string | undefined => (Number.isNaN(at) ? undefined : new Date(at).toISOString());

function toFilter({ values }: Filters<EventFilterName>): AllSecurityEventsFilter {
  const [from, to, outcome] = [
    toIsoTime(startOfDay(values.from)),
    toIsoTime(endOfDay(values.to)),
    parseOption(outcomes, values.outcome),
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
