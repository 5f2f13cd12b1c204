import { sql } from 'kysely';
import type { Role } from '../../rules/role.js';
import type { KeyRing } from '../../crypto/key-ring.js';
import { select, type Reader } from '../../database/read/select.js';
import { readWeakPasswordFlag } from '../password/weak-password-flag.js';
import { findSessionsOfAccounts } from '../session/find-sessions.js';

/** The facts about an account that findings are based on. */
export interface SecurityFacts {
  readonly role: Role;
  readonly hasTwoFactor: boolean;
  readonly hasEmail: boolean;
  /** Whether the password was easy to guess at the last sign-in. Visible only to the owner. */
  readonly hasCommonPassword: boolean;
  /** Unused backup codes; null if two-factor authentication is off. */
  readonly backupCodesLeft: number | null;
  /** When the API token was last used, or created if never used; null if there is none. */
  readonly apiTokenLastUsedAt: Date | null;
  /** When the longest unused of its active call keys was last used, or created if never used; null if there is none. */
  readonly callKeyLastUsedAt: Date | null;
  /** When each of its other sessions was last used. */
  readonly otherSessionsLastUsedAt: readonly Date[];
}

interface FactParameters {
  readonly accountIds: readonly string[];
  readonly now: Date;
  /** The account of the viewer. Facts about a password are visible to its owner only, not to administrators. */
  readonly requestingAccountId: string | null;
  readonly keys: KeyRing;
  /** The session of the request, which is not reported as unused; null if there is none. */
  readonly currentSessionId: string | null;
}

const securityFacts = select(
  'security_facts_of_accounts',
  (db, { accountIds, now }: Pick<FactParameters, 'accountIds' | 'now'>) =>
    db
      .selectFrom('accounts')
      .leftJoin('two_factors', 'two_factors.account_id', 'accounts.id')
      .leftJoin('api_tokens', 'api_tokens.account_id', 'accounts.id')
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
        selectFrom('call_keys')
          .whereRef('call_keys.account_id', '=', 'accounts.id')
          .where('call_keys.disabled', '=', false)
          .where(({ eb, or }) => or([eb('call_keys.expires_at', 'is', null), eb('call_keys.expires_at', '>', now)]))
          .select(sql<Date | null>`min(coalesce(call_keys.last_used_at, call_keys.created_at))`.as('at'))
          .as('callKeyLastUsedAt'),
        sql<Date | null>`coalesce(api_tokens.last_used_at, api_tokens.created_at)`.as('apiTokenLastUsedAt'),
      ]),
);

/** Finds the facts of all given accounts in two queries. */
export async function findSecurityFacts(
  reader: Reader,
  { accountIds, now, currentSessionId, requestingAccountId, keys }: FactParameters,
): Promise<ReadonlyMap<string, SecurityFacts>> {
  const [rows, sessions] = await Promise.all([
    securityFacts(reader, { accountIds, now }),
    findSessionsOfAccounts(reader, { accountIds, now }),
  ]);
  const otherSessions = Map.groupBy(
    sessions.filter(({ id }) => id !== currentSessionId),
    ({ accountId }) => accountId,
  );
  return new Map(
    rows.map(
      ({
        accountId,
        role,
        email,
        weakPasswordFlag,
        twoFactorEnabledAt,
        backupCodesLeft,
        apiTokenLastUsedAt,
        callKeyLastUsedAt,
      }) => [
        accountId,
        {
          role,
          apiTokenLastUsedAt,
          callKeyLastUsedAt,
          hasTwoFactor: twoFactorEnabledAt !== null,
          hasEmail: email !== null,
          hasCommonPassword:
            accountId === requestingAccountId && readWeakPasswordFlag(keys, accountId, weakPasswordFlag) === true,
          backupCodesLeft: twoFactorEnabledAt && Number(backupCodesLeft),
          otherSessionsLastUsedAt: (otherSessions.get(accountId) ?? []).map(({ lastSeenAt }) => lastSeenAt),
        },
      ],
    ),
  );
}
