import { hours, inSeconds, minutes } from '../duration.js';
import { languageTags, type Locale } from './locale.js';

/** A waiting time in one unit, rounded up, e.g. "54 seconds", "15 minutes" or "24 hours". */
export function formatDuration(seconds: number, locale: Locale): string {
  const [unit, length] =
    seconds <= inSeconds(minutes(1))
      ? ['second', 1]
      : seconds <= inSeconds(hours(1))
        ? ['minute', inSeconds(minutes(1))]
        : ['hour', inSeconds(hours(1))];
  const unitDisplay = locale === 'ZH' ? 'short' : 'long';
  return new Intl.NumberFormat(languageTags[locale], { style: 'unit', unit, unitDisplay })
    .format(Math.max(1, Math.ceil(seconds / length)))
    .replace(/(?<=\d)(?=\p{Script=Han})/u, ' ');
}
