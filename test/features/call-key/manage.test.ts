import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseCallKeySettings } from '../../../src/features/call-key/call-key-settings.js';
import { createCallKey } from '../../../src/features/call-key/create-call-key.js';
import { findCallKeysById } from '../../../src/features/call-key/find-call-keys.js';
import { rotateCallKey } from '../../../src/features/call-key/rotate-call-key.js';
import { hashToken } from '../../../src/crypto/token.js';
import { fromGlobalId } from '../../../src/rules/global-id.js';
import { CredentialRevokedError } from '../../../src/rules/authority.js';
import { findViewerBySession } from '../../../src/features/session/find-viewer-by-session.js';
import { RefusedError } from '../../../src/rules/refuse.js';
import { newApiToken, program } from '../api-token/own-token.js';
import { eventsDuring } from '../security-event/events.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { newUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { ruleContext } from '../../support/rule-context.js';
import { createKey, deleteKeys, endGrace, keysOf, newCallKeyOf, rotateKey, updateKey } from './own-keys.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern({ CALL_KEYS_PER_USER: '3' });
});
afterAll(() => postern.close());

const rows = () => query(postern.database, 'select * from call_keys order by id');
const rowOf = async (hint: string) =>
  (await query(postern.database, 'select * from call_keys where hint = ?', [hint]))[0]!;
const typesDuring = async (action: () => Promise<unknown>) =>
  (await eventsDuring(postern.database, action)).map(({ type }) => type);
const at = (hours: number) => new Date(postern.clock.read().getTime() + hours * 3_600_000).toISOString();
const unknownId = 'callkey_0123456789abcdefghijkl';

/** The two ways in which a user manages keys: with a session and with an API token. */
const ways: [string, () => Promise<Client>][] = [
  ['at a session', async () => (await newUser(postern)).client],
  ['by API token', async () => program(postern, await newApiToken((await newUser(postern)).client))],
];

