import { useId } from 'react';
import type { Axis } from './axis.js';

/** A bar of the chart. */
export interface Bar {
  readonly at: string;
  readonly value: number;
  /** The part of the value that failed. */
  readonly failed: number;
}

/** The size of the SVG's view box. It is stretched to the available width, so patterns have horizontal lines only. */
const WIDTH = 1_000;
const HEIGHT = 140;

/** The width of a bar relative to its slot; the rest is the gap. */
const BAR_WIDTH_RATIO = 0.78;

/** The height of the smallest value above 0, so that it is visible. */
const MIN_HEIGHT = 2;

/** The distance of the stripes of failed requests. */
const STRIPE = 4;

interface PlotProps {
  readonly bars: readonly Bar[];
  readonly axis: Axis;
  readonly label: string;
  readonly index: number | null;
}

/** The bars of a chart. The failed part of a bar is striped, so that it differs without color. */
export function Plot({ bars, axis, label, index: pointed }: PlotProps) {
  const stripesId = useId();
  const slotWidth = WIDTH / bars.length;
  const toHeight = (value: number) => (value === 0 ? 0 : Math.max((value / axis.top) * HEIGHT, MIN_HEIGHT));
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <defs>
        <pattern id={stripesId} width={WIDTH} height={STRIPE} patternUnits="userSpaceOnUse">
          <rect className="failed" width={WIDTH} height={STRIPE} />
          <rect className="stripe" width={WIDTH} height={STRIPE / 3} />
        </pattern>
      </defs>
      {axis.lines.map((line) => (
        <path key={line} className="grid" d={`M0 ${HEIGHT - (line / axis.top) * HEIGHT}H${WIDTH}`} />
      ))}
      {bars.map(({ at, value, failed }, index) => {
        const [whole, part] = [toHeight(value), toHeight(failed)];
        const place = { x: (index + (1 - BAR_WIDTH_RATIO) / 2) * slotWidth, width: slotWidth * BAR_WIDTH_RATIO };
        return (
          <g key={at} className={pointed === index ? 'pointed' : ''}>
            {pointed === index && (
              <rect className="slot" x={index * slotWidth} y="0" width={slotWidth} height={HEIGHT} />
            )}
            {value > failed && <rect className="bar-of-chart" {...place} y={HEIGHT - whole} height={whole} />}
            {failed > 0 && <rect fill={`url(#${stripesId})`} {...place} y={HEIGHT - part} height={part} />}
          </g>
        );
      })}
    </svg>
  );
}
