import type { FormValues } from '../form/form-values.js';

/** The lifetimes that a form offers (in days). */
export const lifetimeDays = { week: 7, month: 30, quarter: 90, year: 365 } as const;

/** A day (in ms). */
export const DAY_MS = 86_400_000;

/** When the key or token of a form expires; null if never. */
export function getExpiry(form: FormValues): string | null {
  const lifetime = form.text('lifetime');
  if (lifetime in lifetimeDays)
    return new Date(Date.now() + lifetimeDays[lifetime as keyof typeof lifetimeDays] * DAY_MS).toISOString();
  const custom = new Date(form.text('expiresAt'));
  return lifetime === 'custom' && !Number.isNaN(custom.getTime()) ? custom.toISOString() : null;
}

/** A time in the format of a `datetime-local` input, to the minute. */
export function toLocalInputValue(at: string): string {
  const time = new Date(at);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
}
