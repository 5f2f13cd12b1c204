import type { SyslogConfig } from '../../../config/syslog-config.js';
import type { EntityManager } from '../../../database/connection/database.js';
import type { Logger } from '../../../telemetry/logger.js';
import type { Cursor } from '../stream/cursor.js';
import { CursorError, findStart, readSealedEvents, type SealedEvent } from '../stream/read-sealed-events.js';
import { advanceStream } from './stream-position.js';
import { syslogMessage } from './syslog-message.js';

/** Messages of one attempt. After a failure, so many at most arrive again. */
const MESSAGES_PER_ATTEMPT = 100;

/** How a batch is sent. */
export interface Sending {
  readonly receiver: Pick<SyslogConfig, 'hostname'>;
  /** Resolves when the messages have arrived. */
  readonly send: (messages: readonly Buffer[]) => Promise<void>;
  readonly logger: Logger;
}

/**
 * Sends the next events and stores that they were sent.
 *
 * @returns the last of them; null if there is no more, or another process sends now
 */
export async function sendBatch(
  em: EntityManager,
  holder: string,
  last: Cursor,
  { receiver, send, logger }: Sending,
): Promise<Cursor | null> {
  const events = await readNext(em, last, logger);
  const sent = events.at(-1)?.cursor;
  if (!sent) return null;
  for (const { fault, id } of events)
    if (fault) logger.error({ fault, event: id }, 'found a sign of tampering while sending security events to syslog');
  await send(events.map((event) => syslogMessage(event, receiver.hostname)));
  return (await advanceStream(em, holder, sent)) ? sent : null;
}

/** Reads the next events. If retention deleted some while syslog was turned off, it continues after them. */
async function readNext(em: EntityManager, last: Cursor, logger: Logger): Promise<readonly SealedEvent[]> {
  try {
    return await readSealedEvents(em, last, MESSAGES_PER_ATTEMPT);
  } catch (error) {
    if (!(error instanceof CursorError)) throw error;
    logger.error({ err: error }, 'retention deleted security events before they were sent to syslog');
    return readSealedEvents(em, await findStart(em), MESSAGES_PER_ATTEMPT);
  }
}
