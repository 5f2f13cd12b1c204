import { sql } from 'kysely';
import { passkeyMethods } from '../../rules/authentication-method.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import type { Tables } from '../../database/read/select.js';
import { newId } from '../../database/connection/id.js';
import { changeAccount } from '../account/change-account.js';
import { recordEvent } from '../security-event/record-event.js';
import type { IssuedSession } from '../session/issue-session.js';
import { rotateSession } from '../session/rotate-session.js';
import { generateBackupCodes, replaceBackupCodes, type NewBackupCodes } from '../two-factor/backup-codes.js';
import type { PasskeyRow } from './find-passkeys.js';
import { defaultPasskeyName, parsePasskeyName } from './passkey-name.js';
import { providerName } from './provider.js';
import { MAXIMUM_PASSKEYS } from './start-passkey-registration.js';
import { ensurePasskeysOffered } from './relying-party.js';
import { encryptPublicKey } from './stored-public-key.js';
import { verifyRegistration, type VerifiedRegistration } from './verify-registration.js';

/** A new passkey, and the session with its new token. */
export interface RegisteredPasskey {
  readonly passkey: PasskeyRow;
  /** Null unless the passkey is the account's first second factor. */
  readonly backupCodes: readonly string[] | null;
  readonly session: IssuedSession;
}

/**
 * Adds a passkey. The first second factor of an account turns on two-factor authentication, gives backup codes, and
 * revokes all other sessions; a further passkey revokes none.
 */
export async function registerPasskey(
  context: RuleContext,
  viewer: SessionViewer,
  { response, name }: { readonly response: unknown; readonly name: string | null },
): Promise<RegisteredPasskey> {
  ensurePasskeysOffered(context);
  const chosenName = name === null ? null : parsePasskeyName(name);
  const { accountId, sessionId } = viewer;
  const isFirst = viewer.twoFactorEnabledAt === null;
  const verified = (await verifyRegistration(context, viewer, response)) ?? refuse('PASSKEY_INVALID', 'response');
  const codes = isFirst ? generateBackupCodes(context, accountId) : null;
  return transaction(context, viewer, async (context) => {
    const authVersion = viewer.authVersion + (isFirst ? 1 : 0);
    if (isFirst) await changeAccount(context, accountId, { auth_version: authVersion });
    const passkey = await insertPasskey(context, accountId, {
      ...verified,
      name: chosenName ?? defaultPasskeyName(verified),
    });
    if (codes) await turnOn(context, accountId, codes);
    await recordEvent(context, { type: 'PASSKEY_ADDED', accountId, sessionId, detail: providerName(passkey.aaguid) });
    if (isFirst) await recordEvent(context, { type: 'TWO_FACTOR_ENABLED', accountId, sessionId, detail: 'PASSKEY' });
    if (!isFirst) await endLostFactorWindows(context, viewer);
    const factor = { verifiedFactor: 'PASSKEY', methods: passkeyMethods(verified) } as const;
    const session = await rotateSession(context, viewer, { authVersion, ...factor, steppedUp: false });
    return { passkey, backupCodes: codes?.codes ?? null, session };
  });
}

/** A factor was added, so backup codes in other sessions no longer stand for a lost one (D-2). */
async function endLostFactorWindows({ em }: RuleContext, { accountId, sessionId }: SessionViewer): Promise<void> {
  await em
    .getKysely<Tables>()
    .updateTable('sessions')
    .set({ factors: sql<string[]>`array_remove(factors, 'BACKUP_CODE')` })
    .where('account_id', '=', accountId)
    .where('id', '!=', sessionId)
    .where(sql<boolean>`'BACKUP_CODE' = any(factors)`)
    .execute();
}

type NewPasskey = VerifiedRegistration & { readonly name: string };

/** Of two accounts that register one credential, the second gets the answer of an invalid one. */
async function insertPasskey(
  { em, now, keys, config }: RuleContext,
  accountId: string,
  passkey: NewPasskey,
): Promise<PasskeyRow> {
  const db = em.getKysely<Tables>();
  const { count } = await db
    .selectFrom('passkeys')
    .where('account_id', '=', accountId)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) >= MAXIMUM_PASSKEYS) refuse('PASSKEY_LIMIT');
  const id = newId(now);
  const { credentialId, name, aaguid, backedUp, signsIn } = passkey;
  const transports = [...passkey.transports];
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('passkeys')
    .values({
      id,
      account_id: accountId,
      credential_id: credentialId,
      public_key_ciphertext: encryptPublicKey(keys, id, { ...passkey, accountId }),
      rp_id: config.passkeys.rpId,
      name,
      aaguid,
      transports,
      counter: BigInt(passkey.counter),
      backup_eligible: passkey.backupEligible,
      backed_up: backedUp,
      signs_in: signsIn,
      created_at: now,
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) refuse('PASSKEY_INVALID', 'response');
  return { id, accountId, credentialId, name, aaguid, transports, backedUp, signsIn, createdAt: now, lastUsedAt: null };
}

/** Turns on two-factor authentication without an app. */
async function turnOn(context: RuleContext, accountId: string, codes: NewBackupCodes): Promise<void> {
  const { em, now } = context;
  await em
    .getKysely<Tables>()
    .insertInto('two_factors')
    .values({ account_id: accountId, enabled_at: now, secret_ciphertext: null, last_step: null, last_kind: null })
    .execute();
  await replaceBackupCodes(context, accountId, codes);
}
