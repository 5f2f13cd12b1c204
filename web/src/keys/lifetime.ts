import type { FormValues } from '../form/form-values.js';

/** The lifetime of a key, as the form offers it. */
export type Lifetime = keyof typeof days | 'never' | 'custom';

const days = { week: 7, month: 30, quarter: 90, year: 365 } as const;

const DAY_MS = 86_400_000;

/** When a key expires, by the values of the form; null: never. */
export function getExpiry(form: FormValues): string | null {
  const lifetime = form.text('lifetime');
  if (lifetime in days) return new Date(Date.now() + days[lifetime as keyof typeof days] * DAY_MS).toISOString();
  const custom = new Date(form.text('expiresAt'));
  return lifetime === 'custom' && !Number.isNaN(custom.getTime()) ? custom.toISOString() : null;
}

/** A time in the format of a `datetime-local` input, to the minute. */
export function toLocalInputValue(at: string): string {
  const time = new Date(at);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
}
