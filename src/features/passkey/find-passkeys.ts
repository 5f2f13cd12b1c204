import { sql } from 'kysely';
import { select, type Reader } from '../../database/read/select.js';

/** A passkey without its public key. */
export type PasskeyRow = Awaited<ReturnType<typeof findPasskeysOfAccounts>>[number];

/** The columns of a passkey without its public key. */
export const passkeyColumns = [
  'id',
  'account_id as accountId',
  'credential_id as credentialId',
  'name',
  'aaguid',
  'transports',
  'backed_up as backedUp',
  'signs_in as signsIn',
  'created_at as createdAt',
  'last_used_at as lastUsedAt',
] as const;

/** Finds all passkeys of accounts, oldest first. */
export const findPasskeysOfAccounts = select(
  'passkeys_of_accounts',
  (db, { accountIds }: { accountIds: readonly string[] }) =>
    db
      .selectFrom('passkeys')
      .where(({ eb, val }) => eb('account_id', '=', sql<string>`any(${val(accountIds)}::uuid[])`))
      .orderBy('id')
      .select(passkeyColumns),
);

/** Finds the user handles of accounts, in base64url. An account has none before its first registration. */
export const findUserHandlesOfAccounts = select(
  'user_handles_of_accounts',
  (db, { accountIds }: { accountIds: readonly string[] }) =>
    db
      .selectFrom('passkey_users')
      .where(({ eb, val }) => eb('account_id', '=', sql<string>`any(${val(accountIds)}::uuid[])`))
      .select(['account_id as accountId', 'handle']),
);

const ownPasskey = select('own_passkey', (db, { id, accountId }: { id: string; accountId: string }) =>
  db.selectFrom('passkeys').where('id', '=', id).where('account_id', '=', accountId).select(passkeyColumns),
);

/** Finds one passkey of an account; null if the ID is unknown or another account's. */
export async function findOwnPasskey(reader: Reader, id: string, accountId: string): Promise<PasskeyRow | null> {
  const [row] = await ownPasskey(reader, { id, accountId });
  return row ?? null;
}
