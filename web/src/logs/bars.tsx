import { useFormats } from '../language/language.js';
import { useLogsMessages } from './messages.js';

/** A bar of the chart. */
export interface Bar {
  readonly at: string;
  readonly value: number;
}

/** The size of the drawing (in its own units); it is stretched to the available width. */
const WIDTH = 1_000;
const HEIGHT = 120;

/** The part of its slot that a bar fills; the rest is the gap. */
const BAR_WIDTH_RATIO = 0.78;

/** The height of the smallest value above 0, so that it is visible. */
const MIN_HEIGHT = 2;

interface BarsProps {
  readonly title: string;
  readonly bars: readonly Bar[];
  readonly formatTime: (at: string) => string;
  readonly hoveredIndex: number | null;
  readonly onHover: (index: number) => void;
}

/** Bars over time, with a text alternative that has the total and the peak. */
export function Bars({ title, bars, formatTime, hoveredIndex, onHover }: BarsProps) {
  const { chart } = useLogsMessages();
  const { number } = useFormats();
  const peak = bars.reduce((a, b) => (b.value > a.value ? b : a), {
    at: bars[0]?.at ?? '',
    value: 0,
  });
  const total = bars.reduce((sum, { value }) => sum + value, 0);
  const slotWidth = WIDTH / bars.length;
  return (
    <figure className="bars">
      <figcaption>
        <strong>{title}</strong>
        <span>{chart.peak(number(peak.value))}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={chart.description(title, number(total), number(peak.value), formatTime(peak.at))}
      >
        <path className="grid" d={`M0 0.5H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 ${HEIGHT - 0.5}H${WIDTH}`} />
        {bars.map(({ at, value }, index) => {
          const height = value === 0 ? 0 : Math.max((value / peak.value) * HEIGHT, MIN_HEIGHT);
          return (
            <g key={at} className={hoveredIndex === index ? 'pointed' : ''} onPointerEnter={() => onHover(index)}>
              <rect className="slot" x={index * slotWidth} y="0" width={slotWidth} height={HEIGHT} />
              <rect
                className="bar-of-chart"
                x={(index + (1 - BAR_WIDTH_RATIO) / 2) * slotWidth}
                y={HEIGHT - height}
                width={slotWidth * BAR_WIDTH_RATIO}
                height={height}
              />
            </g>
          );
        })}
      </svg>
      <p className="axis" aria-hidden="true">
        <span>{formatTime(bars[0]?.at ?? '')}</span>
        <span>{formatTime(bars.at(-1)?.at ?? '')}</span>
      </p>
    </figure>
  );
}
