import {
  authenticationCode,
  checkAuthenticationCode,
  digestOf,
  type Authenticity,
} from '../../crypto/message-authentication.js';
import type { KeyRing } from '../../crypto/key-ring.js';

/** What a seal vouches for. */
export interface SealFields {
  readonly number: number;
  readonly sealedAt: Date;
  readonly complete: boolean;
  readonly eventIds: readonly string[];
  readonly eventDigests: readonly string[];
  readonly lastEventId: string;
  readonly previousHash: string;
}

/** What stands in the first seal in the place of the hash of the one before it. */
export const NO_PREVIOUS_HASH = '';

/**
 * The hash of a seal: it covers, by the hash before it, all that was ever sealed. It needs no key, so a rotation leaves
 * it as it is.
 */
export const sealHash = ({
  number,
  sealedAt,
  complete,
  eventIds,
  eventDigests,
  lastEventId,
  previousHash,
}: SealFields): string =>
  digestOf(['seal 1', number, sealedAt.toISOString(), complete, eventIds, eventDigests, lastEventId, previousHash]);

/** The code of a hash: what shows that Postern sealed it. */
export const sealCode = (keys: KeyRing, hash: string): string => authenticationCode(keys, 'event-seal', 'seal', hash);

/** Whether Postern sealed a hash. */
export const checkSealCode = (
  keys: KeyRing,
  { hash, mac }: { readonly hash: string; readonly mac: string },
): Authenticity => checkAuthenticationCode(mac, keys, 'event-seal', 'seal', hash);

/** A seal as the log tells it, and as `postern events verify --seal` takes it. */
export const sealName = ({ number, hash }: { readonly number: number; readonly hash: string }): string =>
  `${number}:${hash}`;
