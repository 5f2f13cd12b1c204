import { InvalidArgumentError } from 'commander';
import { securityEventTypes, type SecurityEventType } from '../features/security-event/security-event.entity.js';
import type { LoggedSeal } from '../features/security-event/verify-seal.js';
import { escapeMisleading } from '../text/visible-text.js';

/** A date, or a time with its zone, in ISO 8601. */
const timePattern = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;

/** Whether a date exists: JavaScript reads February 30 as March 2. */
const isCalendarDate = (text: string): boolean =>
  !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

/** Parses an ISO 8601 date or time. A date alone means midnight UTC. */
export function parseTime(text: string): Date {
  const [time, [, day = ''] = []] = [new Date(text), timePattern.exec(text) ?? []];
  if (!isCalendarDate(day) || Number.isNaN(time.getTime()))
    throw new InvalidArgumentError('Enter a date or a time, such as 2026-11-01 or 2026-11-01T08:00:00Z.');
  return time;
}

/**
 * Parses comma-separated event types. Rejects unknown ones: with a typo, an export would look like nothing happened.
 */
export function parseEventTypes(text: string): SecurityEventType[] {
  return text.split(',').map((name) => {
    const type = securityEventTypes.find((candidate) => candidate === name.trim().toUpperCase());
    if (!type)
      throw new InvalidArgumentError(
        `Unknown type ${escapeMisleading(name.trim())}. Valid types: ${securityEventTypes.join(', ')}.`,
      );
    return type;
  });
}

/** Parses a seal as the log shows it. */
export function parseSeal(text: string): LoggedSeal {
  const [, number, hash] = /^([1-9]\d{0,9}):([\w-]{43})$/.exec(text) ?? [];
  if (!number || !hash) throw new InvalidArgumentError('Enter a seal as the log shows it: number:hash.');
  return { number: Number(number), hash };
}
