import type { Database } from '../../../src/database/connection/database.js';
import { query } from '../../support/database.js';

/** Everything stored except events: equal before and after a refusal that changed nothing. */
export async function stored(database: Database): Promise<Record<string, unknown[]>> {
  return {
    accounts: await query(database, 'select * from accounts order by id'),
    sessions: await query(database, 'select * from sessions order by id'),
    challenges: await query(database, 'select * from second_factor_challenges order by id'),
    setupTokens: await query(database, 'select * from setup_tokens order by id'),
    apiTokens: await query(database, 'select * from api_tokens order by account_id'),
    twoFactors: await query(database, 'select * from two_factors order by account_id'),
    enrolments: await query(database, 'select * from two_factor_enrolments order by account_id'),
    backupCodes: await query(database, 'select * from backup_codes order by id'),
  };
}

/** The stored password hash of an account. */
export async function storedHash(database: Database, username: string): Promise<string | null> {
  const [row] = await query<{ password_hash: string | null }>(
    database,
    'select password_hash from accounts where username = ?',
    [username],
  );
  return row!.password_hash;
}
