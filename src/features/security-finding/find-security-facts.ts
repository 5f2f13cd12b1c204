import { sql } from 'kysely';
import type { Role } from '../../rules/role.js';
import type { KeyRing } from '../../crypto/key-ring.js';
import { select, type Reader } from '../../database/read/select.js';
import { findAccessTokensOfAccounts, type AccessTokenRow } from '../access-token/find-access-tokens.js';
import { findApiTokensOfAccounts, type ApiTokenRow } from '../api-token/find-api-tokens.js';
import type { CallKeyRow } from '../call-key/find-call-keys.js';
import { readWeakPasswordFlag } from '../password/weak-password-flag.js';
import { findSessionsOfAccounts, type SessionRow } from '../session/find-sessions.js';
import { findLongestUnusedCallKeys } from './find-longest-unused-call-keys.js';

/** Maximum number of findings with the same code, since each is about another key or session. */
export const MAXIMUM_SUBJECTS = 5;

/** The facts about an account that findings are based on. */
export interface SecurityFacts {
  readonly role: Role;
  readonly hasTwoFactor: boolean;
  readonly hasEmail: boolean;
  /** Whether this server sends email. */
  readonly canBindEmail: boolean;
  /** Whether the account has no passkey and could add one here. */
  readonly lacksPasskey: boolean;
  /** Whether the password was easy to guess at the last sign-in. Visible only to the owner. */
  readonly hasCommonPassword: boolean;
  /** Unused backup codes; null if two-factor authentication is off. */
  readonly backupCodesLeft: number | null;
  /** Null if there is none. */
  readonly apiToken: ApiTokenRow | null;
  /** The active access tokens. */
  readonly accessTokens: readonly AccessTokenRow[];
  /** The call keys that are neither disabled nor expired, longest unused first; at most `MAXIMUM_SUBJECTS`. */
  readonly longestUnusedCallKeys: readonly CallKeyRow[];
  /** The sessions besides that of the request, longest unused first; at most `MAXIMUM_SUBJECTS`. */
  readonly longestUnusedSessions: readonly SessionRow[];
}

interface FactParameters {
  /** Whether this server sends email. */
  readonly canBindEmail: boolean;
  /** Whether passkeys can be added here. */
  readonly offersPasskeys: boolean;
  readonly accountIds: readonly string[];
  readonly now: Date;
  /** The account of the viewer. Facts about a password are visible to its owner only, not to administrators. */
  readonly requestingAccountId: string | null;
  readonly keys: KeyRing;
  /** The session of the request, which is not reported as unused; null if there is none. */
  readonly currentSessionId: string | null;
}

const securityFacts = select('security_facts_of_accounts', (db, { accountIds }: Pick<FactParameters, 'accountIds'>) =>
  db
    .selectFrom('accounts')
    .leftJoin('two_factors', 'two_factors.account_id', 'accounts.id')
    .where(({ eb, val }) => eb('accounts.id', '=', sql<string>`any(${val(accountIds)}::uuid[])`))
    .select(({ selectFrom, fn }) => [
      'accounts.id as accountId',
      'accounts.role',
      'accounts.email',
      'accounts.password_note_ciphertext as weakPasswordFlag',
      'two_factors.enabled_at as twoFactorEnabledAt',
      selectFrom('backup_codes')
        .whereRef('backup_codes.account_id', '=', 'accounts.id')
        .where('backup_codes.used_at', 'is', null)
        .select(fn.countAll<string>().as('count'))
        .as('backupCodesLeft'),
      selectFrom('passkeys')
        .whereRef('passkeys.account_id', '=', 'accounts.id')
        .select(fn.countAll<string>().as('count'))
        .as('passkeys'),
    ]),
);

/** Finds the facts of all given accounts in five queries. */
export async function findSecurityFacts(
  reader: Reader,
  { accountIds, now, currentSessionId, requestingAccountId, keys, canBindEmail, offersPasskeys }: FactParameters,
): Promise<ReadonlyMap<string, SecurityFacts>> {
  const [rows, apiTokens, accessTokens, callKeys, sessions] = await Promise.all([
    securityFacts(reader, { accountIds }),
    findApiTokensOfAccounts(reader, { accountIds }),
    findAccessTokensOfAccounts(reader, accountIds, now),
    findLongestUnusedCallKeys(reader, { accountIds, now, limit: MAXIMUM_SUBJECTS }),
    findSessionsOfAccounts(reader, { accountIds, now }),
  ]);
  const otherSessions = sessions.filter(({ id }) => id !== currentSessionId);
  return new Map(
    rows.map(({ accountId, role, email, weakPasswordFlag, twoFactorEnabledAt, backupCodesLeft, passkeys }) => {
      const isOwn = (row: { readonly accountId: string }) => row.accountId === accountId;
      return [
        accountId,
        {
          role,
          hasTwoFactor: twoFactorEnabledAt !== null,
          hasEmail: email !== null,
          canBindEmail,
          lacksPasskey: offersPasskeys && Number(passkeys) === 0,
          hasCommonPassword:
            accountId === requestingAccountId && readWeakPasswordFlag(keys, accountId, weakPasswordFlag) === true,
          backupCodesLeft: twoFactorEnabledAt && Number(backupCodesLeft),
          apiToken: apiTokens.find(isOwn) ?? null,
          accessTokens: accessTokens.filter((row) => isOwn(row) && row.status === 'ACTIVE'),
          longestUnusedCallKeys: callKeys.filter(isOwn),
          longestUnusedSessions: otherSessions.filter(isOwn).toReversed().slice(0, MAXIMUM_SUBJECTS),
        },
      ];
    }),
  );
}
