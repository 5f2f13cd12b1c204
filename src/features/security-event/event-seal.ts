import {
  authenticationCode,
  checkAuthenticationCode,
  computeDigest,
  type Authenticity,
} from '../../crypto/message-authentication.js';
import type { KeyRing } from '../../crypto/key-ring.js';

/** The fields that a seal signs. */
export interface SealFields {
  readonly number: number;
  readonly sealedAt: Date;
  readonly complete: boolean;
  readonly eventIds: readonly string[];
  readonly eventDigests: readonly string[];
  readonly lastEventId: string;
  readonly previousHash: string;
}

/** The previous hash of the first seal. */
export const NO_PREVIOUS_HASH = '';

/**
 * The hash of a seal, which includes the hash of the previous one, so it covers all earlier seals. It needs no key, so
 * key rotation doesn't change it.
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
  computeDigest([
    'seal 1',
    number,
    sealedAt.toISOString(),
    complete,
    eventIds,
    eventDigests,
    lastEventId,
    previousHash,
  ]);

/** Signs a seal's hash. */
export const signSeal = (keys: KeyRing, hash: string): string => authenticationCode(keys, 'event-seal', 'seal', hash);

/** Verifies the signature of a seal's hash. */
export const verifySealSignature = (
  keys: KeyRing,
  { hash, mac }: { readonly hash: string; readonly mac: string },
): Authenticity => checkAuthenticationCode(mac, keys, 'event-seal', 'seal', hash);

/** A seal as logged, and as `postern events verify --seal` accepts it. */
export const formatSeal = ({ number, hash }: { readonly number: number; readonly hash: string }): string =>
  `${number}:${hash}`;
