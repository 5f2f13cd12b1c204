import { useState } from 'react';
import { useQuery } from 'urql';
import { Button } from '../elements/button.js';
import { FilterBar } from '../elements/filter-bar.js';
import { Loaded } from '../elements/loaded.js';
import { oneOf, useFilters, type Filters } from '../elements/use-filters.js';
import type { AllUsageLogsFilter } from '../generated/graphql.js';
import { useWords } from '../language/language.js';
import { useViewer } from '../session/viewer.js';
import { Page } from '../shell/shell.js';
import { Chart } from './chart.js';
import { filterNames, type LogFilterNames } from './log-filter-names.js';
import { LogFilters } from './log-filters.js';
import { LogList } from './log-list.js';
import { periods, spanOf, type Span } from './period.js';
import { Summary } from './summary.js';
import { sources, usageTypes } from './usage.js';
import { useLogsWords } from './words.js';

const context = { additionalTypenames: ['UsageSummary', 'UsagePoint', 'UsageLog'] };

/** The Logs view: AI calls, their totals, and a chart over time. */
export function Logs() {
  const words = useLogsWords();
  const { lists } = useWords();
  const { role } = useViewer();
  const filters = useFilters(filterNames);
  const [now, setNow] = useState(() => Date.now());
  const showsAll = role !== 'USER' && filters.values.scope === 'all';
  const { figures, logs } = showsAll ? sources.all : sources.mine;
  const span = spanOf(oneOf(periods, filters.values.period) ?? 'week', now, filters.values.from, filters.values.to);
  const filter = filterOf(filters, span, showsAll);
  const [result, read] = useQuery({ query: figures, variables: { filter, interval: span.interval }, context });
  const readAgain = () => read({ requestPolicy: 'network-only' });
  return (
    <Page title={words.title} description={showsAll ? words.descriptionOfAll : words.description}>
      <div className="list-head">
        <FilterBar label={words.filters} filters={filters}>
          <LogFilters filters={filters} showsAll={showsAll} />
        </FilterBar>
        <Button
          onClick={() => {
            setNow(Date.now());
            readAgain();
          }}
          isBusy={result.fetching || result.stale}
        >
          {lists.refresh}
        </Button>
      </div>
      <Loaded result={result} onRetry={readAgain}>
        {(data) => {
          const { usageSummary, usageSeries } = data.me ?? data;
          return (
            <div className="figures" aria-busy={result.fetching}>
              {usageSummary && <Summary summary={usageSummary} />}
              {usageSeries && <Chart points={usageSeries} interval={span.interval} />}
            </div>
          );
        }}
      </Loaded>
      {/* The key resets a new list to its first page. */}
      <LogList key={`${filters.values.scope} ${now}`} query={logs} filter={filter} />
    </Page>
  );
}

function filterOf({ values }: Filters<LogFilterNames>, { from, to }: Span, showsAll: boolean): AllUsageLogsFilter {
  const type = oneOf(usageTypes, values.type);
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