describe.each(ways)('%s', (_way, arrive) => {
  test('creates a call key, shows it once and stores only its hash (R-66)', async () => {
    const client = await arrive();
    let answer!: Awaited<ReturnType<typeof createKey>>;
    expect(
      await typesDuring(async () => {
        answer = await createKey(client, { name: ' build server ' });
      }),
    ).toEqual(['CALL_KEY_CREATED']);
    expect(answer).toSucceed();
    const { key, callKey } = answer.data.createCallKey!;
    expect(key).toMatch(/^sk-[0-9A-Za-z]{48}$/);
    expect(callKey).toEqual({
      id: expect.stringMatching(/^callkey_[0-9A-Za-z]{22}$/),
      name: 'build server',
      hint: `${key!.slice(0, 8)}…${key!.slice(-4)}`,
      status: 'ACTIVE',
      createdAt: at(0),
      expiresAt: null,
      lastUsedAt: null,
      models: [],
      allowedIps: [],
      quotaLeft: null,
      quotaUsed: 0,
      period: null,
      periodQuota: null,
      periodUsed: 0,
      periodTimeZone: null,
      periodResetsAt: null,
      requestsPerMinuteLimit: null,
      tokensPerMinuteLimit: null,
      oldKeyValidUntil: null,
    });
    const row = await rowOf(callKey!.hint);
    expect(row['key_hash']).toBe(hashToken(key!));
    expect(Object.values(row).join()).not.toContain(key!.slice(8, -4));
    const list = await client.send('{ me { callKeys { edges { node { id hint } } } } }');
    expect(list.data['me'].callKeys.edges).toEqual([{ node: { id: callKey!.id, hint: callKey!.hint } }]);
    expect(list.text).not.toContain(key!.slice(8, -4));
  });

  test('changes only the given fields of a call key, and clears fields set to null', async () => {
    const client = await arrive();
    const made = await newCallKeyOf(client, {
      name: 'first',
      expiresAt: at(1),
      models: ['m-1'],
      allowedIps: ['203.0.113.7'],
      quota: 5,
    });
    const { key: _, ...before } = made;
    expect(before).toMatchObject({ expiresAt: at(1), models: ['m-1'], allowedIps: ['203.0.113.7'], quotaLeft: 5 });
    const change = async (input: Record<string, unknown>) => {
      const answer = await updateKey(client, { id: made.id, ...input });
      expect(answer).toSucceed();
      return answer.data.updateCallKey!.callKey;
    };
    expect(await typesDuring(async () => expect(await change({})).toEqual(before))).toEqual(['CALL_KEY_UPDATED']);
    expect(await change({ name: 'second' })).toEqual({ ...before, name: 'second' });
    expect(await change({ status: 'DISABLED' })).toEqual({ ...before, name: 'second', status: 'DISABLED' });
    expect(await change({ status: 'ACTIVE', quotaLeft: 0 })).toEqual({
      ...before,
      name: 'second',
      quotaLeft: 0,
      status: 'EXHAUSTED',
    });
    expect(await change({ expiresAt: null, models: null, allowedIps: null, quotaLeft: null })).toEqual({
      ...before,
      name: 'second',
      expiresAt: null,
      models: [],
      allowedIps: [],
      quotaLeft: null,
    });
  });

  test('rotates a call key, and keeps only the previous secret, until the grace period ends', async () => {
    const client = await arrive();
    const made = await newCallKeyOf(client);
    expect(await typesDuring(async () => expect(await rotateKey(client, made.id, 24)).toSucceed())).toEqual([
      'CALL_KEY_ROTATED',
    ]);
    const second = await rotateKey(client, made.id, 168);
    const { key, callKey } = second.data.rotateCallKey!;
    expect(key).toMatch(/^sk-/);
    expect(callKey).toMatchObject({
      id: made.id,
      hint: `${key!.slice(0, 8)}…${key!.slice(-4)}`,
      oldKeyValidUntil: at(168),
    });
    const row = await rowOf(callKey!.hint);
    expect(row['key_hash']).toBe(hashToken(key!));
    expect(row['old_key_hash']).not.toBe(hashToken(made.key));
    expect(
      await typesDuring(async () =>
        expect((await endGrace(client, made.id)).data.endCallKeyGrace!.callKey!.oldKeyValidUntil).toBeNull(),
      ),
    ).toEqual(['CALL_KEY_UPDATED']);
    expect(await typesDuring(async () => expect(await endGrace(client, made.id)).toSucceed())).toEqual([]);
    const third = await rotateKey(client, made.id);
    expect(third.data.rotateCallKey!.callKey!.oldKeyValidUntil).toBeNull();
    expect((await rowOf(third.data.rotateCallKey!.callKey!.hint))['old_key_hash']).toBeNull();
  });

  test('deletes several call keys with one event each, and skips unknown ones (R-67)', async () => {
    const client = await arrive();
    const [one, two, three] = [await newCallKeyOf(client), await newCallKeyOf(client), await newCallKeyOf(client)];
    let answer!: Awaited<ReturnType<typeof deleteKeys>>;
    expect(
      await typesDuring(async () => {
        answer = await deleteKeys(client, [one.id, two.id, unknownId, 'garbage']);
      }),
    ).toEqual(['CALL_KEY_DELETED', 'CALL_KEY_DELETED']);
    expect(answer).toSucceed();
    expect(answer.data.deleteCallKeys!.deletedIds!.sort()).toEqual([one.id, two.id].sort());
    expect((await keysOf(client)).edges.map(({ node }) => node.id)).toEqual([three.id]);
  });

  test('finds a call key by its ID', async () => {
    const client = await arrive();
    const { id, name } = await newCallKeyOf(client);
    expect(
      (await client.send('query ($id: ID!) { node(id: $id) { id ... on CallKey { name } } }', { id })).data,
    ).toEqual({ node: { id, name } });
  });
});

