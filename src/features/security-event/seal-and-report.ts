import type { KeyRing } from '../../crypto/key-ring.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Logger } from '../../telemetry/logger.js';
import { sealName } from './event-seal.js';
import { sealEvents } from './seal-events.js';

/**
 * Seals what is not sealed yet, and writes each seal to the log: a log that is kept elsewhere is what a tail that was
 * cut off is found by.
 */
export async function sealAndReport(
  em: EntityManager,
  keys: KeyRing,
  clock: () => Date,
  logger: Logger,
): Promise<void> {
  const { seals, foreign } = await sealEvents(em, keys, clock);
  for (const { events, ...seal } of seals) logger.info({ seal: sealName(seal), events }, 'security events were sealed');
  if (foreign > 0)
    logger.error(
      { foreign },
      'there are security events that Postern did not write, or that another server signed with a key that is not set here: "postern events verify" tells which',
    );
}
