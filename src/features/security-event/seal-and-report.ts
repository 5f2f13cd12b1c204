import type { KeyRing } from '../../crypto/key-ring.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Logger } from '../../telemetry/logger.js';
import { formatSeal } from './event-seal.js';
import { sealEvents } from './seal-events.js';

/**
 * Seals new events and logs each seal. Only a log that is stored elsewhere can reveal that the newest seals were
 * deleted.
 */
export async function sealAndReport(
  em: EntityManager,
  keys: KeyRing,
  clock: () => Date,
  logger: Logger,
): Promise<void> {
  const { seals, unverified } = await sealEvents(em, keys, clock);
  for (const { events, ...seal } of seals) logger.info({ seal: formatSeal(seal), events }, 'security events sealed');
  if (unverified > 0)
    logger.error(
      { unverified },
      'found security events that Postern did not write, or that were signed with a key missing on this server; "postern events verify" lists them',
    );
}
