import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createService } from '../../../src/features/administration/create-service.js';
import { createCallKeyUses, type CallKeyUses } from '../../../src/features/call-key/call-key-uses.js';
import { verifyCallKey } from '../../../src/features/call-key/verify-call-key.js';
import { fork } from '../../../src/database/connection/database.js';
import { newId } from '../../../src/database/connection/id.js';
import { program } from '../api-token/own-token.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { graphql } from '../../support/generated/gql.js';
import { newUser, newUsername, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { noAuthority } from '../../../src/rules/authority.js';
import { transaction } from '../../../src/rules/transaction.js';
import { ruleContext } from '../../support/rule-context.js';
import { deleteKeys, endGrace, keysOf, newCallKeyOf, rotateKey, updateKey } from './own-keys.js';

const VerifyCallKey = graphql(`
  query VerifyCallKey($key: String!, $model: String, $ip: String) {
    verifyCallKey(key: $key, model: $model, ip: $ip) { valid refusal callKey { id name } userId }
  }
`);

let postern: TestPostern;
let gateway: Client;
let owner: TestUser;
beforeAll(async () => {
  postern = await startPostern();
  const { token } = await transaction(ruleContext(postern), noAuthority, (context) =>
    createService(context, { username: newUsername(), scopes: ['CALL_KEYS'] }),
  );
  gateway = program(postern, token);
});
beforeEach(async () => {
  owner = await newUser(postern);
});
afterAll(() => postern.close());

const verify = async (key: string, call: { model?: string; ip?: string } = {}) => {
  const { data, errors } = await gateway.send(VerifyCallKey, { key, ...call });
  expect(errors).toEqual([]);
  return data.verifyCallKey!;
};
const refusalOf = async (key: string, call: { model?: string; ip?: string } = {}) => (await verify(key, call)).refusal;
const at = (hours: number) => new Date(postern.clock.read().getTime() + hours * 3_600_000).toISOString();
const unknown = { valid: false, refusal: 'UNKNOWN', callKey: null, userId: null };

test('accepts a call key and returns its owner (R-66)', async () => {
  const { key, id, name } = await newCallKeyOf(owner.client);
  expect(await verify(key, { model: 'any-model', ip: '203.0.113.7' })).toEqual({
    valid: true,
    refusal: null,
    callKey: { id, name },
    userId: owner.id,
  });
});

test('returns a known call key and its owner even when it rejects the call', async () => {
  const { key, id, name } = await newCallKeyOf(owner.client, { quota: 0 });
  expect(await verify(key)).toEqual({ valid: false, refusal: 'EXHAUSTED', callKey: { id, name }, userId: owner.id });
});

test('reports a nonexistent, deleted or replaced call key as unknown', async () => {
  expect(await verify(`sk-${'a1B2'.repeat(12)}`)).toEqual(unknown);
  const [deleted, replaced] = [await newCallKeyOf(owner.client), await newCallKeyOf(owner.client)];
  await deleteKeys(owner.client, [deleted.id]);
  await rotateKey(owner.client, replaced.id);
  expect([await verify(deleted.key), await verify(replaced.key)]).toEqual([unknown, unknown]);
});

test.each([
  '',
  'sk-',
  'garbage',
  `sk-${'a'.repeat(47)}`,
  `sk-${'a'.repeat(49)}`,
  `SK-${'a'.repeat(48)}`,
  `sk-${'a'.repeat(47)}-`,
  ` sk-${'a'.repeat(48)}`,
  `pat_${'a'.repeat(49)}`,
])('reports a malformed call key (%s) as unknown without a database query (R-69)', async (key) => {
  await refusalOf(key);
  await postern.app.dependencies.background.whenIdle();
  postern.statements.forget();
  expect(await verify(key)).toEqual(unknown);
  expect(postern.statements.texts).toHaveLength(1);
});

test('verifies a call key with one statement in addition to authenticating the gateway', async () => {
  const { key } = await newCallKeyOf(owner.client, {
    models: ['m-1'],
    allowedIps: ['203.0.113.0/24'],
    quota: 1,
    expiresAt: at(1),
  });
  await verify(key);
  await postern.app.dependencies.background.whenIdle();
  postern.statements.forget();
  expect(await refusalOf(key, { model: 'm-1', ip: '203.0.113.7' })).toBeNull();
  expect(postern.statements.texts).toHaveLength(2);
});

test('rejects a disabled call key from the next call on, and accepts it again once it is enabled', async () => {
  const { key, id } = await newCallKeyOf(owner.client);
  await updateKey(owner.client, { id, status: 'DISABLED' });
  expect(await refusalOf(key)).toBe('DISABLED');
  await updateKey(owner.client, { id, status: 'ACTIVE' });
  expect(await refusalOf(key)).toBeNull();
});

test('accepts a call key until its expiry time', async () => {
  const { key } = await newCallKeyOf(owner.client, { expiresAt: at(1) });
  postern.clock.advance({ minutes: 59, seconds: 59 });
  expect(await refusalOf(key)).toBeNull();
  postern.clock.advance({ seconds: 1 });
  expect(await refusalOf(key)).toBe('EXPIRED');
});

test('rejects a call key without remaining quota until it gets more', async () => {
  const { key, id } = await newCallKeyOf(owner.client, { quota: 0 });
  expect(await refusalOf(key)).toBe('EXHAUSTED');
  await updateKey(owner.client, { id, quotaLeft: 1 });
  expect(await refusalOf(key)).toBeNull();
});

test('restricts a call key to its models by exact name, and rejects a call without a model', async () => {
  const { key } = await newCallKeyOf(owner.client, { models: ['m-1', 'm-2'] });
  expect([await refusalOf(key, { model: 'm-1' }), await refusalOf(key, { model: 'm-2' })]).toEqual([null, null]);
  for (const call of [{ model: 'm-3' }, { model: 'M-1' }, { model: 'm-1 ' }, { model: '' }, {}])
    expect(await refusalOf(key, call)).toBe('MODEL_NOT_ALLOWED');
});

test('rejects an empty model name and one that a log can’t store', async () => {
  const { key } = await newCallKeyOf(owner.client);
  for (const model of ['m'.repeat(128), 'openai/gpt-5 turbo', '模型'])
    expect(await refusalOf(key, { model })).toBeNull();
  for (const model of ['m'.repeat(129), 'm-1\u0007', 'm\n1', 'm\u202e1', 'm\u2028', ''])
    expect([model, await refusalOf(key, { model })]).toEqual([model, 'MODEL_NOT_ALLOWED']);
});

test.each([
  [
    '203.0.113.7',
    ['203.0.113.7', '::ffff:203.0.113.7', '::ffff:cb00:7107'],
    ['203.0.113.8', '2001:db8::1', '203.0.113.7/32', 'home', ''],
  ],
  ['203.0.113.0/24', ['203.0.113.0', '203.0.113.255'], ['203.0.112.255', '203.0.114.0']],
  ['0.0.0.0/0', ['8.8.8.8'], ['2001:db8::1']],
  [
    '2001:db8::/32',
    ['2001:db8::1', '2001:DB8:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['2001:db9::1', '203.0.113.7', '2001:db8::1%eth0'],
  ],
  ['::1', ['::1', '0:0:0:0:0:0:0:1'], ['::2', '127.0.0.1']],
])('accepts a call key restricted to %s only from those addresses', async (allowed, inside, outside) => {
  const { key } = await newCallKeyOf(owner.client, { allowedIps: [allowed] });
  expect(await Promise.all(inside.map((ip) => refusalOf(key, { ip })))).toEqual(inside.map(() => null));
  expect(await Promise.all(outside.map((ip) => refusalOf(key, { ip })))).toEqual(outside.map(() => 'IP_NOT_ALLOWED'));
  expect(await refusalOf(key)).toBe('IP_NOT_ALLOWED');
});

test.each(['DISABLED', 'DELETED'])(
  'rejects call keys while their account is %s, and accepts them afterwards (R-56)',
  async (status) => {
    const { key } = await newCallKeyOf(owner.client);
    const set = (value: string) =>
      query(
        postern.database,
        `update accounts set status = ?, deleted_at = ${value === 'DELETED' ? 'now()' : 'null'}, status_before_deletion = ${value === 'DELETED' ? "'ACTIVE'" : 'null'} where username = ?`,
        [value, owner.username],
      );
    await set(status);
    expect(await refusalOf(key)).toBe('OWNER_DISABLED');
    await set('ACTIVE');
    expect(await refusalOf(key)).toBeNull();
  },
);

test('reports, of several reasons to reject a call key, the one to fix first', async () => {
  const { key, id } = await newCallKeyOf(owner.client, {
    expiresAt: at(0.5),
    quota: 0,
    models: ['m-1'],
    allowedIps: ['203.0.113.7'],
  });
  await updateKey(owner.client, { id, status: 'DISABLED' });
  const messages = [await refusalOf(key)];
  await updateKey(owner.client, { id, status: 'ACTIVE' });
  postern.clock.advance({ minutes: 30 });
  messages.push(await refusalOf(key));
  await updateKey(owner.client, { id, expiresAt: null });
  messages.push(await refusalOf(key));
  await updateKey(owner.client, { id, quotaLeft: null });
  messages.push(await refusalOf(key));
  messages.push(await refusalOf(key, { model: 'm-1' }));
  expect(messages).toEqual(['DISABLED', 'EXPIRED', 'EXHAUSTED', 'MODEL_NOT_ALLOWED', 'IP_NOT_ALLOWED']);
});

describe('a rotated key', () => {
  test('accepts both secrets of a rotated call key during the grace period, then only the new one', async () => {
    const { key, id } = await newCallKeyOf(owner.client);
    const { data } = await rotateKey(owner.client, id, 2);
    const next = data.rotateCallKey!.key!;
    const messages = async () =>
      (
        await gateway.send('query ($key: String!) { verifyCallKey(key: $key) { callKey { oldKeyValidUntil } } }', {
          key: next,
        })
      ).data['verifyCallKey'].callKey.oldKeyValidUntil as string | null;
    const end = at(2);
    postern.clock.advance({ hours: 1, minutes: 59, seconds: 59 });
    expect([await refusalOf(key), await refusalOf(next), await messages()]).toEqual([null, null, end]);
    postern.clock.advance({ seconds: 1 });
    expect([await refusalOf(key), await refusalOf(next), await messages()]).toEqual(['UNKNOWN', null, null]);
  });

  test('rejects the old secret of a rotated call key once its owner ends the grace period', async () => {
    const { key, id } = await newCallKeyOf(owner.client);
    const { data } = await rotateKey(owner.client, id, 168);
    await endGrace(owner.client, id);
    expect([await refusalOf(key), await refusalOf(data.rotateCallKey!.key!)]).toEqual(['UNKNOWN', null]);
  });

  test('revokes the oldest secret when a call key is rotated again during the grace period', async () => {
    const { key, id } = await newCallKeyOf(owner.client);
    const second = (await rotateKey(owner.client, id, 168)).data.rotateCallKey!.key!;
    const third = (await rotateKey(owner.client, id, 168)).data.rotateCallKey!.key!;
    expect([await refusalOf(key), await refusalOf(second), await refusalOf(third)]).toEqual(['UNKNOWN', null, null]);
  });
});

describe('last use', () => {
  /** Recorded uses, which are written only when the test asks. */
  let uses: CallKeyUses;
  beforeEach(async () => {
    uses = createCallKeyUses(() => fork(postern.database), postern.app.dependencies.background);
    await uses.stop();
  });
  const use = (key: string) =>
    verifyCallKey({ ...ruleContext(postern), callKeyUses: uses }, { key, model: null, ip: null });
  const lastUsed = async () => (await keysOf(owner.client)).edges.map(({ node }) => node.lastUsedAt);

  test('writes the last use of a call key in the background, after the response', async () => {
    const { key } = await newCallKeyOf(owner.client);
    expect(await refusalOf(key)).toBeNull();
    await eventually(async () => (await lastUsed())[0] === at(0), 'the use was written');
  });

  test('writes the latest of several uses of a call key, and ignores rejected calls', async () => {
    const [one, two, off] = [
      await newCallKeyOf(owner.client, { name: 'one' }),
      await newCallKeyOf(owner.client, { name: 'two' }),
      await newCallKeyOf(owner.client, { name: 'off', quota: 0 }),
    ];
    await use(one.key);
    postern.clock.advance({ seconds: 7 });
    for (const { key } of [one, two, one, off]) await use(key);
    expect(await lastUsed()).toEqual([null, null, null]);
    await uses.write();
    expect(await lastUsed()).toEqual([null, at(0), at(0)]);
  });

  test('never sets the last use of a call key back to an earlier time', async () => {
    const { key } = await newCallKeyOf(owner.client);
    const found = await use(key);
    await uses.write();
    for (const [hours, expected] of [
      [[-1], 0],
      [[2, 1], 2],
    ] as const) {
      for (const hour of hours) uses.record(found.callKey!.id, new Date(at(hour)));
      await uses.write();
      expect(await lastUsed()).toEqual([at(expected)]);
    }
  });

  test('writes the last use of a call key later after a failure, and skips deleted keys', async () => {
    const [{ key }, gone] = [await newCallKeyOf(owner.client), await newCallKeyOf(owner.client)];
    await use(key);
    await use(gone.key);
    await deleteKeys(owner.client, [gone.id]);
    await query(
      postern.database,
      "create function no_use() returns trigger language plpgsql as $$ begin raise exception 'a fault on purpose'; end $$",
    );
    await query(
      postern.database,
      'create trigger no_use before update on call_keys for each row execute function no_use()',
    );
    try {
      await expect(uses.write()).rejects.toThrow('a fault on purpose');
    } finally {
      await query(postern.database, 'drop trigger no_use on call_keys');
    }
    await uses.write();
    expect(await lastUsed()).toEqual([at(0)]);
  });

  test('writes the last use of all used call keys in one statement', async () => {
    const keys = [];
    for (let number = 0; number < 5; number += 1) keys.push(await newCallKeyOf(owner.client));
    for (const { key } of keys) for (let turn = 0; turn < 3; turn += 1) await use(key);
    await query(postern.database, 'create table written (rows bigint)');
    await query(
      postern.database,
      'create function count_written() returns trigger language plpgsql as $$ begin insert into written select count(*) from changed; return null; end $$',
    );
    await query(
      postern.database,
      'create trigger count_written after update on call_keys referencing new table as changed for each statement execute function count_written()',
    );
    await uses.write();
    await uses.write();
    await query(postern.database, 'drop trigger count_written on call_keys');
    expect((await query(postern.database, 'select rows from written')).map(({ rows }) => Number(rows))).toEqual([5]);
    expect(await lastUsed()).toEqual(keys.map(() => at(0)));
  });

  test('writes the last use of a call key when the server stops', async () => {
    const { key } = await newCallKeyOf(owner.client);
    await use(key);
    await uses.stop();
    expect(await lastUsed()).toEqual([at(0)]);
  });

  test('remembers unwritten uses of at most 10,000 call keys, and drops further ones', async () => {
    const { key } = await newCallKeyOf(owner.client);
    const { callKey } = await use(key);
    let away = true;
    const started: Promise<unknown>[] = [];
    const bounded = createCallKeyUses(
      () => {
        if (away) throw new Error('a fault on purpose');
        return fork(postern.database);
      },
      {
        start: (work) => {
          started.push(work.catch((error: Error) => error.message));
        },
        whenIdle: () => Promise.resolve(),
      },
    );
    for (let number = 0; number < 10_000; number += 1) bounded.record(newId(new Date(number)), postern.clock.read());
    expect(started).toHaveLength(1);
    expect(await started[0]).toBe('a fault on purpose');
    bounded.record(callKey!.id, postern.clock.read());
    away = false;
    await bounded.stop();
    expect(await lastUsed()).toEqual([null]);
    bounded.record(callKey!.id, postern.clock.read());
    await bounded.write();
    expect(await lastUsed()).toEqual([at(0)]);
  });
});
