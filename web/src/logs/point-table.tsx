import { useFormats } from '../language/language.js';
import type { PointFormat } from './use-point-format.js';
import type { Point } from './usage.js';
import { useLogsMessages } from './messages.js';

interface PointTableProps {
  readonly points: readonly Point[];
  readonly format: PointFormat;
}

/** The points of a series as a table. */
export function PointTable({ points, format }: PointTableProps) {
  const { chart } = useLogsMessages();
  const { number } = useFormats();
  return (
    <div className="point-table" role="region" aria-label={chart.table} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{chart.from}</th>
            {[chart.requests, chart.failed, chart.tokens, chart.quota].map((title) => (
              <th key={title} scope="col" className="number">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map(({ at, requests, errors, tokens, quota }) => (
            <tr key={at}>
              <th scope="row">{format.start(at)}</th>
              <td className="number">{number(requests)}</td>
              <td className="number">{number(errors)}</td>
              <td className="number">{number(tokens)}</td>
              <td className="number">{number(quota)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
