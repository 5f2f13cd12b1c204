import { Temporal } from 'temporal-polyfill';
import { days } from './duration.js';

/** A span of time in which the clocks of a zone don't change, in milliseconds since 1970. */
export interface SteadyOffset {
  readonly from: number;
  readonly to: number;
  /** What the clocks show more than UTC (in milliseconds). */
  readonly offset: number;
}

/** Clocks have skipped a whole day (Apia, 2011), so a local date is sure only at this distance from a change. */
const MARGIN_MS = days(2);

/** The latest found spans of each zone, the newest first. There are some 600 zones. */
const found = new Map<string, readonly SteadyOffset[]>();
const SPANS_REMEMBERED = 8;

/**
 * The span around a time in which every local date and hour follows by arithmetic. It ends two days before the next
 * change of the clocks; it is empty, or doesn't contain the time, near a change. Finding one is expensive, so the
 * latest are remembered.
 */
export function steadyOffsetAt(zone: string, time: number): SteadyOffset {
  const known = found.get(zone) ?? [];
  const remembered = known.find(({ from, to }) => from - MARGIN_MS <= time && time < to + MARGIN_MS);
  if (remembered) return remembered;
  const local = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone);
  // The change at which a span begins belongs to it, and `previous` finds earlier ones only.
  const previous = local.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  const next = local.getTimeZoneTransition('next');
  const span = {
    from: (previous?.epochMilliseconds ?? -Infinity) + MARGIN_MS,
    to: (next?.epochMilliseconds ?? Infinity) - MARGIN_MS,
    offset: local.offsetNanoseconds / 1e6,
  };
  found.set(zone, [span, ...known.slice(0, SPANS_REMEMBERED - 1)]);
  return span;
}
