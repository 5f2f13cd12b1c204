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

/** The AI calls that were made, what they come to, and when. */
export function Logs() {
  const words = useLogsWords();
  const { lists } = useWords();
  const { role } = useViewer();
  const filters = useFilters(filterNames);
  const [now, setNow] = useState(() => Date.now());
  const isEverybodys = role !== 'USER' && filters.of.whose === 'everybody';
  const { figures, logs } = isEverybodys ? sources.everybodys : sources.mine;
  const span = spanOf(oneOf(periods, filters.of.period) ?? 'week', now, filters.of.from, filters.of.to);
  const filter = filterOf(filters, span, isEverybodys);
  const [result, read] = useQuery({ query: figures, variables: { filter, interval: span.interval }, context });
  const readAgain = () => read({ requestPolicy: 'network-only' });
  return (
    <Page title={words.title} description={isEverybodys ? words.everybodys : words.description}>
      <div className="list-head">
        <FilterBar label={words.filters} filters={filters}>
          <LogFilters filters={filters} isEverybodys={isEverybodys} />
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
      {/* A new list begins with its newest page. */}
      <LogList key={`${filters.of.whose} ${now}`} query={logs} filter={filter} />
    </Page>
  );
}

function filterOf({ of }: Filters<LogFilterNames>, { from, to }: Span, isEverybodys: boolean): AllUsageLogsFilter {
  const type = oneOf(usageTypes, of.type);
  return {
    from,
    ...(to ? { to } : {}),
    ...(type ? { type } : {}),
    ...(of.key ? { callKeyId: of.key } : {}),
    ...(of.model ? { model: of.model } : {}),
    ...(of.request ? { requestId: of.request } : {}),
    ...(isEverybodys && of.user ? { userId: of.user } : {}),
  };
}
