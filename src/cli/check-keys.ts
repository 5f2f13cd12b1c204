import type { Config } from '../config/config.js';
import { findKeyDate, type KeyRing } from '../crypto/key-ring.js';
import { fork, type Database } from '../database/connection/database.js';
import { days } from '../duration.js';
import { checkSecrets } from '../encryption/check-secrets.js';
import { knownKeyIds, verifyKeys } from '../encryption/key-canaries.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { findCurrentKey, readSigningKeys } from '../features/service-auth/signing-keys.js';
import { encryptedColumns } from '../server/encrypted-columns.js';
import { fail, ok, warn, type CheckResult } from './check-result.js';
import { pluralize } from './pluralize.js';

/** How old a key may become: a year, and a month to replace it. */
const MAXIMUM_AGE_MS = days(395);

/** Checks that the encryption keys decrypt every secret, that all of them are needed, and how old the newest is. */
export async function checkKeys(database: Database, config: Config, now: Date): Promise<CheckResult[]> {
  const em = fork(database);
  const keys = openKeyRing(config, now);
  await verifyKeys(em, keys);
  const { decrypted, unreadable } = await checkSecrets(fork(database), keys, encryptedColumns);
  if (unreadable > 0)
    return [
      fail(
        'keys',
        `${unreadable} of ${pluralize(decrypted + unreadable, 'secret')} can't be decrypted. Put the missing key back into POSTERN_ENCRYPTION_KEYS.`,
      ),
    ];
  return [
    ok('keys', `${decrypted === 1 ? '1 secret' : `all ${decrypted} secrets`} can be decrypted`),
    ...checkRing(keys, await knownKeyIds(em), now),
  ];
}

function checkRing(keys: KeyRing, known: readonly string[], now: Date): CheckResult[] {
  const [newest, ...older] = keys;
  const unused = older.filter(({ id }) => !known.includes(id)).map(({ id }) => id);
  const replaced = older.filter(({ id }) => known.includes(id)).map(({ id }) => id);
  const age = now.getTime() - (findKeyDate(newest)?.getTime() ?? now.getTime());
  return [
    ...(replaced.length > 0
      ? [warn('keys', `Secrets may still need ${replaced.join(', ')}. Run "postern keys rotate" to re-encrypt them.`)]
      : []),
    ...(unused.length > 0 && known.length > 0
      ? [warn('keys', `Nothing needs ${unused.join(', ')}. Remove it from POSTERN_ENCRYPTION_KEYS.`)]
      : []),
    ...(age > MAXIMUM_AGE_MS
      ? [warn('keys', `The key ${newest.id} is older than a year. Add one from "postern keys generate", then rotate.`)]
      : []),
  ];
}

/** Checks that identity tokens can be signed, and how old the key is. */
export async function checkSigningKeys(database: Database, config: Config, now: Date): Promise<CheckResult> {
  const keys = await readSigningKeys({ reader: database.reader, keys: openKeyRing(config, now) });
  const current = findCurrentKey(keys, now);
  if (!current) return ok('signing', 'the first identity token creates the key that signs it');
  const { kid, pair, signsFrom } = current;
  if (pair === null)
    return fail(
      'signing',
      `the key ${kid} signs identity tokens, but can't be decrypted. Put the missing key back into POSTERN_ENCRYPTION_KEYS, or run "postern keys rotate --now".`,
    );
  const message = `the key ${kid} signs identity tokens; ${pluralize(keys.length, 'key')} stored`;
  return now.getTime() - signsFrom.getTime() > MAXIMUM_AGE_MS
    ? warn('signing', `${message}. It is older than a year. Run "postern keys rotate".`)
    : ok('signing', message);
}
