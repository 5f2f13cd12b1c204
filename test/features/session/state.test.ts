import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inState } from '../../support/account-states.js';
import { query } from '../../support/database.js';
import { newPerson, signIn } from '../../support/people.js';
import { startPostern, type TestPostern } from '../../support/postern.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const set = (column: string, value: string | number, username: string) =>
  query(postern.database, `update accounts set ${column} = ? where username = ?`, [value, username]);

test.each(['DISABLED', 'DELETED'] as const)(
  'rejects cookies and bearer tokens on the next request once the account is %s (R-56)',
  async (status) => {
    const person = await newPerson(postern);
    const bearer = await signIn(postern, person, 'BEARER');
    expect((await bearer.send('{ me { status } }')).data).toEqual({ me: { status: 'ACTIVE' } });
    await query(postern.database, `update accounts set ${inState[status]} where username = ?`, [person.username]);
    const byCookie = await person.client.send('{ me { id } }');
    expect(byCookie.data).toEqual({ me: null });
    expect(byCookie.headers.getSetCookie()).toHaveLength(1);
    expect(await bearer.send('{ me { id } }')).toMatchObject({ status: 401, data: null });
  },
);

test('restores no session when a disabled account is enabled again (R-56)', async () => {
  const person = await newPerson(postern);
  const bearer = await signIn(postern, person, 'BEARER');
  await query(
    postern.database,
    "update accounts set status = 'DISABLED', auth_version = auth_version + 1 where username = ?",
    [person.username],
  );
  await set('status', 'ACTIVE', person.username);
  expect((await person.client.send('{ me { id } }')).data).toEqual({ me: null });
  expect(await bearer.send('{ me { id } }')).toMatchObject({ status: 401 });
  const again = await signIn(postern, person, 'BEARER');
  expect((await again.send('{ me { sessions { current } } }')).data).toEqual({ me: { sessions: [{ current: true }] } });
});

test('applies a role change on the next request (R-56)', async () => {
  const person = await newPerson(postern);
  const other = await newPerson(postern);
  const look = async () =>
    (await person.client.send('query ($id: ID!) { me { role } node(id: $id) { id } }', { id: other.id })).data;
  expect(await look()).toEqual({ me: { role: 'USER' }, node: null });
  await set('role', 'ADMIN', person.username);
  expect(await look()).toEqual({ me: { role: 'ADMIN' }, node: { id: other.id } });
  await set('role', 'USER', person.username);
  expect(await look()).toEqual({ me: { role: 'USER' }, node: null });
});

test('revokes every session of one account when its authVersion is raised (R-56)', async () => {
  const person = await newPerson(postern);
  const bystander = await newPerson(postern);
  const bearer = await signIn(postern, person, 'BEARER');
  await query(postern.database, 'update accounts set auth_version = auth_version + 1 where username = ?', [
    person.username,
  ]);
  expect((await person.client.send('{ me { id } }')).data).toEqual({ me: null });
  expect(await bearer.send('{ me { id } }')).toMatchObject({ status: 401 });
  expect((await bystander.client.send('{ me { id } }')).data).toEqual({ me: { id: bystander.id } });
});

test('deletes the sessions of a deleted account (R-56)', async () => {
  const person = await newPerson(postern);
  await query(postern.database, 'delete from accounts where username = ?', [person.username]);
  expect((await person.client.send('{ me { id } }')).data).toEqual({ me: null });
  expect(
    await query(
      postern.database,
      'select 1 from sessions s left join accounts a on a.id = s.account_id where a.id is null',
    ),
  ).toEqual([]);
});
