import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { NIL_ID } from '../../../src/database/connection/id.js';
import { findEvents, type EventSelection } from '../../../src/features/security-event/find-events.js';
import { loginAs } from '../sign-in/login-as.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { listeningReader } from '../../support/listening-reader.js';
import { graphql } from '../../support/generated/gql.js';
import type { SecurityEventFilter } from '../../support/generated/graphql.js';
import { newUser, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';

const OwnEvents = graphql(`
  query OwnEvents($filter: SecurityEventFilter, $first: Int, $after: String, $last: Int, $before: String) {
    me {
      securityEvents(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
        edges { cursor node { id at type outcome reason ip device requestId user { username } actor { id username role } } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  }
`);

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

interface Variables {
  filter?: SecurityEventFilter;
  first?: number;
  after?: string;
  last?: number;
  before?: string;
}
const events = async (client: Client, wish: Variables = {}) =>
  (await client.send(OwnEvents, wish)).data.me!.securityEvents!;

/** A user with a history: seven failed sign-ins, one second apart, after the registration. */
async function userWithHistory(): Promise<TestUser> {
  const user = await newUser(postern);
  for (let n = 0; n < 7; n += 1) {
    postern.clock.advance({ seconds: 1 });
    await loginAs(postern.client(), { login: user.username, password: 'wrong-wrong' });
  }
  return user;
}

test('lists the events of the user’s account, newest first, with the actor (R-96, R-99)', async () => {
  const { client, username, id } = await userWithHistory();
  const { edges, pageInfo } = await events(client);
  expect(edges.map(({ node }) => node.type)).toEqual([
    ...Array.from({ length: 7 }, () => 'LOGIN_FAILED'),
    'REGISTERED',
  ]);
  expect(edges.at(-1)!.node).toMatchObject({
    outcome: 'SUCCESS',
    ip: '127.0.0.1',
    reason: null,
    user: { username },
    actor: { id, username, role: 'USER' },
  });
  expect(edges[0]!.node).toMatchObject({ outcome: 'REFUSED', actor: null });
  expect(pageInfo).toEqual({
    hasNextPage: false,
    hasPreviousPage: false,
    startCursor: edges[0]!.cursor,
    endCursor: edges.at(-1)!.cursor,
  });
});

test('lists every security event of a user once in both directions', async () => {
  const { client } = await userWithHistory();
  const all = (await events(client)).edges.map(({ node }) => node.id);
  const forward: string[] = [];
  for (let after: string | undefined; ;) {
    const { edges, pageInfo } = await events(client, { first: 3, ...(after ? { after } : {}) });
    forward.push(...edges.map(({ node }) => node.id));
    expect(pageInfo.hasPreviousPage).toBe(after !== undefined);
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor!;
  }
  expect(forward).toEqual(all);
  const backward: string[] = [];
  for (let before: string | undefined; ;) {
    const { edges, pageInfo } = await events(client, { last: 3, ...(before ? { before } : {}) });
    backward.unshift(...edges.map(({ node }) => node.id));
    expect(pageInfo.hasNextPage).toBe(before !== undefined);
    if (!pageInfo.hasPreviousPage) break;
    before = pageInfo.startCursor!;
  }
  expect(backward).toEqual(all);
});

test('filters a user’s security events by time, type and outcome', async () => {
  const { client } = await userWithHistory();
  const { edges } = await events(client);
  expect((await events(client, { filter: { types: ['REGISTERED'] } })).edges).toHaveLength(1);
  expect((await events(client, { filter: { types: [] } })).edges).toHaveLength(0);
  expect((await events(client, { filter: { outcome: 'REFUSED' } })).edges).toHaveLength(7);
  expect(
    (await events(client, { filter: { from: edges[2]!.node.at, to: edges[0]!.node.at } })).edges.map(
      ({ node }) => node.id,
    ),
  ).toEqual([edges[1]!.node.id, edges[2]!.node.id]);
});

test.each<[Variables, string]>([
  [{ first: 0 }, 'an empty page'],
  [{ first: 101 }, 'a page of more than 100'],
  [{ last: -1 }, 'a negative page'],
  [{ first: 1, last: 1 }, 'both ends together'],
  [{ after: 'nowhere' }, 'an invalid cursor'],
])('rejects the events page %j (case %#: %s), and returns the other fields (R-87)', async (wish) => {
  const { client, username } = await newUser(postern);
  const answer = await client.send(
    'query ($first: Int, $last: Int, $after: String) { me { username securityEvents(first: $first, last: $last, after: $after) { edges { cursor } } } }',
    { ...wish },
  );
  expect(answer).toFailWith('BAD_USER_INPUT');
  expect(answer.data['me']).toEqual({ username, securityEvents: null });
});

test('hides security events of other accounts in the list and by ID (R-67, R-99)', async () => {
  const [ada, bob] = [await newUser(postern), await newUser(postern)];
  const [edge] = (await events(ada.client)).edges;
  const node = (client: Client) => client.send('query ($id: ID!) { node(id: $id) { id } }', { id: edge!.node.id });
  expect((await node(ada.client)).data['node']).toEqual({ id: edge!.node.id });
  expect((await node(bob.client)).data['node']).toBeNull();
  expect(JSON.stringify(await events(bob.client))).not.toContain(edge!.node.id);
});

test('loads a list of a user’s security events with three statements', async () => {
  const { client } = await userWithHistory();
  postern.statements.forget();
  await events(client);
  expect(postern.statements.texts.filter((sql) => sql.includes('select'))).toHaveLength(3);
});

test('stores no email address or username in an event (R-96)', async () => {
  const columns = await query<{ column_name: string }>(
    postern.database,
    "select column_name from information_schema.columns where table_name = 'security_events'",
  );
  expect(columns.map(({ column_name }) => column_name).sort()).toEqual([
    'access_token_id',
    'account_id',
    'actor_id',
    'at',
    'detail',
    'id',
    'ip',
    'mac',
    'outcome',
    'reason',
    'request_id',
    'session_id',
    'trace_id',
    'type',
    'user_agent',
  ]);
});

test.each([
  ['0000-01-01T00:00:00Z', '0000-01-01T00:00:01Z', 0],
  ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-12:00', 8],
  ['9999-12-31T23:59:59-12:00', '9999-12-31T23:59:59-12:00', 0],
])('accepts a filter from %s to %s, beyond the dates of the database (R-85)', async (from, to, found) => {
  const { client } = await userWithHistory();
  expect((await events(client, { filter: { from, to } })).edges).toHaveLength(found);
});

test.each<[Partial<EventSelection>, 'run' | 'ask']>([
  [{}, 'run'],
  [{ from: new Date(0) }, 'ask'],
  [{ to: new Date(0) }, 'ask'],
  [{ types: ['LOGGED_OUT'] }, 'ask'],
  [{ outcome: 'REFUSED' }, 'ask'],
  [{ ip: '203.0.113.1' }, 'ask'],
  [{ accessTokenId: NIL_ID }, 'ask'],
])('reads events filtered by %j with reader.%s, without delaying other reads', async (selection, by) => {
  for (const backward of [false, true]) {
    const { reader, statements: heard } = listeningReader();
    await findEvents({ reader, viewer: null }, [NIL_ID], {
      selection: { from: null, to: null, types: null, outcome: null, ip: null, accessTokenId: null, ...selection },
      page: { size: 1, backward, after: null, before: null },
    });
    expect(heard).toEqual([by]);
  }
});
