import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';
import { PasskeyEntity } from './passkey.entity.js';

/** The number of passkeys of another RP ID. */
interface OtherPasskeys {
  readonly rpId: string;
  readonly count: number;
}

/** There are passkeys that no browser offers with the RP ID of the settings. */
export class RpIdChangedError extends Error {
  constructor(rpId: string, other: OtherPasskeys) {
    super(
      `${other.count === 1 ? '1 passkey belongs' : `${other.count} passkeys belong`} to the RP ID ${other.rpId}. With ${rpId}, no browser offers ${other.count === 1 ? 'it' : 'them'}. ` +
        `Set POSTERN_PASSKEY_RP_ID to ${other.rpId}, or delete ${other.count === 1 ? 'it' : 'them'} with "postern passkeys drop --rp-id ${other.rpId}".`,
    );
  }
}

/** Finds passkeys of another RP ID. */
async function findOtherPasskeys(em: EntityManager, rpId: string): Promise<OtherPasskeys | null> {
  const row = await em
    .getKysely<Tables>()
    .selectFrom('passkeys')
    .where('rp_id', '<>', rpId)
    .groupBy('rp_id')
    .orderBy('rp_id')
    .select(({ fn }) => ['rp_id as rpId', fn.countAll<string>().as('count')])
    .limit(1)
    .executeTakeFirst();
  return row ? { ...row, count: Number(row.count) } : null;
}

/**
 * Ensures that passkeys can be used: a passkey belongs to its RP ID for good (R-102).
 *
 * @throws {RpIdChangedError}
 */
export async function ensureRpId(em: EntityManager, rpId: string): Promise<void> {
  const other = await findOtherPasskeys(em, rpId);
  if (other) throw new RpIdChangedError(rpId, other);
}

/** The number of passkeys. */
export const countPasskeys = (em: EntityManager): Promise<number> => em.count(PasskeyEntity);
