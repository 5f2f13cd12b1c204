import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NIL_ID } from '../../../src/database/connection/id.js';
import { toCursor } from '../../../src/graphql-kit/relay/page.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { graphql } from '../../support/generated/gql.js';
import type { UserFilter, UserOrder } from '../../support/generated/graphql.js';
import { newUser, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { startBeside } from '../../support/start-beside.js';
import { markTwoFactorOn } from '../../support/two-factor.js';
import { newUserOfRole } from './administrators.js';

const Users = graphql(`
  query Users($filter: UserFilter, $orderBy: UserOrder, $first: Int, $after: String, $last: Int, $before: String) {
    users(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      edges { cursor node { id username role status createdAt email lastLoginAt } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      totalCount
    }
  }
`);

const OneUser = graphql(`
  query OneUser($id: ID!) {
    user(id: $id) {
      username email lastLoginAt locale passwordChangedAt twoFactor { enabled } apiToken { hint } sessions { id current }
      securityEvents(first: 5) { edges { node { type } } } securityFindings { code }
    }
  }
`);

interface Wish {
  filter?: UserFilter;
  orderBy?: UserOrder;
  first?: number;
  after?: string;
  last?: number;
  before?: string;
}

let postern: TestPostern;
let administrator: TestUser;
/**
 * Created by SQL, because names, addresses and timestamps matter here: n is 1 to 9, and timestamps differ by
 * microseconds.
 */
const names = ['ann', 'ann.smith', 'bob', 'bob_smith', 'carl-100', 'dana', 'eve', 'smithers', 'zoe'];
beforeAll(async () => {
  postern = await startPostern();
  administrator = await newUserOfRole(postern, 'ADMIN');
  for (const [n, name] of names.entries()) {
    await query(
      postern.database,
      `
      insert into accounts (id, username, role, status, created_at, last_login_at, email, email_key)
      values (gen_random_uuid(), ?, 'USER', 'ACTIVE', timestamptz '2020-01-01' + ? * interval '1 microsecond', timestamptz '2021-01-01' + ? * interval '1 microsecond', ?, ?)`,
      [name, n % 5, n % 3, `${name}@Mail.example`, `${name}@mail.example`],
    );
  }
  await query(postern.database, "update accounts set last_login_at = null where username in ('dana', 'zoe')");
});
afterAll(() => postern.close());

const list = async (wish: Wish = {}, client: Client = administrator.client) => {
  const answer = await client.send(Users, wish);
  expect(answer.errors).toEqual([]);
  return answer.data.users!;
};
const namesOf = async (wish: Wish) => (await list(wish)).edges.map(({ node }) => node.username);
const byName: UserOrder = { field: 'USERNAME', direction: 'ASC' };
const search = (text: string) => namesOf({ filter: { search: text }, orderBy: byName });

describe('search', () => {
  test.each([
    ['smith', ['ann.smith', 'bob_smith', 'smithers']],
    ['SMITH', ['ann.smith', 'bob_smith', 'smithers']],
    ['  smith\n', ['ann.smith', 'bob_smith', 'smithers']],
    ['ＳＭＩＴＨ', ['ann.smith', 'bob_smith', 'smithers']],
    ['bob_smith@', ['bob_smith']],
    ['smith@mail', ['ann.smith', 'bob_smith']],
    ['b', ['bob', 'bob_smith']],
    ['nn', []],
    ['an', ['ann', 'ann.smith']],
    ['bob_', ['bob_smith']],
    ['___', []],
    ['%%%', []],
    ['%', []],
    ['_', []],
    ['a%n', []],
    ['\\', []],
    ['\\\\\\', []],
    ['bob_smith@m', ['bob_smith']],
    ['b_s', ['bob_smith']],
    ['l-1', ['carl-100']],
    ['b..', []],
    ['h@m', ['ann.smith', 'bob_smith']],
    ['@mail.example', names],
    ["'; drop table accounts; --", []],
    ['ann\u0000', ['ann', 'ann.smith']],
    ['мария', []],
  ])(
    'matches names anywhere from three characters on, else at the start: %j finds %j (R-68, R-76)',
    async (text, found) => {
      expect((await search(text)).filter((name) => names.includes(name))).toEqual(found);
    },
  );

  test('ignores a blank search term, and rejects a term of more than 64 characters (R-68)', async () => {
    expect(await search('  ')).toEqual(await namesOf({ orderBy: byName }));
    expect(await search('a'.repeat(64))).toEqual([]);
    expect(await administrator.client.send(Users, { filter: { search: 'a'.repeat(65) } })).toFailWith('BAD_USER_INPUT');
  });
});

describe('ordering and pagination', () => {
  const orders = (['CREATED_AT', 'USERNAME', 'LAST_LOGIN_AT'] as const).flatMap((field) =>
    (['ASC', 'DESC'] as const).map((direction) => ({ field, direction })),
  );

  test.each(orders)(
    'lists every user once in both directions when ordered by %j, even with equal timestamps',
    async (orderBy) => {
      const all = await namesOf({ orderBy });
      expect(new Set(all).size).toBe(names.length + 1);
      const forward: string[] = [];
      for (let after: string | undefined; ;) {
        const { edges, pageInfo } = await list({ orderBy, first: 2, ...(after ? { after } : {}) });
        forward.push(...edges.map(({ node }) => node.username));
        expect(pageInfo.hasPreviousPage).toBe(after !== undefined);
        if (!pageInfo.hasNextPage) break;
        after = pageInfo.endCursor!;
      }
      expect(forward).toEqual(all);
      const backward: string[] = [];
      for (let before: string | undefined; ;) {
        const { edges, pageInfo } = await list({ orderBy, last: 2, ...(before ? { before } : {}) });
        backward.unshift(...edges.map(({ node }) => node.username));
        if (!pageInfo.hasPreviousPage) break;
        before = pageInfo.startCursor!;
      }
      expect(backward).toEqual(all);
      expect(
        await namesOf({ orderBy: { ...orderBy, direction: orderBy.direction === 'ASC' ? 'DESC' : 'ASC' } }),
      ).toEqual(all.reverse());
    },
  );

  test('sorts users who never signed in as earliest, and the newest accounts first by default', async () => {
    const [sorted] = [[...names, administrator.username].sort()];
    expect(await namesOf({ orderBy: byName })).toEqual(sorted);
    expect((await namesOf({ orderBy: { field: 'LAST_LOGIN_AT', direction: 'ASC' }, first: 2 })).sort()).toEqual([
      'dana',
      'zoe',
    ]);
    expect(await namesOf({ first: 1 })).toEqual([administrator.username]);
    const microseconds = await namesOf({ orderBy: { field: 'CREATED_AT', direction: 'ASC' }, first: 2 });
    expect(microseconds.sort()).toEqual(['ann', 'dana']);
  });

  test.each([
    [{ first: 0 }],
    [{ first: 101 }],
    [{ first: 1, last: 1 }],
    [{ after: 'nowhere' }],
    [{ after: '' }],
    [{ before: toCursor({ id: NIL_ID, value: '2020-02-30T00:00:00.000000Z' }, { name: 'CREATED_AT' }) }],
    [{ after: toCursor({ id: NIL_ID, value: "ann'" }, { name: 'USERNAME' }) }],
    [{ after: `${toCursor({ id: NIL_ID, value: '2020-02-29T00:00:00.000000Z' }, { name: 'CREATED_AT' })}=` }],
    [{ after: toCursor({ id: NIL_ID }) }],
    [{ after: toCursor({ id: NIL_ID, value: 'now' }, { name: 'CREATED_AT' }) }],
  ] as [Wish][])('rejects the page arguments %j (R-87)', async (wish) => {
    expect(await administrator.client.send(Users, wish)).toFailWith('BAD_USER_INPUT');
  });

  test('rejects a cursor from a list in another order', async () => {
    const { pageInfo } = await list({ orderBy: byName, first: 1 });
    expect(await administrator.client.send(Users, { after: pageInfo.endCursor! })).toFailWith('BAD_USER_INPUT');
    const { pageInfo: newest } = await list({ first: 1 });
    expect(
      await administrator.client.send(Users, {
        after: newest.endCursor!,
        orderBy: { field: 'LAST_LOGIN_AT', direction: 'DESC' },
      }),
    ).toFailWith('BAD_USER_INPUT');
  });
});

describe('filters', () => {
  test('combines filters by role, status and two-factor authentication, and counts the matches', async () => {
    await query(postern.database, "update accounts set status = 'DISABLED' where username in ('bob', 'eve')");
    await query(
      postern.database,
      "update accounts set status = 'DELETED', deleted_at = now(), status_before_deletion = 'ACTIVE' where username = 'zoe'",
    );
    await markTwoFactorOn(postern.database, 'eve');
    const chosen = async (filter: UserFilter) => {
      const { edges, totalCount } = await list({ filter, orderBy: byName, first: 1 });
      return [await namesOf({ filter, orderBy: byName }), totalCount, edges.length] as const;
    };
    expect(await chosen({ role: 'ADMIN' })).toEqual([[administrator.username], 1, 1]);
    expect(await chosen({ role: 'ROOT' })).toEqual([[], 0, 0]);
    expect(await chosen({ status: 'DISABLED' })).toEqual([['bob', 'eve'], 2, 1]);
    expect(await chosen({ status: 'DELETED' })).toEqual([['zoe'], 1, 1]);
    expect(await chosen({ twoFactorEnabled: true })).toEqual([['eve'], 1, 1]);
    expect(await chosen({ twoFactorEnabled: false, status: 'DISABLED' })).toEqual([['bob'], 1, 1]);
    expect(await chosen({ search: 'smith', role: 'USER', status: 'ACTIVE', twoFactorEnabled: false })).toEqual([
      ['ann.smith', 'bob_smith', 'smithers'],
      3,
      1,
    ]);
    expect((await chosen({}))[1]).toBe(names.length + 1);
  });
});

describe('access', () => {
  test('shows all users to ADMIN and ROOT, with their sessions, events and findings (R-76)', async () => {
    const user = await newUser(postern);
    for (const viewer of [administrator, await newUserOfRole(postern, 'ROOT')]) {
      const { data, errors } = await viewer.client.send(OneUser, { id: user.id });
      expect(errors).toEqual([]);
      expect(data.user).toMatchObject({
        username: user.username,
        email: null,
        locale: 'EN',
        twoFactor: { enabled: false },
        apiToken: null,
        sessions: [{ current: false }],
        securityEvents: { edges: [{ node: { type: 'REGISTERED' } }] },
        securityFindings: expect.arrayContaining([{ code: 'TWO_FACTOR_OFF' }]),
      });
    }
    expect((await list({ filter: { search: 'ann.smith' } })).edges[0]!.node.email).toBe('ann.smith@Mail.example');
  });

  test('returns users only to administrators, and null for an unknown ID (R-67, R-76)', async () => {
    const user = await newUser(postern);
    for (const [client, code] of [
      [user.client, 'FORBIDDEN'],
      [postern.client(), 'UNAUTHENTICATED'],
    ] as const) {
      expect(await client.send('{ users { totalCount } }')).toFailWith(code);
      expect(await client.send('query ($id: ID!) { user(id: $id) { username } }', { id: administrator.id })).toFailWith(
        code,
      );
    }
    const [session] = (await administrator.client.send(OneUser, { id: user.id })).data.user!.sessions!;
    for (const id of [session!.id, 'user_0000000000000000000000', 'nothing', ''])
      expect((await administrator.client.send(OneUser, { id })).data.user).toBeNull();
  });

  test('hides an erased account from lists and lookups by ID', async () => {
    const user = await newUser(postern);
    await query(
      postern.database,
      "update accounts set status = 'DELETED', deleted_at = now(), status_before_deletion = 'ACTIVE', password_hash = null, erased_at = now() where username = ?",
      [user.username],
    );
    expect(await namesOf({ filter: { status: 'DELETED' } })).not.toContain(user.username);
    expect((await administrator.client.send(OneUser, { id: user.id })).data.user).toBeNull();
    expect(
      (await administrator.client.send('query ($id: ID!) { node(id: $id) { id } }', { id: user.id })).data['node'],
    ).toBeNull();
  });

  test('requires two-factor authentication of administrators if configured (R-74)', async () => {
    const strict = await startBeside(postern, { TWO_FACTOR_REQUIRED_FOR: 'ADMIN,ROOT' });
    try {
      const client = Object.assign(administrator.client.copy(), { url: strict.url });
      const [mine] = [await client.send('{ me { username sessions { id } } policy { twoFactorRequiredFor } }')];
      expect([mine.errors, mine.data['policy']]).toEqual([[], { twoFactorRequiredFor: ['ADMIN', 'ROOT'] }]);
      for (const document of ['{ users { totalCount } }', '{ user(id: "nothing") { id } }'])
        expect(await client.send(document)).toFailWith('TWO_FACTOR_REQUIRED');
      await markTwoFactorOn(postern.database, administrator.username);
      for (const document of ['{ users { totalCount } }', '{ user(id: "nothing") { id } }'])
        expect((await client.send(document)).errors).toEqual([]);
    } finally {
      await query(
        postern.database,
        'delete from two_factors where account_id = (select id from accounts where username = ?)',
        [administrator.username],
      );
      await strict.close();
    }
  });
});

test('loads a list of users, with all protected fields, in a fixed number of statements', async () => {
  const document = `query ($first: Int) { users(first: $first) { edges { node {
    username email twoFactor { enabled backupCodesLeft } apiToken { hint } sessions { id } passwordChangedAt securityFindings { code } allowedActions securityEvents(first: 5) { edges { node { type } } }
  } } } }`;
  const statementsFor = async (first: number) => {
    postern.statements.forget();
    expect((await administrator.client.send(document, { first })).errors).toEqual([]);
    return postern.statements.texts.filter((sql) => /\bselect\b/.test(sql)).length;
  };
  expect([await statementsFor(1), await statementsFor(10)]).toEqual([13, 13]);
});

test('loads sessions and call keys of 100 users in as many statements as for one user', async () => {
  await query(
    postern.database,
    `
    with crowd as (
      insert into accounts (id, username, role, status, created_at)
      select gen_random_uuid(), 'crowd' || n, 'USER', 'ACTIVE', timestamptz '2100-01-01' + n * interval '1 second' from generate_series(1, 100) n returning id, created_at
    ), own_sessions as (
      insert into sessions (id, account_id, token_hash, auth_version, factors, methods, created_at, last_seen_at, stepped_up_at, idle_seconds, remembered, expires_at)
      select gen_random_uuid(), id, gen_random_uuid()::text, 1, '{PASSWORD}', '{pwd}', now(), timestamptz '2100-01-01', now(), 3600, false, timestamptz '2200-01-01' from crowd, generate_series(1, extract(second from created_at)::int % 4)
    )
    insert into call_keys (id, account_id, name, key_hash, hint, models, allowed_ips, created_at)
    select gen_random_uuid(), id, 'key', gen_random_uuid()::text, 'sk-', '{}', '{}', now() from crowd, generate_series(1, extract(second from created_at)::int % 9)`,
  );
  const answerTo = async (first: number, keys: number) => {
    postern.statements.forget();
    const { data, errors } = await administrator.client.send(
      'query ($first: Int, $keys: Int) { users(first: $first) { edges { node { sessions { id } callKeys(first: $keys) { edges { node { id } } } } } } }',
      { first, keys },
    );
    expect(errors).toEqual([]);
    const users: { sessions: unknown[]; callKeys: { edges: unknown[] } }[] = data['users'].edges.map(
      ({ node }: { node: unknown }) => node,
    );
    return {
      users: users.length,
      sessions: users.flatMap(({ sessions }) => sessions).length,
      keys: users.flatMap(({ callKeys }) => callKeys.edges).length,
      statements: postern.statements.texts.length,
    };
  };
  const one = await answerTo(1, 5);
  // The viewer, the page, all sessions, all keys.
  expect(one).toMatchObject({ users: 1, statements: 4 });
  expect(await answerTo(100, 5)).toEqual({ users: 100, sessions: 150, keys: 325, statements: 4 });
  expect(await answerTo(10, 1)).toMatchObject({ users: 10, statements: 4 });
});

test('loads a page of users in one statement, and counts them in a second one only on request', async () => {
  const statementsFor = async (document: string) => {
    postern.statements.forget();
    await administrator.client.send(document);
    return postern.statements.texts.filter((sql) => /\bselect\b/.test(sql)).length;
  };
  expect(await statementsFor('{ users { edges { node { username } } } }')).toBe(2);
  expect(await statementsFor('{ users { totalCount edges { node { username } } } }')).toBe(3);
});
