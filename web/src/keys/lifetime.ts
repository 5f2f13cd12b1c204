import type { Typed } from '../form/typed.js';

/** How long a key is to live. */
export type Lifetime = keyof typeof days | 'never' | 'custom';

const days = { week: 7, month: 30, quarter: 90, year: 365 } as const;

const DAY_MS = 86_400_000;

/** When a key expires, as the form says it; null: never. */
export function expiryIn(form: Typed): string | null {
  const lifetime = form.text('lifetime');
  if (lifetime in days) return new Date(Date.now() + days[lifetime as keyof typeof days] * DAY_MS).toISOString();
  const typed = new Date(form.text('expiresAt'));
  return lifetime === 'custom' && !Number.isNaN(typed.getTime()) ? typed.toISOString() : null;
}

/** A moment in the form that an input of local time takes, to the minute. */
export function asLocalTime(at: string): string {
  const moment = new Date(at);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000)
    .toISOString()
    .slice(0, 'yyyy-mm-ddThh:mm'.length);
}
