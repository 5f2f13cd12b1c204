import type { FormValues } from '../form/form-values.js';
import { DAY_MS, getExpiry, lifetimeDays } from '../keys/lifetime.js';

/** The lifetimes that are offered, if they are below the maximum. */
const offered = ['week', 'month', 'quarter'] as const;

/** Subtracted from the longest lifetime: the clock of this browser may be ahead of the server's. */
const CLOCK_MARGIN_MS = 600_000;

/** The lifetimes below the maximum. */
export const lifetimesBelow = (maxDays: number) => offered.filter((lifetime) => lifetimeDays[lifetime] < maxDays);

/** When the token of a form expires. */
export const getTokenExpiry = (form: FormValues, maxDays: number): string | null =>
  form.text('lifetime') === 'maximum'
    ? new Date(Date.now() + maxDays * DAY_MS - CLOCK_MARGIN_MS).toISOString()
    : getExpiry(form);
