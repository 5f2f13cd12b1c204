import { findCurrentKey, type StoredSigningKey } from '../features/service-auth/signing-keys.js';

/** A key that signs identity tokens, as the command line shows it. */
export interface DescribedSigningKey {
  readonly kid: string;
  readonly state: 'SIGNS' | 'WAITS' | 'REPLACED' | 'ENDED';
  readonly signsFrom: string;
  /** When its last token has ended; null while no newer key replaces it. */
  readonly endsAt: string | null;
  readonly readable: boolean;
}

/** Describes the keys, oldest first. */
export function describeSigningKeys(keys: readonly StoredSigningKey[], now: Date): DescribedSigningKey[] {
  const current = findCurrentKey(keys, now);
  return keys.map((key) => ({
    kid: key.kid,
    state: stateOf(key, current, now),
    signsFrom: key.signsFrom.toISOString(),
    endsAt: key.endsAt?.toISOString() ?? null,
    readable: key.pair !== null,
  }));
}

function stateOf(
  key: StoredSigningKey,
  current: StoredSigningKey | undefined,
  now: Date,
): DescribedSigningKey['state'] {
  if (key.endsAt !== null && key.endsAt <= now) return 'ENDED';
  if (key === current) return 'SIGNS';
  return key.signsFrom > now && key.endsAt === null ? 'WAITS' : 'REPLACED';
}

/** One line about a key. */
export function formatSigningKey({ kid, state, signsFrom, endsAt, readable }: DescribedSigningKey): string {
  const text = {
    SIGNS: `signs identity tokens${endsAt === null ? '' : `; published until ${endsAt}`}`,
    WAITS: `published; signs from ${signsFrom}`,
    REPLACED: `replaced; published until ${endsAt ?? 'its last token ends'}`,
    ENDED: `ended at ${endsAt ?? ''}; the next sweep deletes it`,
  }[state];
  return `Signing key ${kid}: ${text}${readable ? '' : '; can’t be decrypted'}.`;
}
