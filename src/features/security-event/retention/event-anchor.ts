import {
  authenticationCode,
  checkAuthenticationCode,
  computeDigest,
  usesNewestKey,
  type Authenticity,
} from '../../../crypto/message-authentication.js';
import type { KeyRing } from '../../../crypto/key-ring.js';
import type { EntityManager } from '../../../database/connection/database.js';
import { EventAnchorEntity } from './event-anchor.entity.js';

/** The last seal that retention deleted. The chain continues after it. */
export interface EventAnchor {
  readonly number: number;
  readonly hash: string;
  /** How many events the seal had. */
  readonly events: number;
  readonly sealedAt: Date;
  readonly mac: string;
}

const anchorDigest = ({ number, hash, events, sealedAt }: Omit<EventAnchor, 'mac'>) =>
  computeDigest(['anchor 1', number, hash, events, sealedAt.toISOString()]);

const sign = (keys: KeyRing, anchor: Omit<EventAnchor, 'mac'>) =>
  authenticationCode(keys, 'event-seal', 'anchor', anchorDigest(anchor));

/** Verifies that a server wrote the anchor. */
export const verifyAnchor = (keys: KeyRing, anchor: EventAnchor): Authenticity =>
  checkAuthenticationCode(anchor.mac, keys, 'event-seal', 'anchor', anchorDigest(anchor));

/** Reads the anchor; null if retention has deleted nothing. */
export async function readAnchor(em: EntityManager): Promise<EventAnchor | null> {
  const [anchor] = await em.find(
    EventAnchorEntity,
    {},
    { orderBy: { number: 'desc' }, limit: 1, disableIdentityMap: true },
  );
  return anchor ?? null;
}

/** Replaces the anchor, in the transaction that deletes its seal. */
export async function moveAnchor(em: EntityManager, keys: KeyRing, anchor: Omit<EventAnchor, 'mac'>): Promise<void> {
  await em.insert(EventAnchorEntity, { ...anchor, mac: sign(keys, anchor) });
  await em.nativeDelete(EventAnchorEntity, { number: { $lt: anchor.number } });
}

/**
 * Signs the anchor with the newest key.
 *
 * @returns how many anchors were signed, and how many can't be, because they are not genuine or their key is missing
 */
export async function renewAnchor(
  em: EntityManager,
  keys: KeyRing,
): Promise<{ readonly renewed: number; readonly remaining: number }> {
  const anchor = await readAnchor(em);
  if (!anchor || usesNewestKey(keys, anchor.mac)) return { renewed: 0, remaining: 0 };
  if (verifyAnchor(keys, anchor) !== 'genuine') return { renewed: 0, remaining: 1 };
  const { number, mac } = anchor;
  return {
    renewed: await em.nativeUpdate(EventAnchorEntity, { number, mac }, { mac: sign(keys, anchor) }),
    remaining: 0,
  };
}
