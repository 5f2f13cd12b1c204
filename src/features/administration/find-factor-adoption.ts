import { sql } from 'kysely';
import { select } from '../../database/read/select.js';

/** How many active accounts of a role have which second factors. */
export type FactorAdoptionRow = Awaited<ReturnType<typeof findFactorAdoption>>[number];

const count = (condition: ReturnType<typeof sql<boolean>>) => sql<number>`(count(*) filter (where ${condition}))::int`;

const hasApp = sql<boolean>`two_factors.secret_ciphertext is not null`;
const hasPasskey = sql<boolean>`exists (select from passkeys where passkeys.account_id = accounts.id)`;

/** Counts active accounts by role and factor. Service accounts have none, and are left out. */
export const findFactorAdoption = select('factor_adoption', (db) =>
  db
    .selectFrom('accounts')
    .leftJoin('two_factors', 'two_factors.account_id', 'accounts.id')
    .where('accounts.status', '=', 'ACTIVE')
    .where('accounts.role', '<>', 'SERVICE')
    .groupBy('accounts.role')
    .orderBy('accounts.role')
    .select([
      'accounts.role',
      sql<number>`count(*)::int`.as('users'),
      count(hasApp).as('totp'),
      count(hasPasskey).as('passkey'),
      count(sql<boolean>`two_factors.account_id is null`).as('none'),
    ]),
);
