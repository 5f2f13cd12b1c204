import { useState } from 'react';
import { useQuery } from 'urql';
import { Button } from '../elements/button.js';
import { FilterBar } from '../elements/filter-bar.js';
import { Loaded } from '../elements/loaded.js';
import { parseOption, useFilters, type Filters } from '../elements/use-filters.js';
import type { AllUsageLogsFilter } from '../generated/graphql.js';
import { useMessages } from '../language/language.js';
import { useViewer } from '../session/viewer.js';
import { Page } from '../shell/shell.js';
import { Chart } from './chart.js';
import { logFilterNames, type LogFilterName } from './log-filter-names.js';
import { LogFilters } from './log-filters.js';
import { LogList } from './log-list.js';
import { periods, getTimeRange, type TimeRange } from './period.js';
import { Summary } from './summary.js';
import { usageQueries, usageTypes } from './usage.js';
import { useLogsMessages } from './messages.js';

const context = { additionalTypenames: ['UsageSummary', 'UsagePoint', 'UsageLog'] };

/** The Logs view: AI calls, their totals, and a chart over time. */
export function Logs() {
  const messages = useLogsMessages();
  const { lists } = useMessages();
  const { role } = useViewer();
  const filters = useFilters(logFilterNames);
  const [now, setNow] = useState(() => Date.now());
  const showsAll = role !== 'USER' && filters.values.scope === 'all';
  const { usage, logs } = showsAll ? usageQueries.all : usageQueries.own;
  const timeRange = getTimeRange(
    parseOption(periods, filters.values.period) ?? 'week',
    now,
    filters.values.from,
    filters.values.to,
  );
  const filter = toFilter(filters, timeRange, showsAll);
  const [result, reexecuteQuery] = useQuery({
    query: usage,
    variables: { filter, interval: timeRange.interval },
    context,
  });
  const refetch = () => reexecuteQuery({ requestPolicy: 'network-only' });
  return (
    <Page title={messages.title} description={showsAll ? messages.descriptionOfAll : messages.description}>
      <div className="list-head">
        <FilterBar label={messages.filters} filters={filters}>
          <LogFilters filters={filters} showsAll={showsAll} />
        </FilterBar>
        <Button
          onClick={() => {
            setNow(Date.now());
            refetch();
          }}
          isBusy={result.fetching || result.stale}
        >
          {lists.refresh}
        </Button>
      </div>
      <Loaded result={result} onRetry={refetch}>
        {(data) => {
          const { usageSummary, usageSeries } = data.me ?? data;
          return (
            <div className="usage" aria-busy={result.fetching}>
              {usageSummary && <Summary summary={usageSummary} />}
              {usageSeries && <Chart points={usageSeries} interval={timeRange.interval} />}
            </div>
          );
        }}
      </Loaded>
      {/* The key resets a new list to its first page. */}
      <LogList key={`${filters.values.scope} ${now}`} query={logs} filter={filter} />
    </Page>
  );
}

function toFilter({ values }: Filters<LogFilterName>, { from, to }: TimeRange, showsAll: boolean): AllUsageLogsFilter {
  const type = parseOption(usageTypes, values.type);
  return {
    from,
    ...(to ? { to } : {}),
    ...(type ? { type } : {}),
    ...(values.key ? { callKeyId: values.key } : {}),
    ...(values.model ? { model: values.model } : {}),
    ...(values.request ? { requestId: values.request } : {}),
    ...(showsAll && values.user ? { userId: values.user } : {}),
  };
}
