import { minutes, seconds } from '../../duration.js';
import { DecryptionError } from '../../crypto/secret-box.js';
import { importSigningPair, type PublicJwk, type SigningPair } from '../../crypto/signed-token.js';
import { select, type Reader } from '../../database/read/select.js';
import type { Sweep } from '../../database/sweep/sweep.js';
import type { RuleContext } from '../../rules/context.js';
import { createSigningKey } from './create-signing-key.js';
import { decryptSigningKey } from './stored-signing-key.js';

/** How long an identity token is valid at most. */
export const TOKEN_LIFETIME_MS = minutes(5);

/** How long a process uses the keys that it read. Other processes see a new key this much later. */
const CACHE_MS = seconds(1);

/** How long a service may use the public keys that it fetched, in seconds. */
export const JWKS_MAX_AGE_SECONDS = 300;

/** A key of the database. */
export interface StoredSigningKey {
  readonly kid: string;
  readonly generation: number;
  readonly signsFrom: Date;
  readonly endsAt: Date | null;
  /** Null if it can't be decrypted. */
  readonly pair: SigningPair | null;
}

type KeyContext = Pick<RuleContext, 'em' | 'reader' | 'keys' | 'now'>;

const signingKeys = select('signing_keys', (db) =>
  db
    .selectFrom('signing_keys')
    .select(['kid', 'generation', 'key_ciphertext as ciphertext', 'signs_from as signsFrom', 'ends_at as endsAt'])
    .orderBy('generation'),
);

/** The keys that a process read last, by database. */
const cache = new WeakMap<Reader, { readonly readAt: number; readonly keys: readonly StoredSigningKey[] }>();

/** Reads all keys, oldest first, also ended ones that were not deleted yet. */
export async function readSigningKeys({ reader, keys }: Omit<KeyContext, 'em' | 'now'>): Promise<StoredSigningKey[]> {
  const rows = await signingKeys(reader, {});
  return Promise.all(
    rows.map(async ({ ciphertext, ...row }) => {
      const privateJwk = decryptSigningKey(keys, row.kid, ciphertext);
      return { ...row, pair: privateJwk === null ? null : await importSigningPair(privateJwk) };
    }),
  );
}

async function cachedKeys(context: KeyContext): Promise<readonly StoredSigningKey[]> {
  const cached = cache.get(context.reader);
  const ageMs = cached ? context.now.getTime() - cached.readAt : Infinity;
  if (cached && ageMs >= 0 && ageMs < CACHE_MS) return cached.keys;
  const keys = await readSigningKeys(context);
  if (keys.length > 0) cache.set(context.reader, { readAt: context.now.getTime(), keys });
  return keys;
}

/** The keys; the first one is created when it is needed, by one of several processes. */
async function ensureSigningKeys(context: KeyContext): Promise<readonly StoredSigningKey[]> {
  const keys = await cachedKeys(context);
  if (keys.length > 0) return keys;
  await createSigningKey(context, 1, context.now);
  return cachedKeys(context);
}

/**
 * The key that signs at a time: the newest that has begun to. A process whose clock is behind the one that created the
 * first key uses that.
 */
export const findCurrentKey = (keys: readonly StoredSigningKey[], now: Date): StoredSigningKey | undefined =>
  keys.findLast(({ signsFrom }) => signsFrom <= now) ?? keys[0];

/**
 * The key pair that signs new tokens.
 *
 * @throws {DecryptionError} if it can't be decrypted: `keys rotate --now` replaces it
 */
export async function currentSigningPair(context: KeyContext): Promise<SigningPair> {
  const pair = findCurrentKey(await ensureSigningKeys(context), context.now)?.pair;
  if (!pair) throw new DecryptionError();
  return pair;
}

const isPublished = ({ endsAt }: StoredSigningKey, now: Date) => endsAt === null || endsAt > now;

/** The key pairs whose tokens may be valid. */
export async function acceptedSigningPairs(context: KeyContext): Promise<SigningPair[]> {
  const keys = await cachedKeys(context);
  return keys.flatMap((key) => (key.pair && isPublished(key, context.now) ? [key.pair] : []));
}

/** The public keys for services, with the one that will sign next. Without audiences no key is created. */
export async function publishedKeys(context: KeyContext & Pick<RuleContext, 'config'>): Promise<PublicJwk[]> {
  if (context.config.identityAudiences.size > 0) await ensureSigningKeys(context);
  return (await acceptedSigningPairs(context)).map(({ publicJwk }) => publicJwk);
}

/** Deletes keys whose last token has ended. */
export const endedSigningKeys: Sweep = {
  name: 'signingKeys',
  table: 'signing_keys',
  key: 'kid',
  expiry: 'ends_at',
};