test('treats another account’s call key like an unknown one, and changes nothing (R-67)', async () => {
  const [owner, other] = [await newUser(postern), await newUser(postern)];
  const { id } = await newCallKeyOf(owner.client);
  await rotateKey(owner.client, id, 24);
  const before = await rows();
  const ask = [
    (wanted: string) => updateKey(other.client, { id: wanted, name: 'mine now' }),
    (wanted: string) => rotateKey(other.client, wanted),
    (wanted: string) => endGrace(other.client, wanted),
    (wanted: string) => deleteKeys(other.client, [wanted]),
  ];
  const messages = async (wanted: string) => Promise.all(ask.map(async (question) => (await question(wanted)).text));
  const events = await eventsDuring(postern.database, async () => {
    expect(await messages(id)).toEqual(await messages(unknownId));
    expect(await messages(id)).toEqual(await messages(owner.id));
    for (const question of ask.slice(0, 3)) expect(await question(id)).toBeRefusedWith(['NOT_FOUND', 'id']);
    expect(await deleteKeys(other.client, [id])).toBeRefusedWith(['NOT_FOUND', 'ids']);
  });
  expect(events).toEqual([]);
  expect(await rows()).toEqual(before);
  expect((await other.client.send('query ($id: ID!) { node(id: $id) { id } }', { id })).data).toEqual({ node: null });
});

test('rejects a call key beyond the account’s limit until another one is deleted (R-66)', async () => {
  const { client } = await newUser(postern);
  const made = [await newCallKeyOf(client), await newCallKeyOf(client), await newCallKeyOf(client)];
  const before = await rows();
  expect(await typesDuring(async () => expect(await createKey(client)).toBeRefusedWith(['CALL_KEY_LIMIT']))).toEqual(
    [],
  );
  expect(await rows()).toEqual(before);
  await deleteKeys(client, [made[0]!.id]);
  expect(await createKey(client)).toSucceed();
});

const invisible = String.fromCharCode(0x202e);
const faults: [string, Record<string, unknown>, string[]][] = [
  ['no name', { name: '' }, ['name']],
  ['a blank name', { name: '   ' }, ['name']],
  ['a name of 65 characters', { name: 'n'.repeat(65) }, ['name']],
  ['a line break in the name', { name: 'a\r\nb' }, ['name']],
  ['a NUL in the name', { name: `a${String.fromCharCode(0)}b` }, ['name']],
  ['an escape sequence in the name', { name: `${String.fromCharCode(27)}[2J` }, ['name']],
  ['a bidirectional control in the name', { name: `abc${invisible}def` }, ['name']],
  ['half a character in the name', { name: 'a\ud800' }, ['name']],
  ['an invisible name', { name: '\u200b\u2060\u00ad\u3164' }, ['name']],
  ['a line separator in the name', { name: 'a\u2028b' }, ['name']],
  ['a paragraph separator in the name', { name: 'a\u2029b' }, ['name']],
  ['a date past the year 9999', { expiresAt: '9999-12-31T23:59:59-12:00' }, ['expiresAt']],
  ['an expiry in the past', { expiresAt: '2020-01-01T00:00:00Z' }, ['expiresAt']],
  ['a model without a name', { models: ['m-1', ''] }, ['models', '1']],
  ['a model with a space', { models: ['m 1'] }, ['models', '0']],
  ['a control character in a model', { models: ['m\u0007'] }, ['models', '0']],
  ['half a character in a model', { models: ['m\ud800'] }, ['models', '0']],
  ['a model of 129 characters', { models: ['m'.repeat(129)] }, ['models', '0']],
  ['no address', { allowedIps: ['home'] }, ['allowedIps', '0']],
  ['an address in a short form', { allowedIps: ['127.1'] }, ['allowedIps', '0']],
  ['a range that is too long', { allowedIps: ['10.0.0.0/33'] }, ['allowedIps', '0']],
  ['an address with a zone', { allowedIps: ['fe80::1%eth0'] }, ['allowedIps', '0']],
];

test.each(faults)(
  'rejects creating or updating a call key with %s, and changes nothing (R-68)',
  async (_what, input, field) => {
    const { client } = await newUser(postern);
    const { id } = await newCallKeyOf(client);
    const before = await rows();
    const events = await eventsDuring(postern.database, async () => {
      for (const [name, answer] of [
        ['createCallKey', await createKey(client, input)],
        ['updateCallKey', await updateKey(client, { id, ...input })],
      ] as const) {
        expect(answer).toBeRefusedWith(['INVALID_VALUE', ...field]);
        expect((answer.data as Record<string, any>)[name].userErrors).toHaveLength(1);
      }
    });
    expect(events).toEqual([]);
    expect(await rows()).toEqual(before);
  },
);

