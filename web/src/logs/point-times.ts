import { useMemo } from 'react';
import type { UsageInterval } from '../generated/graphql.js';
import { useLanguage } from '../language/language.js';

/** How the beginning of a point of a series is written: days are those of UTC, hours are the reader's. */
export function usePointTimes(interval: UsageInterval): (at: string) => string {
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
