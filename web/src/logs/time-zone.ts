/**
 * The browser's time zone, an IANA name. UTC where the browser doesn't know it or only knows an offset, which the
 * server doesn't take.
 */
export function getTimeZone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return /^[A-Za-z]/.test(timeZone) && timeZone !== 'Etc/Unknown' ? timeZone : 'UTC';
}

/** A time zone as it is shown, e.g. "America/New York". */
export const formatTimeZone = (timeZone: string): string => timeZone.replaceAll('_', ' ');
