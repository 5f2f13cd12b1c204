import { usesNewestKey } from '../../crypto/message-authentication.js';
import type { KeyRing } from '../../crypto/key-ring.js';
import type { EntityManager } from '../../database/connection/database.js';
import { EventSealEntity } from './event-seal.entity.js';
import { verifySealSignature, signSeal } from './event-seal.js';
import { renewAnchor } from './retention/event-anchor.js';
import { sealEvents, type NewSeal } from './seal-events.js';

/** The result of renewing seals, and what still needs an older key. */
export interface RenewedSeals {
  readonly created: readonly NewSeal[];
  readonly renewed: number;
  /** Seals that are not genuine or whose key is missing, and events that could not be sealed. */
  readonly remaining: number;
}

/** Seals per page, read without their events. */
const SEALS_PER_PAGE = 500;

/**
 * Renews seals so that older keys can be removed. First seals all unsealed events, whose signatures need
 * the old keys; then signs the anchor and every genuine seal with the newest key. Hashes don't change, so logged seals
 * stay valid.
 */
export async function renewSeals(em: EntityManager, keys: KeyRing, clock: () => Date): Promise<RenewedSeals> {
  const { seals: created, unverified } = await sealEvents(em, keys, clock, true);
  const anchor = await renewAnchor(em, keys);
  let [renewed, remaining, after] = [anchor.renewed, unverified + anchor.remaining, 0];
  for (let page = await sealsAfter(em, after); page.length > 0; page = await sealsAfter(em, after)) {
    for (const { number, hash, mac } of page) {
      if (usesNewestKey(keys, mac)) continue;
      if (verifySealSignature(keys, { hash, mac }) === 'genuine')
        renewed += await em.nativeUpdate(EventSealEntity, { number, mac }, { mac: signSeal(keys, hash) });
      else remaining += 1;
    }
    after = page.at(-1)?.number ?? after;
  }
  return { created, renewed, remaining };
}

const sealsAfter = (em: EntityManager, number: number) =>
  em.find(
    EventSealEntity,
    { number: { $gt: number } },
    { orderBy: { number: 'asc' }, limit: SEALS_PER_PAGE, fields: ['number', 'hash', 'mac'], disableIdentityMap: true },
  );
