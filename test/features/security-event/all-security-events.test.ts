import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '../../../src/database/connection/id.js';
import { act } from '../administration/actions.js';
import { newUserOfRole } from '../administration/administrators.js';
import { loginAs } from '../sign-in/login-as.js';
import { query } from '../../support/database.js';
import { graphql } from '../../support/generated/gql.js';
import type { AllSecurityEventsFilter } from '../../support/generated/graphql.js';
import { newUser, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { accountId, eventsOf } from './events.js';

const EverybodysEvents = graphql(`
  query EverybodysEvents($filter: AllSecurityEventsFilter, $first: Int, $after: String, $last: Int, $before: String) {
    securityEvents(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      edges { cursor node { id at type outcome reason detail ip device requestId user { username } actor { id username role } } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`);

interface Variables {
  filter?: AllSecurityEventsFilter;
  first?: number;
  after?: string;
  last?: number;
  before?: string;
}

let postern: TestPostern;
let administrator: TestUser;
let ada: TestUser;
let bob: TestUser;
/**
 * A history: users sign up, an unknown user and Ada fail to sign in, Bob is disabled, and two failed sign-ins of Bob
 * come from another address.
 */
beforeAll(async () => {
  postern = await startPostern();
  administrator = await newUserOfRole(postern, 'ADMIN');
  ada = await newUser(postern);
  bob = await newUser(postern);
  for (const login of [ada.username, 'nobody.at.all', ada.username]) {
    postern.clock.advance({ seconds: 1 });
    await loginAs(postern.client(), { login, password: 'wrong-wrong' });
  }
  postern.clock.advance({ seconds: 1 });
  await act(administrator.client, 'setUserStatus', { userId: bob.id, status: 'DISABLED' });
  for (const id of [newId(postern.clock.read()), newId(postern.clock.read())]) {
    await query(
      postern.database,
      "insert into security_events (id, at, type, outcome, account_id, ip, request_id) values (?, ?, 'LOGIN_FAILED', 'REFUSED', ?, '2001:db8::1', ?)",
      [id, postern.clock.read(), await accountId(postern.database, bob.username), id],
    );
  }
});
afterAll(() => postern.close());

const events = async (wish: Variables = {}) => {
  const answer = await administrator.client.send(EverybodysEvents, wish);
  expect(answer.errors).toEqual([]);
  return answer.data.securityEvents!;
};
const shownBy = async (filter: AllSecurityEventsFilter) =>
  (await events({ filter, first: 100 })).edges.map(({ node }) => `${node.type} ${node.user?.username ?? 'nobody'}`);

test('lists the events of all accounts, newest first, with user and actor (R-99)', async () => {
  const { edges, pageInfo } = await events();
  const recorded = await eventsOf(postern.database);
  expect(edges.map(({ node }) => node.requestId)).toEqual(recorded.map(({ request_id: id }) => id).reverse());
  expect(pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
  expect(edges[2]!.node).toMatchObject({
    type: 'USER_STATUS_SET',
    outcome: 'SUCCESS',
    detail: 'DISABLED',
    ip: '127.0.0.1',
    user: { username: bob.username },
    actor: { id: administrator.id, username: administrator.username, role: 'ADMIN' },
  });
  expect(edges[2]!.node.reason).toContain('4711');
  expect(edges[4]!.node).toMatchObject({ type: 'LOGIN_FAILED', outcome: 'REFUSED', user: null, actor: null });
});

test.each([1, 2, 3, 100])('lists every security event once in pages of %d, in both directions', async (size) => {
  const all = (await events({ first: 100 })).edges.map(({ node }) => node.id);
  const forward: string[] = [];
  for (let after: string | undefined; ;) {
    const { edges, pageInfo } = await events({ first: size, ...(after ? { after } : {}) });
    forward.push(...edges.map(({ node }) => node.id));
    expect(pageInfo.hasPreviousPage).toBe(after !== undefined);
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor!;
  }
  expect(forward).toEqual(all);
  const backward: string[] = [];
  for (let before: string | undefined; ;) {
    const { edges, pageInfo } = await events({ last: size, ...(before ? { before } : {}) });
    backward.unshift(...edges.map(({ node }) => node.id));
    expect(pageInfo.hasNextPage).toBe(before !== undefined);
    if (!pageInfo.hasPreviousPage) break;
    before = pageInfo.startCursor!;
  }
  expect(backward).toEqual(all);
});

describe('filters', () => {
  test('filters security events by user and actor', async () => {
    expect(await shownBy({ userId: ada.id })).toEqual(
      ['LOGIN_FAILED', 'LOGIN_FAILED', 'REGISTERED'].map((type) => `${type} ${ada.username}`),
    );
    expect(await shownBy({ actorId: administrator.id })).toEqual([
      `USER_STATUS_SET ${bob.username}`,
      `REGISTERED ${administrator.username}`,
    ]);
    expect(await shownBy({ userId: bob.id, actorId: administrator.id })).toEqual([`USER_STATUS_SET ${bob.username}`]);
    expect(await shownBy({ userId: ada.id, actorId: administrator.id })).toEqual([]);
  });

  test.each([
    ['2001:db8::1', 2],
    ['2001:0DB8:0:0::0001', 2],
    ['127.0.0.1', 7],
    ['::ffff:127.0.0.1', 7],
    ['192.0.2.1', 0],
    ['', 0],
    ['nowhere', 0],
    ['127.0.0.1\u0000', 0],
    ['%', 0],
    ["' or true --", 0],
  ])('filters security events by the IP address %j, which matches %d', async (ip, found) => {
    expect(await shownBy({ ip })).toHaveLength(found);
  });

  test('filters security events by type and outcome, separately and together', async () => {
    expect(await shownBy({ types: ['USER_STATUS_SET'] })).toEqual([`USER_STATUS_SET ${bob.username}`]);
    expect(await shownBy({ types: ['USER_STATUS_SET', 'REGISTERED'] })).toHaveLength(4);
    expect(await shownBy({ types: [] })).toEqual([]);
    expect(await shownBy({ outcome: 'REFUSED' })).toHaveLength(5);
    expect(
      await shownBy({ outcome: 'REFUSED', ip: '127.0.0.1', userId: ada.id, types: ['LOGIN_FAILED'] }),
    ).toHaveLength(2);
  });

  test('filters security events from one time up to, but not including, another', async () => {
    const { edges } = await events();
    const at = (place: number) => edges[place]!.node.at;
    expect((await events({ filter: { from: at(4), to: at(2) } })).edges.map(({ node }) => node.id)).toEqual([
      edges[3]!.node.id,
      edges[4]!.node.id,
    ]);
    expect(await shownBy({ from: '0000-01-01T00:00:00Z', to: '9999-12-31T23:59:59-12:00' })).toHaveLength(edges.length);
    expect(await shownBy({ from: '9999-12-31T23:59:59Z' })).toEqual([]);
    expect(await shownBy({ to: '1970-01-01T00:00:00Z' })).toEqual([]);
  });

  test.each(['nothing', '', 'user_0000000000000000000000', 'user_\u0000'])(
    'finds nothing for %j, which is no user’s ID, or for an ID of another type (R-76)',
    async (id) => {
      const [edge] = (await events({ first: 1 })).edges;
      for (const wrong of [id, edge!.node.id])
        for (const name of ['userId', 'actorId']) expect(await shownBy({ [name]: wrong })).toEqual([]);
    },
  );
});

test.each(['1969-12-31T23:59:59Z', '0000-01-01T00:00:00Z'])(
  'takes the time %s in filters as before all events',
  async (time) => {
    const all = await events({ first: 100 });
    expect(await events({ filter: { from: time }, first: 100 })).toEqual(all);
    expect(await events({ filter: { to: time } })).toMatchObject({ edges: [] });
  },
);

test.each<[Variables]>([
  [{ first: 0 }],
  [{ first: 101 }],
  [{ last: -1 }],
  [{ first: 1, last: 1 }],
  [{ after: 'nowhere' }],
  [{ before: '' }],
])('rejects the page arguments %j (R-87)', async (wish) => {
  expect(await administrator.client.send(EverybodysEvents, wish)).toFailWith('BAD_USER_INPUT');
});

test('shows all security events only to administrators, and to no API token (R-63, R-99)', async () => {
  const document = '{ securityEvents { edges { cursor } } }';
  expect(await ada.client.send(document)).toFailWith('FORBIDDEN');
  expect(await postern.client().send(document)).toFailWith('UNAUTHENTICATED');
  const { data } = await administrator.client.send('mutation { resetApiToken { token userErrors { code } } }');
  const machine = Object.assign(postern.client(), { token: data['resetApiToken'].token as string });
  expect((await machine.send('{ me { username } }')).data).toEqual({ me: { username: administrator.username } });
  expect(await machine.send(document)).toFailWith('FORBIDDEN');
});

test('loads a page of events with three statements: the viewer, the events and their accounts', async () => {
  const statementsFor = async (first: number) => {
    postern.statements.forget();
    expect((await events({ first })).edges).toHaveLength(first);
    return postern.statements.texts.filter((sql) => /\bselect\b/.test(sql)).length;
  };
  expect([await statementsFor(3), await statementsFor(9)]).toEqual([3, 3]);
});
