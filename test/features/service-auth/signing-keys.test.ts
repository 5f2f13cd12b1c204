import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { currentSigningPair } from '../../../src/features/service-auth/signing-keys.js';
import { sweep } from '../../../src/server/sweeps.js';
import { query } from '../../support/database.js';
import {
  identityAudiences,
  newIdentityToken,
  partsOf,
  publishedIds,
  publishedKeys,
  rotateSigning,
} from '../../support/identity-tokens.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { ruleContext } from '../../support/rule-context.js';
import { newUser, type TestUser } from '../../support/users.js';

let postern: TestPostern;
let user: TestUser;
beforeEach(async () => {
  postern = await startPostern({ IDENTITY_AUDIENCES: identityAudiences });
  user = await newUser(postern, 'BEARER');
});
afterEach(() => postern.close());

const signerOf = async () => partsOf(await newIdentityToken(user.client)).header.kid;
const storedKeys = () =>
  query<{ kid: string; key_ciphertext: string; ends_at: Date | null }>(
    postern.database,
    'select kid, key_ciphertext, ends_at from signing_keys order by generation',
  );

test('creates a key when it is needed first, and publishes its public part alone (R-122)', async () => {
  expect(await storedKeys()).toEqual([]);
  const { keys } = await publishedKeys(postern);
  expect(keys).toEqual([
    {
      kty: 'EC',
      crv: 'P-256',
      x: expect.stringMatching(/^[\w-]{43}$/),
      y: expect.stringMatching(/^[\w-]{43}$/),
      kid: await signerOf(),
      alg: 'ES256',
      use: 'sig',
    },
  ]);
  expect(await storedKeys()).toHaveLength(1);
});

test('keeps the private key encrypted (R-122)', async () => {
  const { keys } = await publishedKeys(postern);
  const [row] = await storedKeys();
  expect(row!.key_ciphertext).toMatch(/^v1\.test\.[\w.-]+$/);
  expect(JSON.stringify(row)).not.toContain(keys[0]!.x);
  expect(Buffer.from(row!.key_ciphertext.split('.')[3]!, 'base64url').toString()).not.toContain('P-256');
});

test('creates and publishes no key while no service accepts identity tokens', async () => {
  const without = await startPostern();
  try {
    expect(await publishedKeys(without)).toEqual({ keys: [] });
    expect(await query(without.database, 'select kid from signing_keys')).toEqual([]);
  } finally {
    await without.close();
  }
});

test('publishes a new key immediately, and signs with it after 10 minutes (R-122)', async () => {
  const first = await signerOf();
  const second = await rotateSigning(postern);
  expect(await publishedIds(postern)).toEqual([first, second]);
  postern.clock.advance({ minutes: 9, seconds: 58 });
  expect(await signerOf()).toBe(first);
  postern.clock.advance({ seconds: 1 });
  expect(await signerOf()).toBe(second);
});

test('publishes a replaced key until its last token has ended, and deletes it then (R-122)', async () => {
  const first = await signerOf();
  const second = await rotateSigning(postern);
  postern.clock.advance({ minutes: 15 });
  expect(await publishedIds(postern)).toEqual([first, second]);
  await sweep(postern.database, postern.clock.read());
  expect(await storedKeys()).toHaveLength(2);
  postern.clock.advance({ minutes: 1 });
  expect(await publishedIds(postern)).toEqual([second]);
  await sweep(postern.database, postern.clock.read());
  expect((await storedKeys()).map(({ kid }) => kid)).toEqual([second]);
});

test('signs with a new key immediately after a leak, and publishes the previous one for 6 minutes (R-122)', async () => {
  const first = await signerOf();
  const second = await rotateSigning(postern, true);
  expect(await signerOf()).toBe(second);
  expect(await publishedIds(postern)).toEqual([first, second]);
  postern.clock.advance({ minutes: 6 });
  expect(await publishedIds(postern)).toEqual([second]);
});

test('rotates nothing while a key waits to sign, unless it is immediate', async () => {
  const first = await signerOf();
  const second = await rotateSigning(postern);
  expect(await rotateSigning(postern)).toBeNull();
  expect((await storedKeys()).map(({ kid }) => kid)).toEqual([first, second]);
  const third = await rotateSigning(postern, true);
  expect(await signerOf()).toBe(third);
  postern.clock.advance({ minutes: 10 });
  expect(await signerOf()).toBe(third);
  expect(await publishedIds(postern)).toEqual([third]);
});

test('rotates nothing before the first identity token', async () => {
  expect(await rotateSigning(postern)).toBeNull();
  expect(await storedKeys()).toEqual([]);
});

test('neither signs with nor publishes a key that was put into the database or moved to another row (R-91)', async () => {
  const first = await signerOf();
  await query(postern.database, "update signing_keys set kid = 'another'");
  postern.clock.advance({ seconds: 1 });
  expect(await publishedIds(postern)).toEqual([]);
  await expect(currentSigningPair(ruleContext(postern))).rejects.toThrow('a secret cannot be decrypted');
  const second = await rotateSigning(postern, true);
  expect(second).not.toBe(first);
  expect(await signerOf()).toBe(second);
  expect(await publishedIds(postern)).toEqual([second]);
});
