import { useMemo } from 'react';
import type { UsageInterval } from '../generated/graphql.js';
import { useLanguage } from '../language/language.js';

/** Formats the start of a period in a series: days are in UTC, hours in the browser's time zone. */
export function usePointTimeFormat(interval: UsageInterval): (at: string) => string {
  const { language } = useLanguage();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(
      language,
      interval === 'DAY'
        ? { day: 'numeric', month: 'short', timeZone: 'UTC' }
        : { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
    );
    return (at) => format.format(new Date(at));
  }, [language, interval]);
}
