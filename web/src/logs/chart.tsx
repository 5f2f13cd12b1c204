import { useState } from 'react';
import type { UsageInterval } from '../generated/graphql.js';
import { useFormats } from '../language/language.js';
import { Bars, type Bar } from './bars.js';
import { usePointTimes } from './point-times.js';
import type { Figures } from './usage.js';
import { useLogsWords } from './words.js';

interface ChartProps {
  readonly points: NonNullable<Figures['usageSeries']>;
  readonly interval: UsageInterval;
}

/** Requests and tokens over time, as two bar charts that need no color to be distinguished, and as a table. */
export function Chart({ points, interval }: ChartProps) {
  const { chart } = useLogsWords();
  const { number } = useFormats();
  const timeOf = usePointTimes(interval);
  const [pointed, setPointed] = useState<number | null>(null);
  const point = pointed === null ? undefined : points[pointed];
  const bars = (count: (point: ChartProps['points'][number]) => string | number): Bar[] =>
    points.map((one) => ({ at: one.at, value: Number(count(one)) }));
  const isEmpty = points.every(({ requests }) => Number(requests) === 0);
  return (
    <section className="card chart" aria-labelledby="chart-title">
      <header>
        <h2 id="chart-title">{chart.title}</h2>
        <span className="hint">{interval === 'HOUR' ? chart.byHour : chart.byDay}</span>
      </header>
      {isEmpty ? (
        <p className="hint">{chart.empty}</p>
      ) : (
        <>
          <div className="charts" onPointerLeave={() => setPointed(null)}>
            <Bars
              title={chart.requests}
              bars={bars(({ requests }) => requests)}
              timeOf={timeOf}
              pointed={pointed}
              onPoint={setPointed}
            />
            <Bars
              title={chart.tokens}
              bars={bars(({ tokens }) => tokens)}
              timeOf={timeOf}
              pointed={pointed}
              onPoint={setPointed}
            />
          </div>
          <p className="hint pointed" aria-hidden="true">
            {point ? chart.point(timeOf(point.at), number(point.requests), number(point.tokens)) : '\u00a0'}
          </p>
          <details>
            <summary>{chart.asTable}</summary>
            <PointTable points={points} timeOf={timeOf} />
          </details>
        </>
      )}
    </section>
  );
}

function PointTable({ points, timeOf }: Pick<ChartProps, 'points'> & { readonly timeOf: (at: string) => string }) {
  const { chart } = useLogsWords();
  const { number } = useFormats();
  return (
    <div className="point-table" role="region" aria-label={chart.table} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{chart.from}</th>
            <th scope="col" className="number">
              {chart.requests}
            </th>
            <th scope="col" className="number">
              {chart.tokens}
            </th>
            <th scope="col" className="number">
              {chart.quota}
            </th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ at, requests, tokens, quota }) => (
            <tr key={at}>
              <th scope="row">{timeOf(at)}</th>
              <td className="number">{number(requests)}</td>
              <td className="number">{number(tokens)}</td>
              <td className="number">{number(quota)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
