import type { Role } from '../../../src/rules/role.js';
import { query } from '../../support/database.js';
import { newUser, type TestUser } from '../../support/users.js';
import type { TestPostern } from '../../support/postern.js';

/** A user with a role. The recent sign-up opens the step-up window of the session. */
export async function newUserOfRole(
  postern: TestPostern,
  role: Role,
  delivery: 'COOKIE' | 'BEARER' = 'COOKIE',
): Promise<TestUser> {
  const user = await newUser(postern, delivery);
  const scopes = role === 'SERVICE' ? ['CALL_KEYS'] : null;
  const change = 'update accounts set role = ?, service_scopes = ?::text[] where username = ?';
  await query(postern.database, change, [role, scopes && `{${scopes.join(',')}}`, user.username]);
  return user;
}

/** The row of an account. */
export async function accountOf(
  postern: Pick<TestPostern, 'database'>,
  { username }: Pick<TestUser, 'username'>,
): Promise<Record<string, unknown>> {
  const [row] = await query(postern.database, 'select * from accounts where username = ?', [username]);
  return row!;
}
