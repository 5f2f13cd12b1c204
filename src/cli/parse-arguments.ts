import { InvalidArgumentError } from 'commander';
import type { ToldSeal } from '../security-event/verify-events.js';

/** A moment as ISO 8601 writes it; a day alone begins at midnight UTC. */
export function parseMoment(text: string): Date {
  const moment = new Date(text);
  if (!/^\d{4}-\d\d-\d\d(?:T|$)/.test(text) || Number.isNaN(moment.getTime())) throw new InvalidArgumentError('Write a day or a moment, e.g. 2026-11-01 or 2026-11-01T08:00:00Z.');
  return moment;
}

/** Names of types of events, separated by commas. */
export function parseEventTypes(text: string): string[] {
  const types = text.split(',').map((type) => type.trim());
  if (!types.every((type) => /^[A-Z_]+$/.test(type))) throw new InvalidArgumentError('Write types separated by commas, e.g. LOGIN_FAILED,LOGIN_SUCCEEDED.');
  return types;
}

/** A seal as the log tells it. */
export function parseSeal(text: string): ToldSeal {
  const [, number, hash] = /^([1-9]\d{0,9}):([\w-]{43})$/.exec(text) ?? [];
  if (!number || !hash) throw new InvalidArgumentError('Write a seal as the log tells it: number:hash.');
  return { number: Number(number), hash };
}
