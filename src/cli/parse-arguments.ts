import { InvalidArgumentError } from 'commander';
import { securityEventTypes, type SecurityEventType } from '../features/security-event/security-event.entity.js';
import type { LoggedSeal } from '../features/security-event/verify-events.js';
import { visible } from '../text/visible-text.js';

/** A day, or a moment with its zone, as ISO 8601 writes it. */
const timePattern = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;

/** Whether the calendar has a day: JavaScript takes the 30th of February for the 2nd of March. */
const isDay = (text: string): boolean =>
  !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

/** A moment as ISO 8601 writes it; a day alone begins at midnight UTC. */
export function parseTime(text: string): Date {
  const [time, [, day = ''] = []] = [new Date(text), timePattern.exec(text) ?? []];
  if (!isDay(day) || Number.isNaN(time.getTime()))
    throw new InvalidArgumentError('Write a day or a moment, e.g. 2026-11-01 or 2026-11-01T08:00:00Z.');
  return time;
}

/**
 * Names of types of events, separated by commas. One that does not exist is refused: a typing error would look like
 * peace.
 */
export function parseEventTypes(text: string): SecurityEventType[] {
  return text.split(',').map((name) => {
    const type = securityEventTypes.find((known) => known === name.trim().toUpperCase());
    if (!type)
      throw new InvalidArgumentError(
        `There is no type ${visible(name.trim())}. The types are ${securityEventTypes.join(', ')}.`,
      );
    return type;
  });
}

/** A seal as the log tells it. */
export function parseSeal(text: string): LoggedSeal {
  const [, number, hash] = /^([1-9]\d{0,9}):([\w-]{43})$/.exec(text) ?? [];
  if (!number || !hash) throw new InvalidArgumentError('Write a seal as the log tells it: number:hash.');
  return { number: Number(number), hash };
}
