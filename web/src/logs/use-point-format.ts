import { useMemo } from 'react';
import type { UsageInterval } from '../generated/graphql.js';
import { useLanguage } from '../language/language.js';
import { useLogsMessages } from './messages.js';

/** How points of a series are named. */
export interface PointFormat {
  /** The start of a period, e.g. on the axis. */
  readonly start: (at: string) => string;
  /** The whole period. */
  readonly period: (at: string) => string;
}

const formats: Readonly<Record<UsageInterval, Intl.DateTimeFormatOptions>> = {
  HOUR: { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' },
  DAY: { day: 'numeric', month: 'short' },
  WEEK: { day: 'numeric', month: 'short' },
  MONTH: { month: 'short', year: 'numeric' },
};

/** Formats the periods of a series in its time zone. */
export function usePointFormat(interval: UsageInterval, timeZone: string): PointFormat {
  const { language } = useLanguage();
  const { chart } = useLogsMessages();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(language, { ...formats[interval], timeZone });
    const start = (at: string) => format.format(new Date(at));
    return { start, period: (at) => (interval === 'WEEK' ? chart.weekOf(start(at)) : start(at)) };
  }, [language, interval, timeZone, chart]);
}
