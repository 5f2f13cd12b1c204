import { useState } from 'react';
import type { UsageInterval } from '../generated/graphql.js';
import { useFormats } from '../language/language.js';
import { Bars, type Bar } from './bars.js';
import { usePointTimeFormat } from './use-point-time-format.js';
import type { UsageData } from './usage.js';
import { useLogsMessages } from './messages.js';

interface ChartProps {
  readonly points: NonNullable<UsageData['usageSeries']>;
  readonly interval: UsageInterval;
}

/** Requests and tokens over time: two bar charts, distinguishable without color, and a table. */
export function Chart({ points, interval }: ChartProps) {
  const { chart } = useLogsMessages();
  const { number } = useFormats();
  const formatTime = usePointTimeFormat(interval);
  const [hoveredIndex, setHoveredIndex] = useState<number | null>(null);
  const point = hoveredIndex === null ? undefined : points[hoveredIndex];
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
          <div className="charts" onPointerLeave={() => setHoveredIndex(null)}>
            <Bars
              title={chart.requests}
              bars={bars(({ requests }) => requests)}
              formatTime={formatTime}
              hoveredIndex={hoveredIndex}
              onHover={setHoveredIndex}
            />
            <Bars
              title={chart.tokens}
              bars={bars(({ tokens }) => tokens)}
              formatTime={formatTime}
              hoveredIndex={hoveredIndex}
              onHover={setHoveredIndex}
            />
          </div>
          <p className="hint pointed" aria-hidden="true">
            {point ? chart.point(formatTime(point.at), number(point.requests), number(point.tokens)) : '\u00a0'}
          </p>
          <details>
            <summary>{chart.showAsTable}</summary>
            <PointTable points={points} formatTime={formatTime} />
          </details>
        </>
      )}
    </section>
  );
}

function PointTable({
  points,
  formatTime,
}: Pick<ChartProps, 'points'> & { readonly formatTime: (at: string) => string }) {
  const { chart } = useLogsMessages();
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
              <th scope="row">{formatTime(at)}</th>
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
