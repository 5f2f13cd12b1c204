import { useFormats } from '../language/language.js';
import { useLogsWords } from './words.js';

/** A bar: how much, from when. */
export interface Bar {
  readonly at: string;
  readonly value: number;
}

/** The drawing (in its own units): it is as wide as there is room. */
const WIDTH = 1_000;
const HEIGHT = 120;

/** The part of its place that a bar fills; the rest is the gap. */
const FILLED = 0.78;

/** A value that is not 0 can be seen (in units of the drawing). */
const LEAST_HEIGHT = 2;

interface BarsProps {
  readonly title: string;
  readonly bars: readonly Bar[];
  readonly timeOf: (at: string) => string;
  readonly pointed: number | null;
  readonly onPoint: (place: number) => void;
}

/** Bars over time, with the sum, the highest and the time in words. */
export function Bars({ title, bars, timeOf, pointed, onPoint }: BarsProps) {
  const { chart } = useLogsWords();
  const { number } = useFormats();
  const most = bars.reduce((one, other) => (other.value > one.value ? other : one), {
    at: bars[0]?.at ?? '',
    value: 0,
  });
  const total = bars.reduce((sum, { value }) => sum + value, 0);
  const place = WIDTH / bars.length;
  return (
    <figure className="bars">
      <figcaption>
        <strong>{title}</strong>
        <span>{chart.most(number(most.value))}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={chart.described(title, number(total), number(most.value), timeOf(most.at))}
      >
        <path className="grid" d={`M0 0.5H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 ${HEIGHT - 0.5}H${WIDTH}`} />
        {bars.map(({ at, value }, index) => {
          const height = value === 0 ? 0 : Math.max((value / most.value) * HEIGHT, LEAST_HEIGHT);
          return (
            <g key={at} className={pointed === index ? 'pointed' : ''} onPointerEnter={() => onPoint(index)}>
              <rect className="place" x={index * place} y="0" width={place} height={HEIGHT} />
              <rect
                className="bar-of-chart"
                x={(index + (1 - FILLED) / 2) * place}
                y={HEIGHT - height}
                width={place * FILLED}
                height={height}
              />
            </g>
          );
        })}
      </svg>
      <p className="axis" aria-hidden="true">
        <span>{timeOf(bars[0]?.at ?? '')}</span>
        <span>{timeOf(bars.at(-1)?.at ?? '')}</span>
      </p>
    </figure>
  );
}