test.each([
  ['name', { name: null }],
  ['status', { status: null }],
  ['quotaLeft', { quotaLeft: -1 }],
])('rejects updating a call key with an invalid %s', async (field, input) => {
  const { client } = await newUser(postern);
  const { id } = await newCallKeyOf(client);
  const before = await rows();
  expect(await updateKey(client, { id, ...input })).toBeRefusedWith(['INVALID_VALUE', field]);
  expect(await rows()).toEqual(before);
});

test('reports all errors of a call key together, each with its own message', async () => {
  const { client } = await newUser(postern);
  const answer = await createKey(client, { name: '', allowedIps: ['home'], quota: -1 });
  const { userErrors } = answer.data.createCallKey!;
  expect(userErrors.map(({ field }) => field)).toEqual([['name'], ['allowedIps', '0'], ['quota']]);
  expect(new Set(userErrors.map(({ message }) => message)).size).toBe(3);
});

test('limits a call key to 100 models and 100 addresses, even without a variables limit (R-87)', () => {
  const many = Array.from({ length: 101 }, (_, number) => `m-${number}`);
  expect(parseCallKeySettings({ models: many.slice(1) }, postern.clock.read())).toEqual({ models: many.slice(1) });
  for (const wish of [{ models: many }, { allowedIps: many.map(() => '::1') }])
    expect(() => parseCallKeySettings(wish, postern.clock.read())).toThrow(RefusedError);
});

