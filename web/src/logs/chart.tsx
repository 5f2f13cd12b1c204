import { SelectFilter } from '../elements/filter-bar.js';
import type { UsageInterval } from '../generated/graphql.js';
import { useFormats } from '../language/language.js';
import { Bars } from './bars.js';
import { PointTable } from './point-table.js';
import { formatTimeZone } from './time-zone.js';
import { usePointFormat } from './use-point-format.js';
import type { Point } from './usage.js';
import { useLogsMessages } from './messages.js';

interface ChartProps {
  readonly points: readonly Point[];
  readonly interval: UsageInterval;
  /** The intervals that the user can select. */
  readonly intervals: readonly UsageInterval[];
  readonly onSelect: (interval: UsageInterval) => void;
  readonly timeZone: string;
}

/** Requests and tokens over time: two bar charts, distinguishable without color, and a table. */
export function Chart({ points, interval, intervals, onSelect, timeZone }: ChartProps) {
  const { chart } = useLogsMessages();
  const { number } = useFormats();
  const format = usePointFormat(interval, timeZone);
  const isEmpty = points.every(({ requests }) => Number(requests) === 0);
  const describe = (index: number): string[] => {
    const point = points[index];
    if (!point) return [];
    const { at, requests, errors, tokens, quota } = point;
    return [
      format.period(at),
      chart.requestsOf(number(requests), number(errors)),
      chart.tokensOf(number(tokens)),
      chart.quotaOf(number(quota)),
    ];
  };
  return (
    <section className="card chart" aria-labelledby="chart-title">
      <header>
        <h2 id="chart-title">{chart.title}</h2>
        <SelectFilter
          label={chart.interval}
          value={interval}
          onChange={(value) => onSelect(value as UsageInterval)}
          options={intervals.map((one) => [one, chart.intervals[one]] as const)}
        />
      </header>
      <p className="hint">{chart.timesIn(formatTimeZone(timeZone))}</p>
      {isEmpty ? (
        <p className="hint">{chart.empty}</p>
      ) : (
        <>
          <div className="charts">
            <Bars
              title={chart.requests}
              bars={points.map(({ at, requests, errors }) => ({
                at,
                value: Number(requests),
                failed: Number(errors),
              }))}
              format={format}
              describe={describe}
              legend={<Legend />}
            />
            <Bars
              title={chart.tokens}
              bars={points.map(({ at, tokens }) => ({ at, value: Number(tokens), failed: 0 }))}
              format={format}
              describe={describe}
            />
          </div>
          <details>
            <summary>{chart.showAsTable}</summary>
            <PointTable points={points} format={format} />
          </details>
        </>
      )}
    </section>
  );
}

function Legend() {
  const { types } = useLogsMessages();
  return (
    <span className="legend">
      <span className="key-of-success">{types.CONSUME}</span>
      <span className="key-of-failure">{types.ERROR}</span>
    </span>
  );
}
