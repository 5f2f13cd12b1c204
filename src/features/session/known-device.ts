import type { Account } from '../account/account.entity.js';
import { hashToken, isToken, newToken } from '../../crypto/token.js';
import { newId } from '../../database/connection/id.js';
import { select, type Reader, type Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { KnownDeviceEntity } from './known-device.entity.js';

type Owner = Pick<Account, 'id' | 'authVersion'>;

/** Maximum number of known browsers per account; a new one replaces the least recently seen. */
const MAXIMUM_DEVICES_PER_ACCOUNT = 20;

const knownDevice = select(
  'known_device',
  (db, values: { tokenHash: string; accountId: string; authVersion: number }) =>
    db
      .selectFrom('known_devices')
      .select('id')
      .where('token_hash', '=', values.tokenHash)
      .where('account_id', '=', values.accountId)
      .where('auth_version', '=', values.authVersion),
);

const deviceByToken = select('device_by_token', (db, values: { tokenHash: string }) =>
  db.selectFrom('known_devices').select('id').where('token_hash', '=', values.tokenHash),
);

/** The ID of the device of any account that has this token; null if there is none. */
export async function findDeviceByToken(reader: Reader, token: string | null): Promise<string | null> {
  if (token === null || !isToken('device', token)) return null;
  const [device] = await deviceByToken(reader, { tokenHash: hashToken(token) });
  return device?.id ?? null;
}

/** Finds the ID of an account's known device by its token; null if unknown. */
export async function findKnownDevice(
  reader: Reader,
  token: string | null,
  { id: accountId, authVersion }: Owner,
): Promise<string | null> {
  if (token === null || !isToken('device', token)) return null;
  const [device] = await knownDevice(reader, { tokenHash: hashToken(token), accountId, authVersion });
  return device?.id ?? null;
}

/**
 * Remembers the browser of a sign-in, in the transaction of the sign-in.
 *
 * @returns the token of a newly known device; null if it was known
 */
export async function rememberDevice(
  { em, now }: Pick<RuleContext, 'em' | 'now'>,
  { id: account, authVersion }: Owner,
  deviceId: string | null,
): Promise<string | null> {
  const db = em.getKysely<Tables>();
  if (deviceId !== null) {
    await db.updateTable('known_devices').set({ last_seen_at: now }).where('id', '=', deviceId).execute();
    return null;
  }
  await db
    .deleteFrom('known_devices')
    .where('id', 'in', (devices) =>
      devices
        .selectFrom('known_devices')
        .select('id')
        .where('account_id', '=', account)
        .orderBy('last_seen_at', 'desc')
        .orderBy('id', 'desc')
        .offset(MAXIMUM_DEVICES_PER_ACCOUNT - 1),
    )
    .execute();
  const token = newToken('device');
  await em.insert(KnownDeviceEntity, {
    id: newId(now),
    account,
    authVersion,
    tokenHash: hashToken(token),
    createdAt: now,
    lastSeenAt: now,
  });
  return token;
}

/** Deletes a device with too many wrong passwords; it then counts as unknown. */
export async function deleteDevice({ em }: Pick<RuleContext, 'em'>, id: string): Promise<void> {
  await em.getKysely<Tables>().deleteFrom('known_devices').where('id', '=', id).execute();
}
