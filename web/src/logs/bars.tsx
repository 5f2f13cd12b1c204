import { useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useFormats } from '../language/language.js';
import { createAxis } from './axis.js';
import { Plot, type Bar } from './plot.js';
import type { PointFormat } from './use-point-format.js';
import { useLogsMessages } from './messages.js';

interface BarsProps {
  readonly title: string;
  readonly bars: readonly Bar[];
  readonly format: PointFormat;
  /** Shown beside the title. */
  readonly legend?: ReactNode;
  /** What the tooltip says about the point with this index, one line each. */
  readonly describe: (index: number) => readonly string[];
}

/**
 * A bar chart over time. A text alternative has the total and the peak; pointing at it, or the arrow keys, show each
 * point.
 */
export function Bars({ title, bars, format, legend, describe }: BarsProps) {
  const { chart } = useLogsMessages();
  const { number, compact } = useFormats();
  const [index, setIndex] = useState<number | null>(null);
  const none = { at: bars[0]?.at ?? '', value: 0, failed: 0 };
  const peak = bars.reduce<Bar>((a, b) => (b.value > a.value ? b : a), none);
  const total = bars.reduce((sum, { value }) => sum + value, 0);
  const axis = createAxis(peak.value);
  const shown = index === null ? null : Math.min(index, bars.length - 1);
  return (
    <figure className="bars">
      <figcaption>
        <strong>{title}</strong>
        {legend}
      </figcaption>
      <div className="axes">
        <p className="values" aria-hidden="true">
          {axis.lines.map((line) => (
            <span key={line}>{compact(line)}</span>
          ))}
        </p>
        <div className="plot">
          <Plot
            bars={bars}
            axis={axis}
            label={chart.description(title, number(total), number(peak.value), format.period(peak.at))}
            index={shown}
          />
          <Scrubber title={title} count={bars.length} index={shown} onChange={setIndex} describe={describe} />
          {shown !== null && (
            <p className={`point-tooltip ${getSide(shown, bars.length)}`} aria-hidden="true">
              {describe(shown).map((line) => (
                <span key={line}>{line}</span>
              ))}
            </p>
          )}
        </div>
        <p className="times" aria-hidden="true">
          <span>{format.start(bars[0]?.at ?? '')}</span>
          <span>{format.start(bars.at(-1)?.at ?? '')}</span>
        </p>
      </div>
    </figure>
  );
}

/** Where a tooltip is: in the other half of the chart, so that it does not hide its bar. */
const getSide = (index: number, count: number) => (index < count / 2 ? 'at-end' : 'at-start');

interface ScrubberProps extends Pick<BarsProps, 'title' | 'describe'> {
  readonly count: number;
  readonly index: number | null;
  readonly onChange: (index: number | null) => void;
}

/** Selects a point of a chart, by pointer or as a slider. Escape hides its tooltip. */
function Scrubber({ title, count, index, onChange, describe }: ScrubberProps) {
  const { chart } = useLogsMessages();
  const handlePointer = ({ clientX, currentTarget }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    onChange(Math.min(Math.max(Math.floor(((clientX - left) / width) * count), 0), count - 1));
  };
  const handleKey = (event: KeyboardEvent) => {
    const next = getNextIndex(event.key, index ?? count - 1, count);
    if (next === undefined) return;
    event.preventDefault();
    onChange(next);
  };
  return (
    <div
      className="scrubber"
      role="slider"
      tabIndex={0}
      aria-label={chart.pointOf(title)}
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={(index ?? count - 1) + 1}
      aria-valuetext={describe(index ?? count - 1).join(', ')}
      onPointerMove={handlePointer}
      onPointerDown={handlePointer}
      onPointerLeave={() => onChange(null)}
      onKeyDown={handleKey}
      onFocus={() => onChange(index ?? count - 1)}
      onBlur={() => onChange(null)}
    />
  );
}

/** The point that a key selects; null for none, undefined for a key that does nothing. */
function getNextIndex(key: string, index: number, count: number): number | null | undefined {
  if (key === 'Escape') return null;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (key === 'ArrowLeft' || key === 'ArrowDown') return Math.max(index - 1, 0);
  if (key === 'ArrowRight' || key === 'ArrowUp') return Math.min(index + 1, count - 1);
  return undefined;
}
