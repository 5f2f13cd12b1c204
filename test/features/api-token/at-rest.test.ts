import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rotateKeys } from '../../../src/encryption/rotate-keys.js';
import { apiTokenColumn } from '../../../src/features/api-token/stored-api-token.js';
import { removeApiToken } from '../../../src/features/api-token/remove-api-token.js';
import { parseKeyRing } from '../../../src/crypto/key-ring.js';
import { fork } from '../../../src/database/connection/database.js';
import { accountId, eventsDuring } from '../security-event/events.js';
import { query } from '../../support/database.js';
import { newUser } from '../../support/users.js';
import { startPostern, testSettings, type TestPostern } from '../../support/postern.js';
import { startBeside } from '../../support/start-beside.js';
import { newApiToken, program, viewToken } from './own-token.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

/** A user with an API token and its stored row. */
async function newOwner() {
  const user = await newUser(postern, 'BEARER');
  const token = await newApiToken(user.client);
  const id = await accountId(postern.database, user.username);
  const row = async () =>
    (
      await query<{ token_hash: string; token_ciphertext: string; key_id: string }>(
        postern.database,
        'select * from api_tokens where account_id = ?',
        [id],
      )
    )[0]!;
  return { ...user, token, accountId: id, row };
}

const set = (account: string, column: string, value: string | null) =>
  query(postern.database, `update api_tokens set ${column} = ? where account_id = ?`, [value, account]);
const works = async (token: string, at: TestPostern = postern) =>
  (await program(at, token).send('{ me { username } }')).status === 200;

test('keeps API tokens out of every table and log line, plain or encoded (R-64, R-69, R-98)', async () => {
  const { token, client } = await newOwner();
  await viewToken(client);
  await works(token);
  await works(`${token.slice(0, -1)}${token.endsWith('x') ? 'y' : 'x'}`);
  await postern.app.dependencies.background.whenIdle();
  const names = await query<{ name: string }>(
    postern.database,
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  );
  expect(names.map(({ name }) => name)).toContain('api_tokens');
  const dump = (
    await Promise.all(
      names.map(async ({ name }) => JSON.stringify(await query(postern.database, `select * from ${name}`))),
    )
  ).join('\n');
  expect(dump).toContain(token.slice(-4));
  const secret = token.slice(4, -6);
  for (const form of [
    secret,
    Buffer.from(token).toString('hex'),
    Buffer.from(token).toString('base64').slice(8, 40),
    secret.slice(0, 20),
  ]) {
    expect(dump).not.toContain(form);
    expect(postern.log.join('\n')).not.toContain(form);
  }
  expect(postern.log.length).toBeGreaterThan(0);
});

