import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inState } from '../../support/account-states.js';
import { query } from '../../support/database.js';
import { newUser, signIn } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const set = (column: string, value: string | number, username: string) =>
  query(postern.database, `update accounts set ${column} = ? where username = ?`, [value, username]);

test.each(['DISABLED', 'DELETED'] as const)(
  'rejects cookies and bearer tokens from the next request on once the account is %s (R-56)',
  async (status) => {
    const user = await newUser(postern);
    const bearer = await signIn(postern, user, 'BEARER');
    expect((await bearer.send('{ me { status } }')).data).toEqual({ me: { status: 'ACTIVE' } });
    await query(postern.database, `update accounts set ${inState[status]} where username = ?`, [user.username]);
    const byCookie = await user.client.send('{ me { id } }');
    expect(byCookie.data).toEqual({ me: null });
    expect(byCookie.headers.getSetCookie()).toHaveLength(1);
    expect(await bearer.send('{ me { id } }')).toMatchObject({ status: 401, data: null });
  },
);

test('restores no session when a disabled account is enabled again (R-56)', async () => {
  const user = await newUser(postern);
  const bearer = await signIn(postern, user, 'BEARER');
  await query(
    postern.database,
    "update accounts set status = 'DISABLED', auth_version = auth_version + 1 where username = ?",
    [user.username],
  );
  await set('status', 'ACTIVE', user.username);
  expect((await user.client.send('{ me { id } }')).data).toEqual({ me: null });
  expect(await bearer.send('{ me { id } }')).toMatchObject({ status: 401 });
  const again = await signIn(postern, user, 'BEARER');
  expect((await again.send('{ me { sessions { current } } }')).data).toEqual({ me: { sessions: [{ current: true }] } });
});

test('applies the change of a user’s role from the next request on (R-56)', async () => {
  const user = await newUser(postern);
  const other = await newUser(postern);
  const look = async () =>
    (await user.client.send('query ($id: ID!) { me { role } node(id: $id) { id } }', { id: other.id })).data;
  expect(await look()).toEqual({ me: { role: 'USER' }, node: null });
  await set('role', 'ADMIN', user.username);
  expect(await look()).toEqual({ me: { role: 'ADMIN' }, node: { id: other.id } });
  await set('role', 'USER', user.username);
  expect(await look()).toEqual({ me: { role: 'USER' }, node: null });
});

test('revokes every session of one account when its authVersion is raised (R-56)', async () => {
  const user = await newUser(postern);
  const bystander = await newUser(postern);
  const bearer = await signIn(postern, user, 'BEARER');
  await query(postern.database, 'update accounts set auth_version = auth_version + 1 where username = ?', [
    user.username,
  ]);
  expect((await user.client.send('{ me { id } }')).data).toEqual({ me: null });
  expect(await bearer.send('{ me { id } }')).toMatchObject({ status: 401 });
  expect((await bystander.client.send('{ me { id } }')).data).toEqual({ me: { id: bystander.id } });
});

test('deletes the sessions of a deleted account (R-56)', async () => {
  const user = await newUser(postern);
  await query(postern.database, 'delete from accounts where username = ?', [user.username]);
  expect((await user.client.send('{ me { id } }')).data).toEqual({ me: null });
  expect(
    await query(
      postern.database,
      'select 1 from sessions s left join accounts a on a.id = s.account_id where a.id is null',
    ),
  ).toEqual([]);
});
