import { useState } from 'react';
import { useQuery } from 'urql';
import { Button } from '../elements/button.js';
import { FilterBar } from '../elements/filter-bar.js';
import { Loaded } from '../elements/loaded.js';
import { parseOption, useFilters, type Filters } from '../elements/use-filters.js';
import { ExportMenu } from '../export/export-menu.js';
import type { AllUsageLogsFilter, UsageInterval } from '../generated/graphql.js';
import { useMessages } from '../language/language.js';
import { useViewer } from '../session/viewer.js';
import { Page } from '../shell/shell.js';
import { Breakdown } from './breakdown.js';
import { Chart } from './chart.js';
import { logFilterNames, type LogFilterName } from './log-filter-names.js';
import { LogFilters } from './log-filters.js';
import { LogList } from './log-list.js';
import { periods, getTimeRange, type TimeRange } from './period.js';
import { Summary } from './summary.js';
import { getTimeZone } from './time-zone.js';
import { usageQueries, usageTypes } from './usage.js';
import { useLogsMessages } from './messages.js';

const context = { additionalTypenames: ['UsageSummary', 'UsagePoint', 'UsageLog'] };

/** The Logs view: AI calls, their totals, a chart over time, and the largest shares. */
export function Logs() {
  const messages = useLogsMessages();
  const { lists } = useMessages();
  const { role } = useViewer();
  const filters = useFilters(logFilterNames);
  const [now, setNow] = useState(() => Date.now());
  const showsAll = role !== 'USER' && filters.values.scope === 'all';
  const [selectedInterval, setSelectedInterval] = useState<UsageInterval | null>(null);
  const timeZone = getTimeZone();
  const { usage, shares, logs } = showsAll ? usageQueries.all : usageQueries.own;
  const timeRange = getTimeRange(
    parseOption(periods, filters.values.period) ?? 'week',
    now,
    filters.values.from,
    filters.values.to,
  );
  const interval = timeRange.intervals.find((one) => one === selectedInterval) ?? timeRange.intervals[0] ?? 'DAY';
  const filter = toFilter(filters, timeRange, showsAll);
  const [result, reexecuteQuery] = useQuery({
    query: usage,
    variables: { filter, interval, timeZone },
    context,
  });
  const refetch = () => reexecuteQuery({ requestPolicy: 'network-only' });
  return (
    <Page
      title={messages.title}
      description={
        !showsAll ? messages.description : filters.values.user ? messages.descriptionOfOne : messages.descriptionOfAll
      }
      headerExtra={<ExportMenu of="usage" filter={filter} all={showsAll} />}
    >
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
              {usageSeries && (
                <Chart
                  points={usageSeries}
                  interval={interval}
                  intervals={timeRange.intervals}
                  onSelect={setSelectedInterval}
                  timeZone={timeZone}
                />
              )}
              <Breakdown query={shares} filter={filter} showsAll={showsAll} />
            </div>
          );
        }}
      </Loaded>
      {/* Hidden until the totals above it are there, which would move it. The key resets it to its first page. */}
      <div hidden={!result.data && !result.error}>
        <LogList key={`${filters.values.scope} ${now}`} query={logs} filter={filter} showsAll={showsAll} />
      </div>
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