test('stores an API token as a keyed hash and as a ciphertext with the ID of its key (R-64, R-91)', async () => {
  const { token, row } = await newOwner();
  const { token_hash: hash, token_ciphertext: ciphertext, key_id: key } = await row();
  expect(ciphertext).toMatch(/^v1\.test\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
  expect(key).toBe('test');
  expect(hash).toMatch(/^[\w-]{43}$/);
  expect(hash).not.toBe(createHash('sha256').update(token).digest('base64url'));
});

/** Ways to damage a row, each applied to the row of a user who then requests the token. */
const damage: Record<string, (owner: Awaited<ReturnType<typeof newOwner>>) => Promise<unknown>> = {
  'belongs to another account': async (owner) =>
    set(owner.accountId, 'token_ciphertext', (await (await newOwner()).row()).token_ciphertext),
  'has a bit changed': async (owner) =>
    set(
      owner.accountId,
      'token_ciphertext',
      (await owner.row()).token_ciphertext.replace(
        /\.(.)(?=[\w-]+$)/,
        (_, first: string) => `.${first === 'A' ? 'B' : 'A'}`,
      ),
    ),
  'has a shortened tag': async (owner) =>
    set(owner.accountId, 'token_ciphertext', (await owner.row()).token_ciphertext.slice(0, -8)),
  'names a key that is not there': async (owner) =>
    set(owner.accountId, 'token_ciphertext', (await owner.row()).token_ciphertext.replace('v1.test.', 'v1.other.')),
  'is empty': (owner) => set(owner.accountId, 'token_ciphertext', ''),
};

test.each(Object.entries(damage))(
  'reports an API token’s ciphertext that %s as a fault, not as a missing token (R-64, R-91)',
  async (_what, spoil) => {
    const owner = await newOwner();
    await spoil(owner);
    const events = await eventsDuring(postern.database, async () => {
      const answer = await viewToken(owner.client);
      expect(answer).toFailWith('INTERNAL_SERVER_ERROR');
      expect(answer.data).toEqual({ viewApiToken: null });
      expect(answer.text).not.toMatch(/pat_|API_TOKEN_NOT_SET|decrypt/);
    });
    expect(events).toMatchObject([{ type: 'DECRYPTION_FAILED', outcome: 'REFUSED', account_id: owner.accountId }]);
    expect(await works(owner.token)).toBe(true);
  },
);

test('rejects an API token’s hash copied to another account’s row (R-64)', async () => {
  const [anna, bert] = [await newOwner(), await newOwner()];
  await expect(set(bert.accountId, 'token_hash', (await anna.row()).token_hash)).rejects.toThrow('unique');
});

test('decrypts API tokens with an older key until rotation re-encrypts them (R-92)', async () => {
  const owners = [await newOwner(), await newOwner(), await newOwner()];
  const newer = `newer:${randomBytes(32).toString('base64')}`;
  const keys = parseKeyRing(`${newer},${testSettings.ENCRYPTION_KEYS}`);
  const both = await startBeside(postern, { ENCRYPTION_KEYS: `${newer},${testSettings.ENCRYPTION_KEYS}` });
  const newest = await startBeside(postern, { ENCRYPTION_KEYS: newer });
  try {
    const check = async (at: TestPostern) =>
      Promise.all(
        owners.map(
          async ({ token, client }) =>
            (await works(token, at)) &&
            (await viewToken(program(at, client.token!))).data.viewApiToken?.token === token,
        ),
      );
    expect(await check(both)).toEqual([true, true, true]);
    expect(await check(newest)).toEqual([false, false, false]);
    await both.app.dependencies.background.whenIdle();
    postern.statements.forget();
    expect(await works(owners[0]!.token, both)).toBe(true);
    expect(postern.statements.texts).toHaveLength(1);
    const em = () => fork(postern.database);
    const [{ count }] = (await query<{ count: string }>(
      postern.database,
      'select count(*) as count from api_tokens',
    )) as [{ count: string }];
    const unreadable = await newOwner();
    await set(unreadable.accountId, 'token_ciphertext', `v1.test.${'A'.repeat(16)}.AAAA.${'A'.repeat(22)}`);
    const unkept = await newOwner();
    await set(unkept.accountId, 'token_ciphertext', null);
    const first = await rotateKeys(em(), keys, [apiTokenColumn]);
    // The tokens that earlier tests damaged are left too.
    const [{ remaining }] = (await query<{ remaining: string }>(
      postern.database,
      "select count(*) as remaining from api_tokens where key_id <> 'newer'",
    )) as [{ remaining: string }];
    expect(first).toEqual({ reencrypted: Number(count) + 2 - Number(remaining), remaining: Number(remaining) });
    expect(first.remaining).toBeGreaterThanOrEqual(2);
    expect(await rotateKeys(em(), keys, [apiTokenColumn])).toEqual({ reencrypted: 0, remaining: first.remaining });
    expect(await check(both)).toEqual([true, true, true]);
    expect(await check(newest)).toEqual([true, true, true]);
    expect([await works(unkept.token, both), await works(unkept.token, newest)]).toEqual([true, false]);
    await query(postern.database, 'delete from api_tokens where account_id in (?, ?)', [
      unreadable.accountId,
      unkept.accountId,
    ]);
  } finally {
    await both.close();
    await newest.close();
  }
});

test('rejects a removed API token from the next request on, and no other token (R-50)', async () => {
  const [anna, bert] = [await newOwner(), await newOwner()];
  await removeApiToken({ em: fork(postern.database) }, anna.accountId);
  expect([await works(anna.token), await works(bert.token)]).toEqual([false, true]);
  expect(await viewToken(anna.client)).toBeRefusedWith(['API_TOKEN_NOT_SET']);
});
