import { usesNewestKey } from '../../crypto/message-authentication.js';
import type { KeyRing } from '../../crypto/key-ring.js';
import type { EntityManager } from '../../database/connection/database.js';
import { EventSealEntity } from './event-seal.entity.js';
import { checkSealCode, sealCode } from './event-seal.js';
import { sealEvents, type NewSeal } from './seal-events.js';

/** What a rotation did to the seals, and what still needs an older key. */
export interface RenewedSeals {
  readonly made: readonly NewSeal[];
  readonly renewed: number;
  /**
   * Seals that were not renewed, since they are not genuine or their key is missing; and events that no seal could
   * take.
   */
  readonly left: number;
}

/** Seals that are read at once, without what they name. */
const PAGE = 500;

/**
 * Lets the older keys go without loss: what is not sealed yet is sealed, since only its key shows that
 * Postern wrote it; then every seal gets a code of the newest key where its own is genuine. Its hash stays, so what the
 * log tells of it holds.
 */
export async function renewSeals(em: EntityManager, keys: KeyRing, clock: () => Date): Promise<RenewedSeals> {
  const { seals: made, foreign } = await sealEvents(em, keys, clock, true);
  let [renewed, left, after] = [0, foreign, 0];
  for (let page = await sealsAfter(em, after); page.length > 0; page = await sealsAfter(em, after)) {
    for (const { number, hash, mac } of page) {
      if (usesNewestKey(keys, mac)) continue;
      if (checkSealCode(keys, { hash, mac }) === 'genuine')
        renewed += await em.nativeUpdate(EventSealEntity, { number, mac }, { mac: sealCode(keys, hash) });
      else left += 1;
    }
    after = page.at(-1)?.number ?? after;
  }
  return { made, renewed, left };
}

const sealsAfter = (em: EntityManager, number: number) =>
  em.find(
    EventSealEntity,
    { number: { $gt: number } },
    { orderBy: { number: 'asc' }, limit: PAGE, fields: ['number', 'hash', 'mac'], disableIdentityMap: true },
  );