test.each([-1, 169])('rejects a grace period of %s hours, and keeps the call key', async (hours) => {
  const { client } = await newUser(postern);
  const { id } = await newCallKeyOf(client);
  const before = await rows();
  expect(await rotateKey(client, id, hours)).toBeRefusedWith(['INVALID_VALUE', 'graceHours']);
  expect(await rows()).toEqual(before);
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.7/32', '203.0.113.7'],
  ['203.0.113.77/24', '203.0.113.0/24'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['2001:DB8:0:0::1', '2001:db8::1'],
  ['2001:db8::ffff/32', '2001:db8::/32'],
  ['2001:db8::1/128', '2001:db8::1'],
  [' ::1 ', '::1'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7/120', '203.0.113.0/24'],
])('stores the allowed address %s as %s', async (typed, kept) => {
  const { client } = await newUser(postern);
  expect((await newCallKeyOf(client, { allowedIps: [typed, kept] })).allowedIps).toEqual([kept]);
});

test('returns a call key’s name unchanged, whatever its characters mean elsewhere (R-68)', async () => {
  const { client } = await newUser(postern);
  const name = "<img onerror=alert(1)> '; drop table call_keys; -- 日本語 👩‍💻";
  expect((await newCallKeyOf(client, { name })).name).toBe(name);
});

test.each([
  [5, 5],
  ['5', 5],
  ['9223372036854775807', '9223372036854775807'],
  ['9007199254740993', '9007199254740993'],
])('stores a quota of %s exactly', async (given, shown) => {
  const { client } = await newUser(postern);
  expect((await newCallKeyOf(client, { quota: given as number })).quotaLeft).toBe(shown);
});

test.each([['1.5'], ['9223372036854775808'], [9_007_199_254_740_992], [true], ['0x10'], ['']])(
  'rejects a quota that isn’t an exact 64-bit integer (%s), and creates no call key (R-87)',
  async (quota) => {
    const { client } = await newUser(postern);
    const before = await rows();
    const answer = await createKey(client, { quota: quota as number });
    expect(answer).toFailWith('BAD_USER_INPUT');
    expect(await rows()).toEqual(before);
  },
);

test('allows one creation or rotation of a call key per operation, but several updates (R-17)', async () => {
  const { client } = await newUser(postern);
  const [one, two] = [await newCallKeyOf(client), await newCallKeyOf(client)];
  const create = (alias: string) => `${alias}: createCallKey(input: { name: "${alias}" }) { userErrors { code } }`;
  const before = await rows();
  expect((await client.send(`mutation { ${create('a')} ${create('b')} }`)).status).toBe(400);
  expect(await rows()).toEqual(before);
  const rename = (alias: string, id: string) =>
    `${alias}: updateCallKey(input: { id: "${id}", name: "${alias}" }) { callKey { name } }`;
  expect((await client.send(`mutation { ${rename('a', one.id)} ${rename('b', two.id)} }`)).data).toEqual({
    a: { callKey: { name: 'a' } },
    b: { callKey: { name: 'b' } },
  });
});

test('rejects changes of call keys by an anonymous caller, even with a user ID (R-63)', async () => {
  const owner = await newUser(postern);
  const { id } = await newCallKeyOf(owner.client);
  const before = await rows();
  const anonymous = postern.client();
  for (const answer of [
    await createKey(anonymous),
    await updateKey(anonymous, { id, name: 'x' }),
    await rotateKey(anonymous, id),
    await endGrace(anonymous, id),
    await deleteKeys(anonymous, [id]),
  ])
    expect(answer).toFailWith('UNAUTHENTICATED');
  const named = await anonymous.send(
    'mutation ($input: CreateCallKeyInput!) { createCallKey(input: $input) { key } }',
    {
      input: { name: 'x', userId: owner.id },
    },
  );
  expect(named.status).toBe(400);
  expect(await rows()).toEqual(before);
});

test('changes no call key if the event can’t be written (R-86, R-96)', async () => {
  const { client } = await newUser(postern);
  const { id } = await newCallKeyOf(client);
  await rotateKey(client, id, 1);
  const before = await rows();
  await query(
    postern.database,
    "create function no_key_event() returns trigger language plpgsql as $$ begin raise exception 'a fault on purpose'; end $$",
  );
  await query(
    postern.database,
    'create trigger no_key_event before insert on security_events for each row execute function no_key_event()',
  );
  try {
    for (const ask of [
      () => createKey(client),
      () => updateKey(client, { id, name: 'x' }),
      () => rotateKey(client, id),
      () => endGrace(client, id),
      () => deleteKeys(client, [id]),
    ]) {
      const answer = await ask();
      expect(answer).toFailWith('INTERNAL_SERVER_ERROR');
      expect(answer.text).not.toContain('sk-');
    }
  } finally {
    await query(postern.database, 'drop trigger no_key_event on security_events');
  }
  expect(await rows()).toEqual(before);
});

test.each([
  ['its authVersion was raised', 'update accounts set auth_version = auth_version + 1 where username = ?'],
  ['it was disabled', "update accounts set status = 'DISABLED' where username = ?"],
])('creates no call key for an account that signed in before %s (R-56)', async (_what, change) => {
  const { client, username } = await newUser(postern, 'BEARER');
  const { id } = await newCallKeyOf(client);
  const viewer = (await findViewerBySession(postern.database.reader, client.token!, 'BEARER', postern.clock.read()))!;
  await query(postern.database, change, [username]);
  const before = await rows();
  const events = await eventsDuring(postern.database, async () => {
    await expect(createCallKey(ruleContext(postern), viewer, { name: 'late' })).rejects.toThrow(CredentialRevokedError);
    await expect(rotateCallKey(ruleContext(postern), viewer, fromGlobalId('CallKey', id), 0)).rejects.toThrow(
      CredentialRevokedError,
    );
  });
  expect(events).toEqual([]);
  expect(await rows()).toEqual(before);
});

test('returns a created call key even if the database can’t be read afterwards (R-66)', async () => {
  const { client } = await newUser(postern, 'BEARER');
  const viewer = (await findViewerBySession(postern.database.reader, client.token!, 'BEARER', postern.clock.read()))!;
  const unreadable = () => Promise.reject(new Error('a fault on purpose'));
  const context = () => ({
    ...ruleContext(postern),
    reader: { run: unreadable, runAdHoc: unreadable, close: unreadable },
  });
  const {
    key,
    callKey: { id, hint },
  } = await createCallKey(context(), viewer, { name: 'kept', models: ['m-1'], quota: 5n });
  expect((await rowOf(hint))['key_hash']).toBe(hashToken(key));
  const rotated = await rotateCallKey(context(), viewer, id, 1);
  expect((await rowOf(rotated.callKey.hint))['key_hash']).toBe(hashToken(rotated.key));
  const [read] = await findCallKeysById(postern.database.reader, { ids: [id], now: postern.clock.read() });
  expect(rotated.callKey).toEqual(read);
});
