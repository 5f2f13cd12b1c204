import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { newMasterKey, parseKeyRing } from '../../src/crypto/key-ring.js';
import { fork } from '../../src/database/connection/database.js';
import { encryptedColumns } from '../../src/server/encrypted-columns.js';
import { rotateKeys } from '../../src/encryption/rotate-keys.js';
import { findOrCreateRetiredUsernameKey } from '../../src/features/username/retired-username-key.js';
import { createSigningKey } from '../../src/features/service-auth/create-signing-key.js';
import { newApiToken, program } from '../features/api-token/own-token.js';
import { newUserOfRole } from '../features/administration/administrators.js';
import { newUser } from '../support/users.js';
import { localNetworks, newWebhook } from '../support/webhooks.js';
import { query } from '../support/database.js';
import { startPostern, testSettings, type TestPostern } from '../support/postern.js';
import { ruleContext } from '../support/rule-context.js';
import { startBeside } from '../support/start-beside.js';
import { loginOptions, loginWithPasskey, newPasskeyUser } from '../support/passkeys.js';
import {
  confirmTwoFactor,
  markTwoFactorOn,
  newTwoFactorUser,
  openChallenge,
  scan,
  scanReplacement,
  verifySecondFactor,
  type TwoFactorUser,
} from '../support/two-factor.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern(localNetworks);
});
afterAll(() => postern.close());
beforeEach(() => query(postern.database, 'delete from accounts'));

const older = testSettings.ENCRYPTION_KEYS;
const newer = newMasterKey(new Date());
const ring = parseKeyRing(`${newer},${older}`);
const rotate = () => rotateKeys(fork(postern.database), ring, encryptedColumns);

const sealed = async (table = 'two_factors') =>
  (
    await query<{ sealed: string }>(
      postern.database,
      `select secret_ciphertext as sealed from ${table} order by account_id`,
    )
  ).map((row) => row.sealed);

async function signsIn(at: TestPostern, user: TwoFactorUser): Promise<boolean> {
  const { data } = await verifySecondFactor(at.client(), await openChallenge(at.client(), user), {
    totpCode: await user.app.nextCode(),
  });
  return data.verifySecondFactor!.session !== null;
}

test('re-encrypts secrets with the newest key, so the older one can be removed (R-92)', async () => {
  const users = [await newTwoFactorUser(postern), await newTwoFactorUser(postern), await newTwoFactorUser(postern)];
  const enrolling = await newUser(postern, 'BEARER');
  const app = await scan(postern, enrolling.client);
  expect(await rotate()).toEqual({ reencrypted: 4 + 3 * 10, remaining: 0 });
  for (const text of [...(await sealed()), ...(await sealed('two_factor_enrolments'))])
    expect(text).toMatch(new RegExp(`^v1\\.${ring[0].id}\\.`));
  const later = await startBeside(postern, { ENCRYPTION_KEYS: newer });
  try {
    for (const user of users) expect(await signsIn(later, user)).toBe(true);
    const challenge = await openChallenge(later.client(), users[0]!);
    const backupCode = users[0]!.backupCodes[0]!;
    expect(await verifySecondFactor(later.client(), challenge, { backupCode })).toSucceed();
    const client = Object.assign(later.client(), { token: enrolling.client.token });
    expect(await confirmTwoFactor(client, await app.code())).toSucceed();
  } finally {
    await later.close();
  }
});

test('changes nothing when the keys are rotated again (R-92)', async () => {
  await newTwoFactorUser(postern);
  await rotate();
  const before = await sealed();
  expect(await rotate()).toEqual({ reencrypted: 0, remaining: 0 });
  expect(await sealed()).toEqual(before);
});

test('leaves a secret that no key can decrypt, and counts it as remaining (R-92)', async () => {
  const user = await newTwoFactorUser(postern);
  const other = await newUser(postern);
  await markTwoFactorOn(postern.database, other.username);
  expect(await rotate()).toEqual({ reencrypted: 1 + 10, remaining: 1 });
  expect(await sealed()).toContain('nothing');
  expect(await rotate()).toEqual({ reencrypted: 0, remaining: 1 });
  expect(user.username).not.toBe(other.username);
});

test('leaves every secret unchanged when the key ring lacks the older key (R-92)', async () => {
  await newTwoFactorUser(postern);
  const before = await sealed();
  expect(await rotateKeys(fork(postern.database), parseKeyRing(newer), encryptedColumns)).toEqual({
    reencrypted: 0,
    remaining: 1 + 10,
  });
  expect(await sealed()).toEqual(before);
});

test('re-encrypts more rows than fit in one batch (R-92)', async () => {
  await newTwoFactorUser(postern);
  await query(
    postern.database,
    `insert into accounts (id, username, role, status, created_at) select gen_random_uuid(), 'many' || n, 'USER', 'ACTIVE', now() from generate_series(1, 450) n`,
  );
  await query(
    postern.database,
    `insert into two_factors (account_id, enabled_at, secret_ciphertext, last_step) select id, now(), 'nothing', 0 from accounts where username like 'many%'`,
  );
  expect(await rotate()).toEqual({ reencrypted: 1 + 10, remaining: 450 });
});

test('rotates every ciphertext column except the weak-password flags (R-92)', async () => {
  const columns = await query<{ name: string }>(
    postern.database,
    `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public' and column_name like '%ciphertext%' order by 1`,
  );
  expect(columns.map(({ name }) => name)).toEqual([
    'accounts.password_note_ciphertext',
    'api_tokens.token_ciphertext',
    'backup_codes.code_ciphertext',
    'passkeys.public_key_ciphertext',
    'retired_username_keys.key_ciphertext',
    'signing_keys.key_ciphertext',
    'two_factor_enrolments.secret_ciphertext',
    'two_factors.secret_ciphertext',
    'webhook_secrets.secret_ciphertext',
  ]);
  const user = await newTwoFactorUser(postern);
  await scanReplacement(postern, user);
  const token = await newApiToken(user.client);
  const { authenticator } = await newPasskeyUser(postern);
  await createSigningKey(ruleContext(postern), 1, postern.clock.read());
  await findOrCreateRetiredUsernameKey(ruleContext(postern));
  await newWebhook((await newUserOfRole(postern, 'ROOT')).client, { url: 'http://127.0.0.1:9' });
  expect(await rotate()).toEqual({ reencrypted: columns.length - 1 + 9 + 10, remaining: 0 });
  const later = await startBeside(postern, { ENCRYPTION_KEYS: newer });
  expect(await program(later, token).send('{ me { username } }')).not.toFailWith('UNAUTHENTICATED');
  const answer = authenticator.answer(await loginOptions(later.client()));
  expect(await loginWithPasskey(later.client(), answer)).toSucceed();
  await later.close();
});
