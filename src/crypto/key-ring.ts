import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';

/** A key from which the keys of all purposes are derived. */
export interface MasterKey {
  /** 1 to 16 lowercase letters, digits and dashes. Ciphertexts contain it, so that keys can be rotated. */
  readonly id: string;
  readonly bytes: Buffer;
}

/** The keys of an installation, newest first. The newest encrypts new data; all of them read existing data. */
export type KeyRing = readonly [newest: MasterKey, ...older: MasterKey[]];

/** The purposes of derived keys; each has its own key. */
export type KeyPurpose =
  | 'verification-code'
  | 'two-factor-secret'
  | 'backup-code'
  | 'passkey'
  | 'api-token'
  | 'api-token-lookup'
  | 'event-seal'
  | 'password-note'
  | 'retired-username'
  | 'signing-key'
  | 'webhook-secret'
  | 'key-canary';

/** Length of master keys and derived keys (AES-256, HMAC-SHA-256; R-91). */
const KEY_BYTES = 32;

/**
 * Keys with fewer distinct bytes are rejected as phrases or examples; a random key has fewer with a probability below
 * 10^-15.
 */
const MINIMUM_DISTINCT_BYTES = 16;

/** A key ring is invalid. The message explains what is wrong and contains no part of a key. */
export class InvalidKeyRingError extends Error {}

/**
 * Parses `id:base64,id:base64`, newest key first.
 *
 * @throws {InvalidKeyRingError} for a key that is malformed, has the wrong length, is not random, or has another key's
 * ID
 */
export function parseKeyRing(text: string): KeyRing {
  const [newest, ...older] = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map(parseKey);
  if (!newest) throw new InvalidKeyRingError('contains no key');
  const ids = new Set([newest, ...older].map(({ id }) => id));
  if (ids.size <= older.length) throw new InvalidKeyRingError('contains two keys with the same ID');
  return [newest, ...older];
}

function parseKey(text: string): MasterKey {
  const [, id, base64] = /^([a-z0-9-]{1,16}):([A-Za-z0-9+/_-]+={0,2})$/.exec(text) ?? [];
  if (!id || !base64)
    throw new InvalidKeyRingError(
      'must list keys as id:base64, separated by commas; "postern keys generate" prints one',
    );
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== KEY_BYTES)
    throw new InvalidKeyRingError(`contains the key ${id} of ${bytes.length} bytes; a key must have ${KEY_BYTES}`);
  if (new Set(bytes).size < MINIMUM_DISTINCT_BYTES)
    throw new InvalidKeyRingError(`contains the key ${id}, which is not random`);
  return { id, bytes };
}

/** A new random key in the format of a key ring. Its ID starts with the date, so that the newest one is easy to see. */
export function newMasterKey(now: Date): string {
  const id = `${now.toISOString().slice(0, 10).replaceAll('-', '')}-${randomBytes(3).toString('hex')}`;
  return `${id}:${randomBytes(KEY_BYTES).toString('base64')}`;
}

/** When a key was generated, by the date that begins its ID (midnight in UTC); null if its ID has none. */
export function findKeyDate({ id }: MasterKey): Date | null {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})-/.exec(id) ?? [];
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Caches derived keys: deriving one takes longer than most uses of it. */
const derivedKeys = new WeakMap<MasterKey, Map<KeyPurpose, KeyObject>>();

/**
 * The key for one purpose (HKDF with SHA-256, RFC 5869). A leaked key reveals nothing about those of other purposes.
 */
export function deriveKey(master: MasterKey, purpose: KeyPurpose): KeyObject {
  const keysByPurpose = derivedKeys.get(master) ?? new Map<KeyPurpose, KeyObject>();
  const key =
    keysByPurpose.get(purpose) ??
    createSecretKey(Buffer.from(hkdfSync('sha256', master.bytes, '', `postern:${purpose}`, KEY_BYTES)));
  derivedKeys.set(master, keysByPurpose.set(purpose, key));
  return key;
}
