import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';

/** A key out of which the keys of all purposes are derived, with a name by which what it made is told apart. */
export interface MasterKey {
  /**
   * 1 to 16 lower-case letters, digits and dashes; what is encrypted names it, so that a ring of keys can be rotated
   * (R-92).
   */
  readonly id: string;
  readonly bytes: Buffer;
}

/**
 * The keys of an installation, the newest first: that one makes what is new, and all of them read what is there.
 */
export type KeyRing = readonly [newest: MasterKey, ...older: MasterKey[]];

/** What the derived keys are for; each gets a key of its own. */
export type KeyPurpose =
  'verification-code' | 'two-factor-secret' | 'api-token' | 'api-token-lookup' | 'event-seal' | 'password-note';

/** Length of a master key and of the derived ones (AES-256, HMAC-SHA-256; R-91). */
const KEY_BYTES = 32;

/**
 * Of 32 random bytes fewer than this differ once in more than 10^15 keys: it is a phrase or an example, not a random
 * key.
 */
const LEAST_DISTINCT_BYTES = 16;

/**
 * A key ring as it was written down is not fit for use; the message says what is wrong, and holds nothing of the keys.
 */
export class InvalidKeyRing extends Error {}

/**
 * Reads `id:base64,id:base64`, the newest key first.
 *
 * @throws {InvalidKeyRing} for what is no key, too short, not random, or named twice
 */
export function parseKeyRing(text: string): KeyRing {
  const [newest, ...older] = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map(parseKey);
  if (!newest) throw new InvalidKeyRing('holds no key');
  const ids = new Set([newest, ...older].map(({ id }) => id));
  if (ids.size <= older.length) throw new InvalidKeyRing('names two keys alike');
  return [newest, ...older];
}

function parseKey(text: string): MasterKey {
  const [, id, base64] = /^([a-z0-9-]{1,16}):([A-Za-z0-9+/_-]+={0,2})$/.exec(text) ?? [];
  if (!id || !base64) throw new InvalidKeyRing('must hold keys as id:base64, separated by commas');
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== KEY_BYTES)
    throw new InvalidKeyRing(`holds the key ${id} of ${bytes.length} bytes; a key has ${KEY_BYTES}`);
  if (new Set(bytes).size < LEAST_DISTINCT_BYTES) throw new InvalidKeyRing(`holds the key ${id}, which is not random`);
  return { id, bytes };
}

/** A new random key as a ring holds it. Its name begins with the day, so that people see which is the newest. */
export function newMasterKey(now: Date): string {
  const id = `${now.toISOString().slice(0, 10).replaceAll('-', '')}-${randomBytes(3).toString('hex')}`;
  return `${id}:${randomBytes(KEY_BYTES).toString('base64')}`;
}

/** Derived keys as long as their master key lives: deriving one takes longer than most of what is done with it. */
const derived = new WeakMap<MasterKey, Map<KeyPurpose, KeyObject>>();

/** The key of one purpose (HKDF with SHA-256, RFC 5869): what leaks of one purpose tells nothing of another. */
export function deriveKey(master: MasterKey, purpose: KeyPurpose): KeyObject {
  const known = derived.get(master) ?? new Map<KeyPurpose, KeyObject>();
  const key =
    known.get(purpose) ??
    createSecretKey(Buffer.from(hkdfSync('sha256', master.bytes, '', `postern:${purpose}`, KEY_BYTES)));
  derived.set(master, known.set(purpose, key));
  return key;
}
