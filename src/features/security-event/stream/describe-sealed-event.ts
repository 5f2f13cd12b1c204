import { escapeMisleading } from '../../../text/visible-text.js';
import { formatSeal } from '../event-seal.js';
import type { EventFields } from '../event-digest.js';
import { formatCursor } from './cursor.js';
import type { SealedEvent } from './read-sealed-events.js';

const MICROS_PER_MILLISECOND = 1_000;

/** The time of an event. */
export const timeOf = ({ atMicros }: EventFields): Date => new Date(Number(atMicros) / MICROS_PER_MILLISECOND);

const escaped = (text: string | null) => (text === null ? null : escapeMisleading(text));

/** The columns of an event. They hold IDs, no names and no email addresses; null for one that was removed. */
const factsOf = (event: EventFields | null) => ({
  at: event && timeOf(event).toISOString(),
  type: event?.type ?? null,
  outcome: event?.outcome ?? null,
  accountId: event?.accountId ?? null,
  actorId: event?.actorId ?? null,
  sessionId: event?.sessionId ?? null,
  accessTokenId: event?.accessTokenId ?? null,
  ip: escaped(event?.ip ?? null),
  userAgent: escaped(event?.userAgent ?? null),
  requestId: escaped(event?.requestId ?? null),
  traceId: event?.traceId ?? null,
  reason: escaped(event?.reason ?? null),
  detail: escaped(event?.detail ?? null),
});

/** A sealed event for programs. It is the same whenever it is read, since it has nothing that can change. */
export const sealedEventRecord = ({ cursor, seal, id, digest, event, fault }: SealedEvent) => ({
  id,
  ...factsOf(event),
  digest,
  cursor: formatCursor(cursor),
  seal: { ...seal, sealedAt: seal.sealedAt.toISOString() },
  fault,
});

/** The names and values of what identifies an event, without what is null. */
export function sealedEventFacts(sealed: SealedEvent): (readonly [name: string, value: string])[] {
  const facts = {
    id: sealed.id,
    ...factsOf(sealed.event),
    digest: sealed.digest,
    seal: formatSeal(sealed.seal),
    position: String(sealed.cursor.event),
    fault: sealed.fault,
  };
  return Object.entries(facts).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}

/** What is in a line for people, besides the time, the type and the outcome. */
const shownFacts: ReadonlySet<string> = new Set(['accountId', 'actorId', 'ip', 'reason', 'detail', 'fault']);

/** A sealed event in one line for people, without its time. */
export function sealedEventText(sealed: SealedEvent): string {
  const { type = 'EVENT_REMOVED', outcome = '' } = sealed.event ?? {};
  const facts = sealedEventFacts(sealed).filter(([name]) => shownFacts.has(name));
  return [type, outcome, ...facts.map(([name, value]) => `${name}=${/\s/.test(value) ? `"${value}"` : value}`)]
    .filter(Boolean)
    .join(' ');
}
